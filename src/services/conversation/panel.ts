/** What the information panel of a conversation shows. */
import { placeOf, type Place } from '../../domain/place.ts';
import { isCustomer } from '../../domain/person.ts';
import type { Outcome, Status } from '../../domain/conversation.ts';
import {
  findConversation,
  listConversationExpertise,
  listCustomers,
  type Conversation,
} from '../../store/conversations.ts';
import { findDesk } from '../../store/desks.ts';
import { listExpertiseOfAll } from '../../store/expertise.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { listPeople } from '../../store/people.ts';
import { listSeats } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';
import { expertiseCatalogue, type Catalogue } from '../expertise/options.ts';
import { requireAgent } from '../rights.ts';
import { Refusal } from '../../errors.ts';

export type Panel = Place & {
  readonly conversationId: string;
  readonly version: number;
  readonly deskName: string;
  readonly customers: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string | undefined;
  readonly outcome: Outcome | 'lost' | undefined;
  readonly status: Status | undefined;
  readonly note: string;
  readonly expertise: readonly { readonly id: string; readonly name: string }[];
  readonly catalogue: Catalogue;
  readonly agents: readonly {
    readonly userId: string;
    readonly arriving: boolean;
    readonly expertise: readonly string[];
  }[];
  /** The request for help somebody may join. */
  readonly request:
    | { readonly id: string; readonly askedAt: string; readonly askedBy: string; readonly note: string }
    | undefined;
  /** The reader is in it. */
  readonly isIn: boolean;
};

async function panelFor(deps: Deps, actor: Actor, conversation: Conversation): Promise<Panel> {
  const { db } = deps;
  const { workspaceId } = actor;
  const seats = (await listSeats(db, conversation.id)).filter(
    (seat) => seat.state === 'in' || seat.state === 'arriving',
  );
  const knows = await listExpertiseOfAll(
    db,
    workspaceId,
    seats.map((seat) => seat.userId),
  );
  const customers = (await listCustomers(db, [conversation.id])).get(conversation.id) ?? [];
  const people = await listPeople(db, workspaceId, customers);
  const request = await findOpenRequest(db, conversation.id);
  const desk = await findDesk(db, workspaceId, conversation.deskId);
  return {
    conversationId: conversation.id,
    version: conversation.version,
    ...placeOf(conversation),
    deskName: desk?.name ?? '',
    customers: [...people.values()].filter(isCustomer).map((person) => person.name),
    openedAt: conversation.openedAt,
    closedAt: conversation.closedAt,
    outcome: conversation.outcome,
    status: conversation.status,
    note: conversation.note,
    expertise: await listConversationExpertise(db, conversation.id),
    catalogue: await expertiseCatalogue(db, workspaceId),
    agents: seats.map((seat) => ({
      userId: seat.userId,
      arriving: seat.state === 'arriving',
      expertise: knows.get(seat.userId) ?? [],
    })),
    request:
      request?.state === 'open'
        ? { id: request.id, askedAt: request.askedAt, askedBy: request.askedBy, note: request.note }
        : undefined,
    isIn: seats.some((seat) => seat.userId === actor.userId),
  };
}

/** @throws Refusal `not_allowed`, `not_found` */
export async function panelOf(deps: Deps, actor: Actor, conversationId: string): Promise<Panel> {
  await requireAgent(deps.db, actor);
  const conversation = await findConversation(deps.db, actor.workspaceId, conversationId);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  return panelFor(deps, actor, conversation);
}
