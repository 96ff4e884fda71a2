/** The open conversations of people and of desks. */
import type { Knex } from 'knex';
import { CONVERSATION_COLUMNS, conversationFromRow, type Conversation, type ConversationRow } from './conversations.ts';
import type { Handle } from './db.ts';
import { markStandingsOn } from './standing-marks.ts';

/** Open conversations somebody is in, the one active last first. */
export async function listConversationsOf(
  db: Handle,
  workspaceId: string,
  userId: string,
  limit: number,
): Promise<Conversation[]> {
  const rows = await db('seats')
    .join('conversations', 'conversations.id', 'seats.conversation_id')
    .where({ 'seats.workspace_id': workspaceId, 'seats.user_id': userId })
    .whereNull('seats.left_at')
    .whereNull('conversations.closed_at')
    .orderBy([{ column: 'conversations.active_at', order: 'desc' }, { column: 'conversations.id' }])
    .limit(limit)
    .select<ConversationRow[]>(CONVERSATION_COLUMNS);
  return rows.map(conversationFromRow);
}

const openOf = (db: Handle, workspaceId: string, deskIds: readonly string[]) =>
  db('conversations')
    .where({ 'conversations.workspace_id': workspaceId })
    .whereIn('conversations.desk_id', deskIds)
    .whereNull('conversations.closed_at');

/** The same, without those this person is in. */
const othersOf = (
  db: Handle,
  workspaceId: string,
  { deskIds, userId }: { deskIds: readonly string[]; userId: string },
): Knex.QueryBuilder =>
  openOf(db, workspaceId, deskIds).whereNotExists((seat) => {
    void seat
      .select(db.raw('1'))
      .from('seats')
      .whereRaw('seats.conversation_id = conversations.id')
      .where('seats.user_id', userId)
      .whereNull('seats.left_at');
  });

const NOBODY_IN =
  'case when exists (select 1 from seats where seats.conversation_id = conversations.id and seats.left_at is null) then 1 else 0 end';

/**
 * Open conversations of these desks that this person is not in: those without anybody first, then those open longest; at most `limit`, and
 * how many there are.
 */
export async function listOpenOfDesks(
  db: Handle,
  workspaceId: string,
  whose: { deskIds: readonly string[]; userId: string },
  limit: number,
): Promise<{ conversations: Conversation[]; count: number }> {
  if (whose.deskIds.length === 0) return { conversations: [], count: 0 };
  const rows = await othersOf(db, workspaceId, whose)
    .orderByRaw(`${NOBODY_IN}, conversations.opened_at, conversations.id`)
    .limit(limit)
    .select<(ConversationRow & { number_of_all: number | string })[]>(
      ...CONVERSATION_COLUMNS,
      othersOf(db, workspaceId, whose).count('*').as('number_of_all'),
    );
  return { conversations: rows.map(conversationFromRow), count: Number(rows[0]?.number_of_all ?? 0) };
}

/** How many conversations are open at a desk. */
export async function countOpenOfDesk(db: Handle, workspaceId: string, deskId: string): Promise<number> {
  const row = await openOf(db, workspaceId, [deskId])
    .count({ open: '*' })
    .first<{ open: number | string } | undefined>();
  return Number(row?.open ?? 0);
}

/** Gives every open conversation of one desk to another. */
export async function moveOpenConversations(db: Handle, workspaceId: string, from: string, to: string): Promise<void> {
  await openOf(db, workspaceId, [from]).update({ desk_id: to, version: db.raw('version + 1') });
  await markStandingsOn(db, workspaceId, to);
}
