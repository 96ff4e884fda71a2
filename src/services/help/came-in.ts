/** Somebody has come into a conversation: where help was looked for they are the help that came, by whatever way. */
import type { Notice } from '../../domain/notice.ts';
import { wasBefore } from '../../domain/late.ts';
import type { Trx } from '../../store/db.ts';
import type { Arrival } from '../../store/arrivals.ts';
import { claimRequest, endRequest, findOpenRequest } from '../../store/help-requests.ts';
import { setSeatRequest, type Seat } from '../../store/seats.ts';
import { clearTimer } from '../../store/timers.ts';
import { changeStatus } from '../conversation/change-status.ts';
import type { Deps } from '../deps.ts';
import { endStepsOf } from '../step/end.ts';
import { takenOver } from '../forward/end.ts';
import { overNotices } from './end.ts';

type Coming = Pick<Seat, 'id' | 'workspaceId' | 'conversationId' | 'userId' | 'cameBy' | 'requestId'> & {
  /** When they came, where Slack may tell of it late: it is no answer to what was asked after that. */
  readonly cameAt?: Date;
};

/** Claims this open request for a seat; its id, '' where there is none to claim. The asker is no help to themselves. */
export async function claim(trx: Trx, deps: Deps, coming: Coming, request: Arrival['request']): Promise<string> {
  const { id, conversationId, userId, workspaceId, cameAt } = coming;
  if (request === undefined || request.askedBy === userId) return '';
  if (cameAt && wasBefore(cameAt, request.askedAt)) return '';
  if (!(await claimRequest(trx, request.id))) return '';
  await setSeatRequest(trx, id, request.id);
  await changeStatus(trx, deps, { workspaceId, conversationId }, 'in_progress');
  return request.id;
}

/** The same with whatever request is open in the conversation. */
export const claimFor = async (trx: Trx, deps: Deps, coming: Coming): Promise<string> =>
  claim(trx, deps, coming, await findOpenRequest(trx, coming.conversationId));

/**
 * Somebody is in: the forward of whoever else it was ends, and the request they answer, or that is open. What must be announced: its card
 * and calls, and to the asker who came unless by Join.
 */
export async function answerByComing(trx: Trx, deps: Deps, seat: Coming): Promise<Notice[]> {
  const { workspaceId, conversationId } = seat;
  await takenOver(trx, deps, { id: conversationId, workspaceId }, seat);
  return endByComing(trx, deps, seat, seat.requestId === '' ? await claimFor(trx, deps, seat) : seat.requestId);
}

/** The same for somebody who has arrived, where what there is was read already. @param isTheirTurn so that no forward ends */
export async function answerByArriving(
  trx: Trx,
  deps: Deps,
  seat: Coming,
  { request, isTheirTurn }: Pick<Arrival, 'request'> & { isTheirTurn: boolean },
): Promise<Notice[]> {
  const { workspaceId, conversationId } = seat;
  if (!isTheirTurn) await takenOver(trx, deps, { id: conversationId, workspaceId }, seat);
  return endByComing(trx, deps, seat, seat.requestId === '' ? await claim(trx, deps, seat, request) : seat.requestId);
}

async function endByComing(trx: Trx, deps: Deps, seat: Coming, requestId: string): Promise<Notice[]> {
  const { workspaceId, conversationId, id: seatId } = seat;
  if (requestId === '' || !(await endRequest(trx, requestId, 'joined', deps.now()))) return [];
  await clearTimer(trx, { workspaceId, kind: 'help.round', subjectId: requestId });
  const came = { kind: 'asker.came', conversationId, requestId, seatId } as const;
  const steps = await endStepsOf(trx, deps, { workspaceId, requestId }, seat.userId);
  return [...overNotices(conversationId, requestId), ...(seat.cameBy === 'joined' ? [] : [came]), ...steps];
}
