/** Which desk answers a conversation. */
import { conversationFromRow, type Conversation, type ConversationRow } from './conversations.ts';
import type { Handle } from './db.ts';
import { markStandingsIn } from './standing-marks.ts';

/** Gives an open conversation to another desk. */
export async function setConversationDesk(
  db: Handle,
  { workspaceId, id }: { workspaceId: string; id: string },
  deskId: string,
): Promise<void> {
  await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .whereNull('closed_at')
    .update({ desk_id: deskId, version: db.raw('version + 1') });
  await markStandingsIn(db, workspaceId, id);
}

const withDesk = (db: Handle, workspaceId: string, id: string) =>
  db('conversations')
    .join('desks', 'desks.id', 'conversations.desk_id')
    .where({ 'conversations.workspace_id': workspaceId, 'conversations.id': id });

/** Minutes whoever a conversation is forwarded to has until it goes to the next, as its desk says; 0: it stays theirs. */
export async function findAnswerMinutes(db: Handle, workspaceId: string, id: string): Promise<number> {
  const row = await withDesk(db, workspaceId, id).first<{ answer_minutes: number } | undefined>('desks.answer_minutes');
  return row?.answer_minutes ?? 0;
}

type OnDesk = { readonly conversation: Conversation; readonly deskName: string; readonly answerMinutes: number };

/** A conversation with what is told of its desk. */
export async function findConversationOnDesk(db: Handle, workspaceId: string, id: string): Promise<OnDesk | undefined> {
  const row = await withDesk(db, workspaceId, id).first<
    (ConversationRow & { desk_name: string; answer_minutes: number }) | undefined
  >('conversations.*', 'desks.name as desk_name', 'desks.answer_minutes');
  return row && { conversation: conversationFromRow(row), deskName: row.desk_name, answerMinutes: row.answer_minutes };
}
