/** A forward as those it concerns read of it. */
import { placeOf, type Place } from '../../domain/place.ts';
import { findConversation } from '../../store/conversations.ts';
import { findDesk } from '../../store/desks.ts';
import { findForward, findForwardSaid, type Forward, type ForwardSaid } from '../../store/forwards.ts';
import { listPeople } from '../../store/people.ts';
import { listTurns, type Turn } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';

export type ForwardView = Place & {
  readonly forward: Forward;
  readonly isClosed: boolean;
  /** Where its desk asks for help; '' where that has no help channel. */
  readonly helpChannelId: string;
  /** In order, with display names. */
  readonly turns: readonly (Turn & { readonly name: string })[];
};

/** A forward with everybody who was tried; undefined when it is not there. */
export async function forwardView(
  deps: Deps,
  workspaceId: string,
  forwardId: string,
): Promise<ForwardView | undefined> {
  const { db } = deps;
  const forward = await findForward(db, workspaceId, forwardId);
  const conversation = forward && (await findConversation(db, workspaceId, forward.conversationId));
  if (forward === undefined || conversation === undefined) return undefined;
  const turns = await listTurns(db, forwardId);
  const people = await listPeople(
    db,
    workspaceId,
    turns.map(({ userId }) => userId),
  );
  return {
    ...placeOf(conversation),
    forward,
    isClosed: conversation.closedAt !== undefined,
    helpChannelId: (await findDesk(db, workspaceId, conversation.deskId))?.helpChannelId ?? '',
    turns: turns.map((turn) => ({ ...turn, name: people.get(turn.userId)?.name ?? 'Somebody' })),
  };
}

/** What a bot has to say to the customer, and where; undefined when the forward is not there. */
export const forwardSaid = ({ db }: Deps, workspaceId: string, forwardId: string): Promise<ForwardSaid | undefined> =>
  findForwardSaid(db, workspaceId, forwardId);
