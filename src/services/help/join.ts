/** *Join*: the first claim wins. */
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { lockConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { claimRequest, findRequest, type HelpRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { findSeatOf, findSeatOfRequest, insertSeat } from '../../store/seats.ts';
import { changeStatus } from '../conversation/change-status.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';

export type JoinOutcome =
  /** Theirs: they are being added to the channel now. */
  | (Place & { readonly outcome: 'claimed' })
  /** Somebody was faster. */
  | (Place & {
      readonly outcome: 'lost';
      readonly conversationId: string;
      readonly winner: string;
      readonly winnerId: string;
      readonly at: string;
    })
  | (Place & { readonly outcome: 'already_in' });

async function takeSeat(
  trx: Trx,
  deps: Deps,
  actor: Actor,
  { conversation, requestId }: { conversation: Conversation; requestId: string },
): Promise<void> {
  const { workspaceId, userId } = actor;
  const seatId = deps.newId();
  const now = deps.now();
  const seat = { id: seatId, workspaceId, conversationId: conversation.id, userId, requestId };
  await insertSeat(trx, { ...seat, cameBy: 'joined', arrived: false, now });
  const claimed = { kind: 'seat.claimed', conversationId: conversation.id, seatId } as const;
  await announce(trx, workspaceId, [claimed], { now, newId: deps.newId });
}

async function lost(trx: Trx, actor: Actor, request: HelpRequest, conversation: Conversation): Promise<JoinOutcome> {
  const seat = await findSeatOfRequest(trx, request.id);
  if (seat === undefined) throw new Refusal('gone', 'This conversation does not look for help any more.');
  // Their own other press, at the same moment.
  if (seat.userId === actor.userId) return { outcome: 'already_in', ...placeOf(conversation) };
  const winner = await findPerson(trx, conversation.workspaceId, seat.userId);
  return {
    outcome: 'lost',
    ...placeOf(conversation),
    conversationId: conversation.id,
    winner: winner?.name ?? 'Somebody',
    winnerId: seat.userId,
    at: seat.claimedAt,
  };
}

async function liveConversation(trx: Trx, workspaceId: string, id: string): Promise<Conversation> {
  const conversation = await lockConversation(trx, workspaceId, id);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  if (conversation.closedAt !== undefined)
    throw new Refusal('gone', 'That conversation was closed, so no help is needed.');
  return conversation;
}

/**
 * Claims the seat a request for help offers. Of several at one moment exactly one is `claimed`; the others learn who won.
 *
 * @throws Refusal `not_allowed`, `not_found`, `gone` when the conversation is closed or help is not looked for any more
 */
export async function join(deps: Deps, actor: Actor, { requestId }: { requestId: string }): Promise<JoinOutcome> {
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const request = await findRequest(trx, actor.workspaceId, requestId);
    if (request === undefined) throw new Refusal('not_found', 'That request for help is not there any more.');
    const conversation = await liveConversation(trx, actor.workspaceId, request.conversationId);
    if (await findSeatOf(trx, conversation.id, actor.userId)) {
      return { outcome: 'already_in', ...placeOf(conversation) };
    }
    if (!(await claimRequest(trx, requestId))) return lost(trx, actor, request, conversation);
    await changeStatus(trx, deps, { workspaceId: actor.workspaceId, conversationId: conversation.id }, 'in_progress');
    await takeSeat(trx, deps, actor, { conversation, requestId });
    await refreshHomes(trx, deps, actor.workspaceId);
    return { outcome: 'claimed', ...placeOf(conversation) };
  });
}

/**
 * *Join as well*: comes into a conversation that somebody else has answered.
 *
 * @throws Refusal `not_allowed`, `not_found`, `gone`
 */
export async function joinAsWell(
  deps: Deps,
  actor: Actor,
  { conversationId }: { conversationId: string },
): Promise<Exclude<JoinOutcome, { outcome: 'lost' }>> {
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const conversation = await liveConversation(trx, actor.workspaceId, conversationId);
    if (await findSeatOf(trx, conversation.id, actor.userId)) {
      return { outcome: 'already_in', ...placeOf(conversation) };
    }
    await takeSeat(trx, deps, actor, { conversation, requestId: '' });
    await refreshHomes(trx, deps, actor.workspaceId);
    return { outcome: 'claimed', ...placeOf(conversation) };
  });
}
