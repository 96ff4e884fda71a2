/** Which desk answers a conversation. */
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

/** Minutes whoever a conversation is forwarded to has until it goes to the next, as its desk says; 0: it stays theirs. */
export async function findAnswerMinutes(db: Handle, workspaceId: string, id: string): Promise<number> {
  const row = await db('conversations')
    .join('desks', 'desks.id', 'conversations.desk_id')
    .where({ 'conversations.workspace_id': workspaceId, 'conversations.id': id })
    .first<{ answer_minutes: number } | undefined>('desks.answer_minutes');
  return row?.answer_minutes ?? 0;
}
