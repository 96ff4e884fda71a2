/** What is told of somebody who comes into a conversation. */
import { placeOf, type Place } from '../../domain/place.ts';
import { liveChatNameOf } from '../../domain/agent.ts';
import { findAgent } from '../../store/agents.ts';
import { findConversation } from '../../store/conversations.ts';
import { findPerson } from '../../store/people.ts';
import type { Handle } from '../../store/db.ts';
import { findSeat, type Seat } from '../../store/seats.ts';
import { findTurnOfSeat, listTurns } from '../../store/turns.ts';
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

async function isNext(db: Handle, seat: Seat): Promise<boolean> {
  if (seat.cameBy !== 'forwarded') return false;
  const turn = await findTurnOfSeat(db, seat.id);
  if (turn === undefined) return false;
  const turns = await listTurns(db, turn.forwardId);
  const before = turns.slice(
    0,
    turns.findIndex(({ id }) => id === turn.id),
  );
  return before.some(({ state }) => state === 'passed' || state === 'timed_out');
}

/** A seat with its place, undefined when it is not there. */
export async function seatView({ db }: Deps, workspaceId: string, seatId: string): Promise<SeatView | undefined> {
  const seat = await findSeat(db, workspaceId, seatId);
  const conversation = seat && (await findConversation(db, workspaceId, seat.conversationId));
  if (seat === undefined || conversation === undefined) return undefined;
  const person = await findPerson(db, workspaceId, seat.userId);
  const agent = await findAgent(db, workspaceId, seat.userId);
  return {
    seatId,
    conversationId: conversation.id,
    userId: seat.userId,
    liveChatName: liveChatNameOf(agent, person?.name ?? 'A colleague'),
    state: seat.state,
    requestId: seat.requestId,
    invitedBy: seat.invitedBy,
    ...placeOf(conversation),
    isClosed: conversation.closedAt !== undefined,
    isNext: await isNext(db, seat),
    isLookingForHelp: conversation.status === 'looking_for_help',
  };
}
