/** Turns and forwards that are over, whatever ended them. */
import type { ForwardState, TurnState } from '../../domain/forward.ts';
import type { Trx } from '../../store/db.ts';
import { endForward, listForwardsLeft, type Forward } from '../../store/forwards.ts';
import { announce } from '../../store/outbox.ts';
import { clearTimer, setTimer } from '../../store/timers.ts';
import { endTurn, findOpenTurn, listOpenTurnsOn, type Turn } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';
import { endForwardSteps } from '../step/end.ts';

type Over = Exclude<TurnState, 'arriving' | 'waiting'>;

/** Ends one turn; whether this one did. The message that offered it is edited to say what became of it. */
async function overTurn(trx: Trx, deps: Deps, turn: Turn, state: Over, reason = ''): Promise<boolean> {
  const now = deps.now();
  if (!(await endTurn(trx, turn.id, { state, reason, now }))) return false;
  const { workspaceId, conversationId, id: turnId } = turn;
  await clearTimer(trx, { workspaceId, kind: 'turn.answer', subjectId: turnId });
  await announce(trx, workspaceId, [{ kind: 'turn.over', conversationId, turnId }], { now, newId: deps.newId });
  return true;
}

/** Their chance is over and nobody has answered: the next is chosen at once, by timer, because choosing asks Slack. */
export async function passOn(trx: Trx, deps: Deps, turn: Turn, state: Over, reason = ''): Promise<boolean> {
  if (!(await overTurn(trx, deps, turn, state, reason))) return false;
  const { workspaceId, forwardId } = turn;
  await setTimer(trx, { workspaceId, kind: 'forward.next', subjectId: forwardId }, deps.now());
  return true;
}

/** A forward is over before whom it chose was in: a workflow that waits for it goes on, with whoever came instead. */
export async function stepsOver(
  trx: Trx,
  deps: Deps,
  { workspaceId, id: forwardId }: { workspaceId: string; id: string },
  by?: string,
): Promise<void> {
  const came = by === undefined ? undefined : { userId: by, covered: [] };
  const notices = await endForwardSteps(trx, deps, { workspaceId, forwardId }, came);
  await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
}

type Where = { readonly id: string; readonly workspaceId: string };

/**
 * Ends whatever forward is under way in a conversation, with its turn; the agent stays in it.
 *
 * @param by whose coming or work ends it, undefined where it is nobody's
 */
export async function endForwarding(
  trx: Trx,
  deps: Deps,
  conversation: Where,
  state: Exclude<ForwardState, 'open'> = 'ended',
  by?: string,
): Promise<void> {
  await endThese(trx, deps, conversation, await listForwardsLeft(trx, conversation.id), { state, by });
}

type Ending = { readonly state: Exclude<ForwardState, 'open'>; readonly by?: string | undefined };

/** The same where what is left has been read. */
export async function endThese(
  trx: Trx,
  deps: Deps,
  { id: conversationId, workspaceId }: Where,
  left: readonly Forward[],
  { state, by }: Ending = { state: 'ended' },
): Promise<void> {
  // Only one that found nobody has set it.
  if (left.some((forward) => forward.state === 'no_agent')) {
    await clearTimer(trx, { workspaceId, kind: 'forward.unanswered', subjectId: conversationId });
  }
  const forward = left.find(({ state: now }) => now === 'open');
  if (forward === undefined || !(await endForward(trx, forward.id, state, deps.now()))) return;
  await clearTimer(trx, { workspaceId, kind: 'forward.next', subjectId: forward.id });
  await stepsOver(trx, deps, forward, by);
  const turn = await findOpenTurn(trx, conversationId);
  if (turn) await overTurn(trx, deps, turn, state === 'answered' ? 'answered' : 'ended');
}

/**
 * An agent wrote in the place or set the status: whose turn it is has answered; anybody else has taken it over. A bot ('') does not work on
 * it: whoever it was forwarded to still has their turn.
 */
export async function workedOn(trx: Trx, deps: Deps, conversation: Where, userId: string): Promise<void> {
  if (userId === '') return;
  const turn = await findOpenTurn(trx, conversation.id);
  await endForwarding(trx, deps, conversation, turn?.userId === userId ? 'answered' : 'ended', userId);
}

/** Somebody has come in by another way than their turn: it is theirs now. */
export async function takenOver(trx: Trx, deps: Deps, conversation: Where, seat: { userId: string }): Promise<void> {
  const turn = await findOpenTurn(trx, conversation.id);
  if (turn?.userId === seat.userId && turn.state === 'arriving') return;
  await endForwarding(trx, deps, conversation, 'ended', seat.userId);
}

/** Whose turn it is has given the seat up otherwise than by *Pass*: the next is chosen. */
export async function turnLeft(
  trx: Trx,
  deps: Deps,
  { conversationId, userId }: { conversationId: string; userId: string },
  state: 'passed' | 'failed' = 'passed',
): Promise<void> {
  const turn = await findOpenTurn(trx, conversationId);
  if (turn?.userId === userId) await passOn(trx, deps, turn, state);
}

/** Agents were taken off desks: their turns in conversations of these fail, and what they are in stays theirs. */
export async function turnsFail(
  trx: Trx,
  deps: Deps,
  workspaceId: string,
  { deskIds, userIds }: { deskIds: readonly string[]; userIds: readonly string[] },
): Promise<void> {
  for (const turn of await listOpenTurnsOn(trx, workspaceId, { deskIds, userIds })) {
    await passOn(trx, deps, turn, 'failed', 'off_desk');
  }
}
