/** The second step of coming in: Slack has added the person to the channel, or would not. */
import { findConversation, setStatus } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { reopenRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { findSeat, markArrived, markRefused, type Seat } from '../../store/seats.ts';
import type { Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { scheduleNext } from './advance.ts';
import { answerByComing } from './came-in.ts';

/** Somebody is in: only now are the customer, the card and whoever was called told, once. */
export async function arrive(deps: Deps, workspaceId: string, seatId: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const seat = await findSeat(trx, workspaceId, seatId);
    if (seat === undefined || !(await markArrived(trx, seatId, deps.now()))) return;
    const { conversationId } = seat;
    const answered = await answerByComing(trx, deps, seat);
    const arrived = [
      { kind: 'customer.joined', conversationId, seatId } as const,
      ...(seat.cameBy === 'invited' ? [{ kind: 'invite.arrived', conversationId, seatId } as const] : []),
    ];
    await announce(trx, workspaceId, [...arrived, ...answered], { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
  });
}

/** Whoever was coming does not: the request they answered is open again, with its age. */
export async function lookAgain(trx: Trx, deps: Deps, { workspaceId, conversationId, requestId }: Seat): Promise<void> {
  if (requestId === '' || !(await reopenRequest(trx, requestId))) return;
  await setStatus(trx, workspaceId, conversationId, 'looking_for_help');
  const conversation = await findConversation(trx, workspaceId, conversationId);
  const desk = conversation && (await findDesk(trx, workspaceId, conversation.deskId));
  if (desk) await scheduleNext(trx, deps, { id: requestId, workspaceId }, desk.answerMinutes);
  const card = { kind: 'help.card', conversationId, requestId } as const;
  await announce(trx, workspaceId, [card], { now: deps.now(), newId: deps.newId });
}

/**
 * Slack would not let them in: the seat is given back, the request is open again with its age, and they, or who invited them, read why and
 * what to do.
 *
 * @param reason Slack's error name
 */
export async function couldNotArrive(deps: Deps, workspaceId: string, seatId: string, reason: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const seat = await findSeat(trx, workspaceId, seatId);
    if (seat === undefined || !(await markRefused(trx, seatId, deps.now()))) return;
    await lookAgain(trx, deps, seat);
    const failed = { kind: 'seat.failed', conversationId: seat.conversationId, seatId, reason } as const;
    await announce(trx, workspaceId, [failed], { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
  });
}
