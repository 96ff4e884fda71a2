/** The second step of a turn: Slack has added whoever was chosen, or would not. */
import type { Notice } from '../../domain/notice.ts';
import type { Arrival } from '../../store/arrivals.ts';
import type { Trx } from '../../store/db.ts';
import { findDecision } from '../../store/decisions.ts';
import type { Seat } from '../../store/seats.ts';
import { findTurnOfSeat, type Turn } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';
import { endForwardSteps } from '../step/end.ts';
import { passOn } from './end.ts';
import { startWaiting } from './waiting.ts';

type TurnNews = {
  /** What the customer reads before who joined. */
  readonly before: readonly Notice[];
  readonly after: readonly Notice[];
};

/** What they know of what was wanted, by name. */
async function coveredBy(trx: Trx, { workspaceId, decisionId, userId }: Turn): Promise<string[]> {
  const record = (await findDecision(trx, workspaceId, decisionId))?.record;
  const covers = record?.considered.find((candidate) => candidate.userId === userId)?.covers ?? [];
  return (record?.wanted ?? []).filter(({ id }) => covers.includes(id)).map(({ name }) => name);
}

const stepsArrived = async (trx: Trx, deps: Deps, turn: Turn): Promise<Notice[]> =>
  endForwardSteps(trx, deps, turn, { userId: turn.userId, covered: await coveredBy(trx, turn) });

/** Their answer time begins, and they read why it is theirs; the customer reads what the bot had to say, once. */
export async function turnArrived(
  trx: Trx,
  deps: Deps,
  turn: Turn,
  { answerMinutes, forward }: Pick<Arrival, 'answerMinutes' | 'forward'>,
): Promise<TurnNews> {
  const { id: turnId, conversationId } = turn;
  await startWaiting(trx, deps, turn, answerMinutes);
  const steps = forward?.cameFrom === 'step' ? await stepsArrived(trx, deps, turn) : [];
  const speaks = forward !== undefined && forward.message !== '' && forward.isFirst;
  return {
    before: speaks ? [{ kind: 'customer.message', conversationId, forwardId: forward.id }] : [],
    after: [{ kind: 'turn.offered', conversationId, turnId }, ...steps],
  };
}

/** Slack would not let them in: the next is chosen, and it does not count as a turn. */
export async function turnRefused(trx: Trx, deps: Deps, seat: Seat, reason: string): Promise<void> {
  const turn = seat.cameBy === 'forwarded' ? await findTurnOfSeat(trx, seat.id) : undefined;
  if (turn) await passOn(trx, deps, turn, 'failed', reason);
}
