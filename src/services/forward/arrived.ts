/** The second step of a turn: Slack has added whoever was chosen, or would not. */
import type { Notice } from '../../domain/notice.ts';
import { findConversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { findDecision } from '../../store/decisions.ts';
import { findDesk } from '../../store/desks.ts';
import { findForward } from '../../store/forwards.ts';
import type { Seat } from '../../store/seats.ts';
import { findTurnOfSeat, listTurns, markTurnWaiting, type Turn } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';
import { endForwardSteps } from '../step/end.ts';
import { passOn } from './end.ts';
import { startWaiting } from './waiting.ts';

export type TurnNews = {
  /** What the customer reads before who joined. */
  readonly before: readonly Notice[];
  readonly after: readonly Notice[];
};

const NOTHING: TurnNews = { before: [], after: [] };

/** What they know of what was wanted, by name. */
async function coveredBy(trx: Trx, { workspaceId, decisionId, userId }: Turn): Promise<string[]> {
  const record = (await findDecision(trx, workspaceId, decisionId))?.record;
  const covers = record?.considered.find((candidate) => candidate.userId === userId)?.covers ?? [];
  return (record?.wanted ?? []).filter(({ id }) => covers.includes(id)).map(({ name }) => name);
}

/** Their answer time begins, and they read why it is theirs; the customer reads what the bot had to say, once. */
export async function turnArrived(trx: Trx, deps: Deps, seat: Seat): Promise<TurnNews> {
  const { workspaceId, conversationId } = seat;
  const turn = seat.cameBy === 'forwarded' ? await findTurnOfSeat(trx, seat.id) : undefined;
  if (turn === undefined || !(await markTurnWaiting(trx, turn.id))) return NOTHING;
  const conversation = await findConversation(trx, workspaceId, conversationId);
  const desk = conversation && (await findDesk(trx, workspaceId, conversation.deskId));
  await startWaiting(trx, deps, turn, desk?.answerMinutes ?? 0);
  const forward = await findForward(trx, workspaceId, turn.forwardId);
  const isFirst = (await listTurns(trx, turn.forwardId)).every(({ id, state }) => id === turn.id || state === 'failed');
  const covered = forward?.cameFrom === 'step' ? await coveredBy(trx, turn) : [];
  const steps = await endForwardSteps(trx, deps, turn, { userId: turn.userId, covered });
  const speaks = isFirst && forward !== undefined && forward.message !== '';
  return {
    before: speaks ? [{ kind: 'customer.message', conversationId, forwardId: forward.id }] : [],
    after: [{ kind: 'turn.offered', conversationId, turnId: turn.id }, ...steps],
  };
}

/** Slack would not let them in: the next is chosen, and it does not count as a turn. */
export async function turnRefused(trx: Trx, deps: Deps, seat: Seat, reason: string): Promise<void> {
  const turn = seat.cameBy === 'forwarded' ? await findTurnOfSeat(trx, seat.id) : undefined;
  if (turn) await passOn(trx, deps, turn, 'failed', reason);
}
