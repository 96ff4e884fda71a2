/** Seats as they are told of: with their place, and what customers call whoever has them. */
import type { CameBy, Status } from '../domain/conversation.ts';
import type { Place } from '../domain/place.ts';
import type { Handle } from './db.ts';
import { columnsOf } from './columns.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';
import type { Seat } from './seats.ts';

export type SeatSeen = Place & {
  readonly seat: Pick<Seat, 'id' | 'conversationId' | 'userId' | 'cameBy' | 'state' | 'requestId' | 'invitedBy'>;
  readonly status: Status | undefined;
  readonly isClosed: boolean;
  /** Undefined for somebody Beckon has never met. */
  readonly name: string | undefined;
  /** '' where they chose none. */
  readonly liveChatName: string;
  /** Of the forward they were chosen in, somebody came before them and did not answer. */
  readonly isNext: boolean;
};

type Row = PlaceRow & {
  id: string;
  conversation_id: string;
  user_id: string;
  came_by: CameBy;
  state: Seat['state'];
  request_id: string;
  invited_by: string;
  status: Status | '';
  closed_at: string | null;
  name: string | null;
  live_chat_name: string | null;
  is_next: number;
};

type SeatRow = Pick<Row, 'id' | 'conversation_id' | 'user_id' | 'came_by' | 'state' | 'request_id' | 'invited_by'>;

const SEAT_COLUMNS = columnsOf<SeatRow>('seats', {
  id: true,
  conversation_id: true,
  user_id: true,
  came_by: true,
  state: true,
  request_id: true,
  invited_by: true,
});

const fromRow = (row: Row): SeatSeen => ({
  ...placeFromRow(row),
  seat: {
    id: row.id,
    conversationId: row.conversation_id,
    userId: row.user_id,
    cameBy: row.came_by,
    state: row.state,
    requestId: row.request_id,
    invitedBy: row.invited_by,
  },
  status: row.status === '' ? undefined : row.status,
  isClosed: row.closed_at !== null,
  name: row.name ?? undefined,
  liveChatName: row.live_chat_name ?? '',
  isNext: row.is_next === 1,
});

const IS_NEXT = `case when exists (
  select 1 from turns as theirs join turns as earlier on earlier.forward_id = theirs.forward_id
  where theirs.seat_id = seats.id and earlier.state in ('passed', 'timed_out')
    and (earlier.claimed_at < theirs.claimed_at or (earlier.claimed_at = theirs.claimed_at and earlier.id < theirs.id))
) then 1 else 0 end as is_next`;

/** A seat with all that is told of it; undefined when it is not there. */
export async function findSeatSeen(db: Handle, workspaceId: string, id: string): Promise<SeatSeen | undefined> {
  const [row] = await db('seats')
    .join('conversations', 'conversations.id', 'seats.conversation_id')
    .leftJoin('people', (join) => {
      join.on('people.workspace_id', 'seats.workspace_id').on('people.user_id', 'seats.user_id');
    })
    .leftJoin('agents', (join) => {
      join.on('agents.workspace_id', 'seats.workspace_id').on('agents.user_id', 'seats.user_id');
    })
    .where({ 'seats.workspace_id': workspaceId, 'seats.id': id })
    .select<Row[]>([
      ...SEAT_COLUMNS,
      ...PLACE_COLUMNS,
      'conversations.status',
      'conversations.closed_at',
      'people.name',
      'agents.live_chat_name',
      db.raw(IS_NEXT),
    ]);
  return row && fromRow(row);
}

/** Whom a seat brings where. */
export type SeatWhere = { readonly channelId: string; readonly userId: string; readonly isArriving: boolean };

/** Undefined when it is not there. */
export async function findSeatWhere(db: Handle, workspaceId: string, id: string): Promise<SeatWhere | undefined> {
  const [row] = await db('seats')
    .join('conversations', 'conversations.id', 'seats.conversation_id')
    .where({ 'seats.workspace_id': workspaceId, 'seats.id': id })
    .select<Pick<Row, 'channel_id' | 'user_id' | 'state'>[]>([
      'conversations.channel_id',
      'seats.user_id',
      'seats.state',
    ]);
  return row && { channelId: row.channel_id, userId: row.user_id, isArriving: row.state === 'arriving' };
}
