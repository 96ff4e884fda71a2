/** What the person who asked for help is told, read when it is sent. */
import type { CameBy } from '../../domain/conversation.ts';
import { findSeat } from '../../store/seats.ts';
import type { Deps } from '../deps.ts';
import { helpCard, type HelpCard } from './card.ts';

export type { AskerTold } from '../../store/help-requests.ts';

/** A request that ended because its conversation was closed; undefined where nobody asked. */
export async function closedRequest(deps: Deps, workspaceId: string, requestId: string): Promise<HelpCard | undefined> {
  const request = await helpCard(deps, workspaceId, requestId);
  return request?.state === 'closed' && request.askedBy !== '' ? request : undefined;
}

/** Who came in, and how. */
export type Came = { readonly userId: string; readonly cameBy: CameBy; readonly invitedBy: string };

/**
 * A request that still looks for help; undefined once somebody is on the way or it is over, when there is nothing to tell any more, and where
 * nobody asked.
 */
export async function unansweredRequest(
  deps: Deps,
  workspaceId: string,
  requestId: string,
): Promise<HelpCard | undefined> {
  const request = await helpCard(deps, workspaceId, requestId);
  return request?.state === 'open' && request.askedBy !== '' ? request : undefined;
}

/** A request that ended because somebody came in, and who; undefined where the conversation is closed by now, and where nobody asked. */
export async function answeredRequest(
  deps: Deps,
  workspaceId: string,
  { requestId, seatId }: { requestId: string; seatId: string },
): Promise<{ request: HelpCard; came: Came } | undefined> {
  const request = await helpCard(deps, workspaceId, requestId);
  const seat = await findSeat(deps.db, workspaceId, seatId);
  if (request?.state !== 'joined' || seat === undefined || request.isClosed || request.askedBy === '') return undefined;
  return { request, came: { userId: seat.userId, cameBy: seat.cameBy, invitedBy: seat.invitedBy } };
}
