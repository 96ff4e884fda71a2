/** Who is, was, or is about to be in a conversation as agent: the history, one row each time somebody comes in. */
import type { CameBy } from '../domain/conversation.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';
import { markStandings } from './standing-marks.ts';
import { together } from './together.ts';

/** `arriving`: claimed, being added to the channel. `refused`: Slack would not let them in. */
type SeatState = 'arriving' | 'in' | 'left' | 'refused';

export type Seat = {
  readonly id: string;
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly cameBy: CameBy;
  readonly state: SeatState;
  /** The request for help it answers, '' for none. */
  readonly requestId: string;
  readonly claimedAt: string;
  readonly arrivedAt: string | undefined;
  readonly wroteAt: string | undefined;
  /** When they left, were refused, or it was closed. */
  readonly leftAt: string | undefined;
  /** They left themselves, while it was open. */
  readonly leftByHand: boolean;
  /** Who invited them, '' for nobody. */
  readonly invitedBy: string;
  /** Names of the expertise they were forwarded for, as it was called then. */
  readonly asked: readonly string[];
};

type Row = {
  id: string;
  workspace_id: string;
  conversation_id: string;
  user_id: string;
  came_by: CameBy;
  state: SeatState;
  request_id: string;
  claimed_at: string;
  arrived_at: string | null;
  wrote_at: string | null;
  left_at: string | null;
  left_by_hand: number;
  invited_by: string;
  asked: string;
};

const fromRow = (row: Row): Seat => ({
  id: row.id,
  workspaceId: row.workspace_id,
  conversationId: row.conversation_id,
  userId: row.user_id,
  cameBy: row.came_by,
  state: row.state,
  requestId: row.request_id,
  claimedAt: row.claimed_at,
  arrivedAt: row.arrived_at ?? undefined,
  wroteAt: row.wrote_at ?? undefined,
  leftAt: row.left_at ?? undefined,
  leftByHand: row.left_by_hand === 1,
  invitedBy: row.invited_by,
  asked: readJson<string[]>(row.asked),
});

const COLUMNS = columnsOf<Row>('seats', {
  id: true,
  workspace_id: true,
  conversation_id: true,
  user_id: true,
  came_by: true,
  state: true,
  request_id: true,
  claimed_at: true,
  arrived_at: true,
  wrote_at: true,
  left_at: true,
  left_by_hand: true,
  invited_by: true,
  asked: true,
});

export type NewSeat = {
  id: string;
  workspaceId: string;
  conversationId: string;
  userId: string;
  cameBy: CameBy;
  requestId?: string;
  invitedBy?: string;
  asked?: readonly string[];
  /** Already a member of the channel and in at once; otherwise claimed, to arrive. */
  arrived: boolean;
  /** It is worked out in the same transaction where they stand now. */
  isRestood?: boolean;
  now: Date;
};

/** Takes a seat, or says that this person has one already. */
export async function insertSeat(db: Handle, seat: NewSeat): Promise<boolean> {
  const at = seat.now.toISOString();
  const row = {
    id: seat.id,
    workspace_id: seat.workspaceId,
    conversation_id: seat.conversationId,
    user_id: seat.userId,
    came_by: seat.cameBy,
    request_id: seat.requestId ?? '',
    invited_by: seat.invitedBy ?? '',
    asked: JSON.stringify(seat.asked ?? []),
    state: seat.arrived ? 'in' : 'arriving',
    claimed_at: at,
    arrived_at: seat.arrived ? at : null,
  };
  const [made] = await together(db, [
    async () => db('seats').insert(row).onConflict().ignore().returning<{ id: string }[]>('id'),
    () => markStandings(db, seat.workspaceId, seat.isRestood === true ? [] : [seat.userId]),
  ]);
  return made.length === 1;
}

type Given = { workspace_id: string; user_id: string };
const GIVEN: (keyof Given)[] = ['workspace_id', 'user_id'];

/** Seats were given back: who had them is free again; whether there were any. */
async function free(db: Handle, given: readonly Given[]): Promise<boolean> {
  const [first] = given;
  if (first === undefined) return false;
  await markStandings(
    db,
    first.workspace_id,
    given.map((row) => row.user_id),
  );
  return true;
}

export async function findSeat(db: Handle, workspaceId: string, id: string): Promise<Seat | undefined> {
  const row = await db('seats').where({ workspace_id: workspaceId, id }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** The seat this person has in a conversation now. */
export async function findSeatOf(db: Handle, conversationId: string, userId: string): Promise<Seat | undefined> {
  const row = await db('seats')
    .where({ conversation_id: conversationId, user_id: userId })
    .whereNull('left_at')
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Every seat somebody has now, or is about to have. */
export async function listSeatsTakenBy(db: Handle, workspaceId: string, userId: string): Promise<Seat[]> {
  const rows = await db('seats')
    .where({ workspace_id: workspaceId, user_id: userId })
    .whereNull('left_at')
    .orderBy(['claimed_at', 'id'])
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** Who has a seat in each of these conversations now, by conversation id, in the order they came. */
export async function listSeatedIn(db: Handle, conversationIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db('seats')
    .whereIn('conversation_id', conversationIds)
    .whereNull('left_at')
    .orderBy(['claimed_at', 'id'])
    .select<{ conversation_id: string; user_id: string }[]>(['conversation_id', 'user_id']);
  const seated = new Map<string, string[]>();
  for (const row of rows) seated.set(row.conversation_id, [...(seated.get(row.conversation_id) ?? []), row.user_id]);
  return seated;
}

/** Every seat ever taken in a conversation, in the order they were claimed. */
export async function listSeats(db: Handle, conversationId: string): Promise<Seat[]> {
  const rows = await db('seats')
    .where({ conversation_id: conversationId })
    .orderBy(['claimed_at', 'id'])
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** The seat of whoever claimed or answered a request for help; not of those who claimed it and never came. */
export async function findSeatOfRequest(db: Handle, requestId: string): Promise<Seat | undefined> {
  const row = await db('seats')
    .where({ request_id: requestId })
    .where((came) => {
      void came.whereNotNull('arrived_at').orWhere({ state: 'arriving' });
    })
    .orderBy('claimed_at', 'desc')
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Somebody who was added to the channel is in; undefined where they were not arriving any more. */
export async function markArrived(db: Handle, workspaceId: string, id: string, now: Date): Promise<Seat | undefined> {
  const [row] = await db('seats')
    .where({ workspace_id: workspaceId, id, state: 'arriving' })
    .update({ state: 'in', arrived_at: now.toISOString() })
    .returning<Row[]>(COLUMNS);
  return row && fromRow(row);
}

/** Gives back the seat of somebody Slack would not let in; whether they were still arriving. */
export async function markRefused(db: Handle, id: string, now: Date): Promise<boolean> {
  const refused = await db('seats')
    .where({ id, state: 'arriving' })
    .update({ state: 'refused', left_at: now.toISOString() })
    .returning<Given[]>(GIVEN);
  return free(db, refused);
}

export async function markWrote(db: Handle, id: string, now: Date): Promise<void> {
  await db('seats').where({ id }).whereNull('wrote_at').update({ wrote_at: now.toISOString() });
}

/**
 * Gives a seat up; whether it was still taken.
 *
 * @param byHand they left themselves
 */
export async function leaveSeat(db: Handle, id: string, now: Date, byHand = false): Promise<boolean> {
  const left = await db('seats')
    .where({ id })
    .whereNull('left_at')
    .update({ state: 'left', left_at: now.toISOString(), left_by_hand: Number(byHand) })
    .returning<Given[]>(GIVEN);
  return free(db, left);
}

/** This seat is the one that answered a request for help. */
export async function setSeatRequest(db: Handle, id: string, requestId: string): Promise<void> {
  await db('seats').where({ id }).update({ request_id: requestId });
}

/** Everybody leaves: the conversation is closed. */
export async function leaveAll(db: Handle, conversationId: string, now: Date): Promise<void> {
  const left = await db('seats')
    .where({ conversation_id: conversationId })
    .whereNull('left_at')
    .update({ state: 'left', left_at: now.toISOString() })
    .returning<Given[]>(GIVEN);
  await free(db, left);
}
