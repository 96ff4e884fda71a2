/** *Pass*, and an answer time that is over: the next agent gets the conversation. */
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { findConversation, lockConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findPerson } from '../../store/people.ts';
import { leaveSeat, listSeats } from '../../store/seats.ts';
import { findOpenTurn, findTurn, type Turn } from '../../store/turns.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';
import { passOn } from './end.ts';

/** Gives the seat of a turn up, which never removes anybody from the Slack channel. */
async function giveUp(trx: Trx, deps: Deps, turn: Turn, state: 'passed' | 'timed_out'): Promise<boolean> {
  if (turn.state !== 'waiting' || !(await passOn(trx, deps, turn, state))) return false;
  await leaveSeat(trx, turn.seatId, deps.now(), state === 'passed');
  await refreshHomes(trx, deps, turn.workspaceId);
  return true;
}

export type PassOutcome = Place & { readonly conversationId: string } & (
    | { readonly outcome: 'passed' }
    /** It is not their turn any more: who has it, and since when, where anybody does. */
    | {
        readonly outcome: 'stale';
        readonly turn: Turn;
        readonly has: { userId: string; name: string; since: string } | undefined;
      }
  );

/** Whose turn it is now, else whoever came last and is still in it. */
async function whoHasIt(trx: Trx, { workspaceId, id }: Conversation, except: string) {
  const open = await findOpenTurn(trx, id);
  const seats = (await listSeats(trx, id)).filter((seat) => seat.state === 'in' && seat.userId !== except);
  const last = seats.at(-1);
  const has = open && open.userId !== except ? { userId: open.userId, since: open.claimedAt } : undefined;
  const holder = has ?? (last && { userId: last.userId, since: last.arrivedAt ?? last.claimedAt });
  if (holder === undefined) return undefined;
  const person = await findPerson(trx, workspaceId, holder.userId);
  return { ...holder, name: person?.name ?? 'Somebody' };
}

/**
 * Hands the conversation on to the next best; whoever passed stays in the Slack channel. A press that comes too late changes nothing.
 *
 * @throws Refusal `not_allowed` for anybody but whose turn it is; `not_found`
 */
export async function pass(deps: Deps, actor: Actor, { turnId }: { turnId: string }): Promise<PassOutcome> {
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const seen = await findTurn(trx, actor.workspaceId, turnId);
    const conversation = seen && (await lockConversation(trx, actor.workspaceId, seen.conversationId));
    if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
    const turn = await findTurn(trx, actor.workspaceId, turnId);
    if (turn?.userId !== actor.userId) throw new Refusal('not_allowed', 'Only whose turn it is can pass it on.');
    const about = { ...placeOf(conversation), conversationId: conversation.id };
    if (await giveUp(trx, deps, turn, 'passed')) return { outcome: 'passed', ...about };
    return { outcome: 'stale', ...about, turn, has: await whoHasIt(trx, conversation, actor.userId) };
  });
}

/** The answer time of a turn is over: does nothing where it was answered or passed meanwhile. */
export async function timeOut(deps: Deps, workspaceId: string, turnId: string): Promise<void> {
  const seen = await findTurn(deps.db, workspaceId, turnId);
  const conversation = seen && (await findConversation(deps.db, workspaceId, seen.conversationId));
  if (conversation === undefined) return;
  await transaction(deps.db, async (trx) => {
    await lockConversation(trx, workspaceId, conversation.id);
    const turn = await findTurn(trx, workspaceId, turnId);
    if (turn) await giveUp(trx, deps, turn, 'timed_out');
  });
}
