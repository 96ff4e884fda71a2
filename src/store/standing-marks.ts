/**
 * Where agents stand is kept in `desk_agents` (see `standings.ts`) and follows from other rows. Whoever changes one of these marks what
 * follows from it as stale, in the same transaction.
 */
import type { Handle } from './db.ts';

const STALE = { valid_until: '' };

/** Something about these people has changed. */
export async function markStandings(db: Handle, workspaceId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db('desk_agents').where({ workspace_id: workspaceId }).whereIn('user_id', userIds).update(STALE);
}

const seatedIn = (db: Handle, conversationId: string) =>
  db('seats').select('user_id').where({ conversation_id: conversationId }).whereNull('left_at');

/** A conversation was closed, moved or opened again: it counts otherwise for whoever has a seat in it. To be called while they have it. */
export async function markStandingsIn(db: Handle, workspaceId: string, conversationId: string): Promise<void> {
  await db('desk_agents')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', seatedIn(db, conversationId))
    .update(STALE);
}

/** The same for a conversation that is about to be written in and may have been quiet since `quietSince`. */
export async function markStandingsIfQuiet(
  db: Handle,
  workspaceId: string,
  conversationId: string,
  quietSince: Date,
): Promise<void> {
  const quiet = db('conversations')
    .where({ id: conversationId })
    .where('active_at', '<=', quietSince.toISOString())
    .select(db.raw('1'));
  await db('desk_agents')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', seatedIn(db, conversationId))
    .whereExists(quiet)
    .update(STALE);
}

/** A rule of a desk, or without one of the whole workspace, has changed. */
export async function markStandingsOn(db: Handle, workspaceId: string, deskId?: string): Promise<void> {
  await db('desk_agents')
    .where({ workspace_id: workspaceId, ...(deskId !== undefined && { desk_id: deskId }) })
    .update(STALE);
}
