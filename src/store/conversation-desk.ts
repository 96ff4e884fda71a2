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
