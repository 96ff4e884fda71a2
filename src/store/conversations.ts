/** Conversations and their customers. */
import type { Outcome, Status } from '../domain/conversation.ts';
import type { Place } from '../domain/place.ts';
import { CAPACITY_MINUTES } from '../domain/standing.ts';
import { columnsOf } from './columns.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';
import { markStandingsIfQuiet, markStandingsIn } from './standing-marks.ts';

export type Conversation = Place & {
  readonly id: string;
  readonly workspaceId: string;
  readonly deskId: string;
  /** undefined once closed. */
  readonly status: Status | undefined;
  readonly note: string;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly closedAt: string | undefined;
  /** How it went, once closed. */
  readonly outcome: Outcome | 'lost' | undefined;
  readonly version: number;
};

type OwnRow = {
  id: string;
  workspace_id: string;
  desk_id: string;
  status: Status | '';
  note: string;
  opened_by: string;
  opened_at: string;
  closed_at: string | null;
  outcome: Outcome | 'lost' | '';
  version: number;
};

export type ConversationRow = PlaceRow & OwnRow;

export const CONVERSATION_COLUMNS = [
  ...PLACE_COLUMNS,
  ...columnsOf<OwnRow>('conversations', {
    id: true,
    workspace_id: true,
    desk_id: true,
    status: true,
    note: true,
    opened_by: true,
    opened_at: true,
    closed_at: true,
    outcome: true,
    version: true,
  }),
];

/** A conversation from a row that has the columns of `conversations`. */
export const conversationFromRow = (row: ConversationRow): Conversation => ({
  id: row.id,
  workspaceId: row.workspace_id,
  deskId: row.desk_id,
  ...placeFromRow(row),
  status: row.status === '' ? undefined : row.status,
  note: row.note,
  openedBy: row.opened_by,
  openedAt: row.opened_at,
  closedAt: row.closed_at ?? undefined,
  outcome: row.outcome === '' ? undefined : row.outcome,
  version: row.version,
});

/** Where one conversation at most is open. */
type Spot = { workspaceId: string; channelId: string; threadTs: string };

const placeKey = (place: Spot) => ({
  workspace_id: place.workspaceId,
  channel_id: place.channelId,
  thread_ts: place.threadTs,
});

/** Opens a conversation in a place, or says that one is open there already: of two at once one wins. */
export async function insertConversation(
  db: Handle,
  conversation: Spot & Partial<Place> & { id: string; deskId: string; status: Status; openedBy: string; now: Date },
): Promise<boolean> {
  const at = conversation.now.toISOString();
  const rows = await db('conversations')
    .insert({
      ...placeKey(conversation),
      channel_name: conversation.channelName ?? '',
      is_private: Number(conversation.isPrivate ?? false),
      link: conversation.link ?? '',
      id: conversation.id,
      desk_id: conversation.deskId,
      status: conversation.status,
      opened_by: conversation.openedBy,
      opened_at: at,
      active_at: at,
    })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length === 1;
}

export async function findConversation(db: Handle, workspaceId: string, id: string): Promise<Conversation | undefined> {
  const row = await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .first<ConversationRow | undefined>(CONVERSATION_COLUMNS);
  return row && conversationFromRow(row);
}

/** Finds a conversation and keeps others from changing or closing it until the transaction ends. */
export async function lockConversation(trx: Trx, workspaceId: string, id: string): Promise<Conversation | undefined> {
  const query = trx('conversations').where({ workspace_id: workspaceId, id });
  if (isPostgres(trx)) query.forNoKeyUpdate();
  const row = await query.first<ConversationRow | undefined>(CONVERSATION_COLUMNS);
  return row && conversationFromRow(row);
}

/** The open conversation of a place. */
export async function findOpenConversation(db: Handle, place: Spot): Promise<Conversation | undefined> {
  const row = await db('conversations')
    .where(placeKey(place))
    .whereNull('closed_at')
    .first<ConversationRow | undefined>(CONVERSATION_COLUMNS);
  return row && conversationFromRow(row);
}

/** The conversation of a place that was opened last, open or closed. */
export async function findLastConversation(db: Handle, place: Spot): Promise<Conversation | undefined> {
  const row = await db('conversations')
    .where(placeKey(place))
    .orderBy([{ column: 'opened_at', order: 'desc' }, { column: 'id' }])
    .first<ConversationRow | undefined>(CONVERSATION_COLUMNS);
  return row && conversationFromRow(row);
}

/** Changes the status of an open conversation that has another one; whether it did. */
export async function setStatus(db: Handle, workspaceId: string, id: string, status: Status): Promise<boolean> {
  const changed = await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .whereNull('closed_at')
    .whereNot({ status })
    .update({ status, version: db.raw('version + 1') });
  return changed === 1;
}

export async function setNote(db: Handle, workspaceId: string, id: string, note: string): Promise<void> {
  await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .update({ note, version: db.raw('version + 1') });
}

/** Somebody wrote in it; whether it is still open. */
export async function touchConversation(db: Handle, workspaceId: string, id: string, now: Date): Promise<boolean> {
  await markStandingsIfQuiet(db, workspaceId, id, new Date(now.getTime() - CAPACITY_MINUTES * 60_000));
  const touched = await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .whereNull('closed_at')
    .update({ active_at: now.toISOString() });
  return touched === 1;
}

/** Closes an open conversation; of two at once one does. */
export async function closeConversation(
  db: Handle,
  workspaceId: string,
  id: string,
  { outcome, closedBy, now }: { outcome: Outcome | 'lost'; closedBy: string; now: Date },
): Promise<boolean> {
  await markStandingsIn(db, workspaceId, id);
  const changed = await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .whereNull('closed_at')
    .update({ status: '', outcome, closed_by: closedBy, closed_at: now.toISOString(), version: db.raw('version + 1') });
  return changed === 1;
}

/** Adds people as customers; whoever was taken out by hand stays out. */
export async function addCustomers(db: Handle, conversationId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db('conversation_customers')
    .insert(userIds.map((userId) => ({ conversation_id: conversationId, user_id: userId })))
    .onConflict()
    .ignore();
}

/** Customers of several conversations at once, by conversation id. */
export async function listCustomers(db: Handle, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db('conversation_customers')
    .whereIn('conversation_id', ids)
    .where({ is_removed: 0 })
    .orderBy('user_id')
    .select<{ conversation_id: string; user_id: string }[]>(['conversation_id', 'user_id']);
  const customers = new Map<string, string[]>();
  for (const row of rows)
    customers.set(row.conversation_id, [...(customers.get(row.conversation_id) ?? []), row.user_id]);
  return customers;
}

/** Every open conversation in a channel, its own and those of its threads. */
export async function listOpenConversationsIn(
  db: Handle,
  workspaceId: string,
  channelId: string,
): Promise<Conversation[]> {
  const rows = await db('conversations')
    .where({ workspace_id: workspaceId, channel_id: channelId })
    .whereNull('closed_at')
    .orderBy(['opened_at', 'id'])
    .select<ConversationRow[]>(CONVERSATION_COLUMNS);
  return rows.map(conversationFromRow);
}
