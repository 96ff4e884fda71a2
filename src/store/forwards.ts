/** Forwards: what was wished for, and how it ended. */
import type { CameFrom, ForwardState, Wish } from '../domain/forward.ts';
import type { Place } from '../domain/place.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';

export type Forward = {
  readonly id: string;
  readonly workspaceId: string;
  readonly conversationId: string;
  /** '' for a bot or Beckon itself. */
  readonly askedBy: string;
  readonly cameFrom: CameFrom;
  /** '' for none. */
  readonly tokenId: string;
  readonly wish: Wish;
  /** Only agents read it. */
  readonly note: string;
  /** What the customer reads once somebody was found, '' for nothing. */
  readonly message: string;
  readonly state: ForwardState;
  readonly askedAt: string;
  readonly endedAt: string | undefined;
};

type Row = {
  id: string;
  workspace_id: string;
  conversation_id: string;
  asked_by: string;
  came_from: CameFrom;
  token_id: string;
  wish: string;
  note: string;
  message: string;
  state: ForwardState;
  asked_at: string;
  ended_at: string | null;
};

const COLUMNS = columnsOf<Row>('forwards', {
  id: true,
  workspace_id: true,
  conversation_id: true,
  asked_by: true,
  came_from: true,
  token_id: true,
  wish: true,
  note: true,
  message: true,
  state: true,
  asked_at: true,
  ended_at: true,
});

const fromRow = (row: Row): Forward => ({
  id: row.id,
  workspaceId: row.workspace_id,
  conversationId: row.conversation_id,
  askedBy: row.asked_by,
  cameFrom: row.came_from,
  tokenId: row.token_id,
  wish: readJson<Wish>(row.wish),
  note: row.note,
  message: row.message,
  state: row.state,
  askedAt: row.asked_at,
  endedAt: row.ended_at ?? undefined,
});

/** Adds a forward; one that finds nobody is over at once. */
export async function insertForward(
  db: Handle,
  forward: Omit<Forward, 'askedAt' | 'endedAt'> & { now: Date },
): Promise<void> {
  const at = forward.now.toISOString();
  await db('forwards').insert({
    id: forward.id,
    workspace_id: forward.workspaceId,
    conversation_id: forward.conversationId,
    asked_by: forward.askedBy,
    came_from: forward.cameFrom,
    token_id: forward.tokenId,
    wish: JSON.stringify(forward.wish),
    note: forward.note,
    message: forward.message,
    state: forward.state,
    asked_at: at,
    ended_at: forward.state === 'open' ? null : at,
  });
}

export async function findForward(db: Handle, workspaceId: string, id: string): Promise<Forward | undefined> {
  const row = await db('forwards').where({ workspace_id: workspaceId, id }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** What the customer reads of a forward, '' for nothing, with its place. */
export type ForwardSaid = Place & { readonly message: string; readonly isClosed: boolean };

/** Undefined when the forward is not there. */
export async function findForwardSaid(db: Handle, workspaceId: string, id: string): Promise<ForwardSaid | undefined> {
  const row = await db('forwards')
    .join('conversations', 'conversations.id', 'forwards.conversation_id')
    .where({ 'forwards.workspace_id': workspaceId, 'forwards.id': id })
    .first<(PlaceRow & { message: string; closed_at: string | null }) | undefined>(
      'forwards.message',
      'conversations.closed_at',
      ...PLACE_COLUMNS,
    );
  return row && { ...placeFromRow(row), message: row.message, isClosed: row.closed_at !== null };
}

/** The forward of a conversation that is under way. */
export async function findOpenForward(db: Handle, conversationId: string): Promise<Forward | undefined> {
  const row = await db('forwards')
    .where({ conversation_id: conversationId })
    .whereNull('ended_at')
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** What is not over of a conversation's forwards: the one that is under way, and those that found nobody. */
export async function listForwardsLeft(db: Handle, conversationId: string): Promise<Forward[]> {
  const rows = await db('forwards')
    .where({ conversation_id: conversationId })
    .whereIn('state', ['open', 'no_agent'])
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** The forward of a conversation that was asked for last. */
export async function findLastForward(db: Handle, conversationId: string): Promise<Forward | undefined> {
  const row = await db('forwards')
    .where({ conversation_id: conversationId })
    .orderBy([{ column: 'asked_at', order: 'desc' }, { column: 'id' }])
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Ends a forward that is under way; whether this one did. */
export async function endForward(
  db: Handle,
  id: string,
  state: Exclude<ForwardState, 'open'>,
  now: Date,
): Promise<boolean> {
  const changed = await db('forwards')
    .where({ id })
    .whereNull('ended_at')
    .update({ state, ended_at: now.toISOString() });
  return changed === 1;
}
