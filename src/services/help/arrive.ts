/** The second step of coming in: Slack has added the person to the channel, or would not. */
import { findArrival } from '../../store/arrivals.ts';
import { transaction } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { findSeat, markArrived, markRefused } from '../../store/seats.ts';
import { markTurnWaiting } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';
import { turnArrived, turnRefused } from '../forward/arrived.ts';
import { refreshHomes } from '../home/refresh.ts';
import { webhooksForArrived } from '../webhook/announce.ts';
import { answerByArriving } from './came-in.ts';
import { lookAgain } from './look-again.ts';

/** Somebody is in: only now are the customer, the card and whoever was called told, once. */
export async function arrive(deps: Deps, workspaceId: string, seatId: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const seat = await markArrived(trx, workspaceId, seatId, deps.now());
    if (seat === undefined) return;
    const { conversationId } = seat;
    const turn = seat.cameBy === 'forwarded' ? await markTurnWaiting(trx, seatId) : undefined;
    const { webhook, request, ...arrival } = await findArrival(trx, seat, turn);
    const answered = await answerByArriving(trx, deps, seat, { request, isTheirTurn: turn !== undefined });
    const news = turn && (await turnArrived(trx, deps, turn, arrival));
    const arrived = [
      ...(news?.before ?? []),
      { kind: 'customer.joined', conversationId, seatId } as const,
      ...(seat.cameBy === 'invited' ? [{ kind: 'invite.arrived', conversationId, seatId } as const] : []),
      ...(news?.after ?? []),
    ];
    const told = [...arrived, ...answered, ...(await webhooksForArrived(trx, seat, webhook))];
    await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
  });
}

/**
 * Slack would not let them in: the seat is given back, the request is open again with its age unless somebody else came meanwhile, and
 * they, or who invited them, read why and what to do.
 *
 * @param reason Slack's error name
 */
export async function couldNotArrive(deps: Deps, workspaceId: string, seatId: string, reason: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const seat = await findSeat(trx, workspaceId, seatId);
    if (seat === undefined || !(await markRefused(trx, seatId, deps.now()))) return;
    await lookAgain(trx, deps, seat);
    await turnRefused(trx, deps, seat, reason);
    // Whoever was forwarded to asked for nothing: the next is chosen, and they read nothing.
    const failed = { kind: 'seat.failed', conversationId: seat.conversationId, seatId, reason } as const;
    const told = seat.cameBy === 'forwarded' ? [] : [failed];
    await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
  });
}
