/** What is told of somebody who comes into a conversation. */
import { placeOf, type Place } from '../../domain/place.ts';
import { liveChatNameOf } from '../../domain/agent.ts';
import { findSeatSeen, findSeatWhere, type SeatWhere } from '../../store/seat-views.ts';
import type { Deps } from '../deps.ts';

export type SeatView = Place & {
  readonly seatId: string;
  readonly conversationId: string;
  readonly userId: string;
  /** What customers read. */
  readonly liveChatName: string;
  readonly state: 'arriving' | 'in' | 'left' | 'refused';
  readonly requestId: string;
  /** Who invited them, '' for nobody. */
  readonly invitedBy: string;
  readonly isClosed: boolean;
  /** Of one forward somebody came before them and did not answer: the customer has waited. */
  readonly isNext: boolean;
  readonly isLookingForHelp: boolean;
};

/** A seat with its place, undefined when it is not there. */
export async function seatView({ db }: Deps, workspaceId: string, seatId: string): Promise<SeatView | undefined> {
  const seen = await findSeatSeen(db, workspaceId, seatId);
  if (seen === undefined) return undefined;
  const { seat, name = 'A colleague', liveChatName, isClosed, isNext, status } = seen;
  return {
    seatId,
    conversationId: seat.conversationId,
    userId: seat.userId,
    liveChatName: liveChatNameOf({ liveChatName }, name),
    state: seat.state,
    requestId: seat.requestId,
    invitedBy: seat.invitedBy,
    ...placeOf(seen),
    isClosed,
    isNext,
    isLookingForHelp: status === 'looking_for_help',
  };
}

/** Whom a seat brings where; undefined when it is not there. */
export const seatWhere = ({ db }: Deps, workspaceId: string, seatId: string): Promise<SeatWhere | undefined> =>
  findSeatWhere(db, workspaceId, seatId);
