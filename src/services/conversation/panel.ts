/** What the information panel of a conversation shows. */
import { placeOf, type Place } from '../../domain/place.ts';
import type { CameBy, Outcome, Status } from '../../domain/conversation.ts';
import { byName } from '../../domain/expertise.ts';
import { listConversationExpertise } from '../../store/conversation-expertise.ts';
import { findConversation, type Conversation } from '../../store/conversations.ts';
import { listNamedCustomers } from '../../store/customers.ts';
import { listDecisions } from '../../store/decisions.ts';
import { findDesk, listDesks } from '../../store/desks.ts';
import { listExpertiseOfAll } from '../../store/expertise.ts';
import { findOpenRequest, type HelpRequest } from '../../store/help-requests.ts';
import { listSeats, type Seat } from '../../store/seats.ts';
import { findVisitor } from '../../store/visitors.ts';
import type { Actor, Deps } from '../deps.ts';
import { expertiseCatalogue, type Catalogue } from '../expertise/options.ts';
import { turnsNow, type TurnNow } from '../forward/turn-now.ts';
import { requireAgent, type Caller } from '../rights.ts';
import { Refusal } from '../../errors.ts';
import type { NamedDesk } from './desk-for.ts';

/** One person's time in it: how and when they came. */
export type Stay = {
  readonly userId: string;
  readonly cameBy: CameBy;
  readonly cameAt: string;
  /** Who invited them, '' for nobody. */
  readonly invitedBy: string;
};

/** '' for what the bot did not say. */
type PanelVisitor = {
  readonly name: string;
  readonly reference: string;
  readonly language: string;
  readonly country: string;
  readonly hasTranscript: boolean;
};

export type Panel = Place & {
  readonly conversationId: string;
  readonly version: number;
  readonly deskId: string;
  readonly deskName: string;
  /** Those it could go to, its own among them. */
  readonly desks: readonly NamedDesk[];
  readonly customers: readonly { readonly id: string; readonly name: string }[];
  readonly openedAt: string;
  readonly closedAt: string | undefined;
  readonly outcome: Outcome | 'lost' | undefined;
  readonly status: Status | undefined;
  readonly note: string;
  /** What a bot said of its visitor; undefined where no bot opened it. */
  readonly visitor: PanelVisitor | undefined;
  readonly expertise: readonly { readonly id: string; readonly name: string }[];
  readonly catalogue: Catalogue;
  /** Who is in it, in the order they came. */
  readonly agents: readonly (Stay & { readonly arriving: boolean; readonly expertise: readonly string[] })[];
  /** Who was in it, the last first. */
  readonly history: readonly (Stay & { readonly leftAt: string })[];
  /** The reader's (IANA), '' where it is not known: for times that are read aloud. */
  readonly timeZone: string;
  /** The request for help somebody may join. */
  readonly request: Pick<HelpRequest, 'id' | 'askedAt' | 'askedBy' | 'askedWith' | 'note'> | undefined;
  /** Whose turn it is, where it was forwarded and they have not answered yet. */
  readonly turn: TurnNow | undefined;
  /** Somebody was chosen for it, or nobody was found: there is something to explain. */
  readonly wasForwarded: boolean;
  /** The reader is in it. */
  readonly isIn: boolean;
};

const stayOf = ({ userId, cameBy, claimedAt, arrivedAt, invitedBy }: Seat): Stay => ({
  userId,
  cameBy,
  cameAt: arrivedAt ?? claimedAt,
  invitedBy,
});

/** Who is in it with what they know, and who was. Whom Slack did not let in was not. */
async function peopleIn({ db }: Deps, workspaceId: string, seats: readonly Seat[]) {
  const taken = seats.filter(({ state }) => state === 'in' || state === 'arriving');
  const knows = await listExpertiseOfAll(
    db,
    workspaceId,
    taken.map(({ userId }) => userId),
  );
  const agents = taken.map((seat) => ({
    ...stayOf(seat),
    arriving: seat.state === 'arriving',
    expertise: knows.get(seat.userId) ?? [],
  }));
  const history = seats.flatMap((seat) =>
    seat.state === 'left' && seat.arrivedAt !== undefined && seat.leftAt !== undefined
      ? [{ ...stayOf(seat), leftAt: seat.leftAt }]
      : [],
  );
  return { agents, history: history.toReversed() };
}

async function visitorOf({ db }: Deps, { id, workspaceId }: Conversation): Promise<PanelVisitor | undefined> {
  const visitor = await findVisitor(db, workspaceId, id);
  if (visitor === undefined || visitor.tokenId === '') return undefined;
  const { customerName: name, reference, language, country, transcript } = visitor;
  return { name, reference, language, country, hasTranscript: transcript.trim() !== '' };
}

async function customersOf({ db }: Deps, { id, workspaceId }: Conversation) {
  const customers = (await listNamedCustomers(db, workspaceId, [id])).get(id) ?? [];
  return customers.map(({ userId, name }) => ({ id: userId, name: name || 'a customer' })).sort(byName);
}

async function requestOf({ db }: Deps, conversation: Conversation): Promise<Panel['request']> {
  const request = await findOpenRequest(db, conversation.id);
  if (request?.state !== 'open') return undefined;
  const { id, askedAt, askedBy, askedWith, note } = request;
  return { id, askedAt, askedBy, askedWith, note };
}

/** Its own, and those it could go to: an archived one is not among them. */
async function desksFor({ db }: Deps, { workspaceId, deskId }: Conversation) {
  const desks = await listDesks(db, workspaceId);
  const own = desks.find(({ id }) => id === deskId) ?? (await findDesk(db, workspaceId, deskId));
  return { deskName: own?.name ?? '', desks: desks.map(({ id, name }) => ({ id, name })) };
}

async function panelFor(deps: Deps, { person: reader }: Caller, conversation: Conversation): Promise<Panel> {
  const { db } = deps;
  const { workspaceId, id, version, deskId, openedAt, closedAt, outcome, status, note } = conversation;
  const people = await peopleIn(deps, workspaceId, await listSeats(db, id));
  return {
    conversationId: id,
    version,
    ...placeOf(conversation),
    deskId,
    ...(await desksFor(deps, conversation)),
    customers: await customersOf(deps, conversation),
    openedAt,
    closedAt,
    outcome,
    status,
    note,
    visitor: await visitorOf(deps, conversation),
    expertise: await listConversationExpertise(db, id),
    catalogue: await expertiseCatalogue(db, workspaceId),
    ...people,
    request: await requestOf(deps, conversation),
    turn: (await turnsNow(db, workspaceId, [id])).get(id),
    wasForwarded: (await listDecisions(db, id, 1)).length > 0,
    isIn: people.agents.some((agent) => agent.userId === reader.userId),
    timeZone: reader.timeZone,
  };
}

/** @throws Refusal `not_allowed`, `not_found` */
export async function panelOf(deps: Deps, actor: Actor, conversationId: string): Promise<Panel> {
  const caller = await requireAgent(deps.db, actor);
  const conversation = await findConversation(deps.db, actor.workspaceId, conversationId);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  return panelFor(deps, caller, conversation);
}
