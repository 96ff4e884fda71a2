/** Who looked at Home lately, and what it showed. */
import { laneOf } from '../domain/notice.ts';
import type { Handle } from './db.ts';
import { waitingIn } from './outbox.ts';

export async function noteHomeView(db: Handle, workspaceId: string, userId: string, now: Date): Promise<void> {
  await db('home_views')
    .insert({ workspace_id: workspaceId, user_id: userId, viewed_at: now.toISOString() })
    .onConflict(['workspace_id', 'user_id'])
    .merge(['viewed_at']);
}

/** The most recent viewers since `since`, at most `limit`. */
export async function listHomeViewers(db: Handle, workspaceId: string, since: Date, limit: number): Promise<string[]> {
  const rows = await db('home_views')
    .where({ workspace_id: workspaceId })
    .where('viewed_at', '>=', since.toISOString())
    .orderBy([{ column: 'viewed_at', order: 'desc' }, { column: 'user_id' }])
    .limit(limit)
    .select<{ user_id: string }[]>('user_id');
  return rows.map((row) => row.user_id);
}

export async function findShownHash(db: Handle, workspaceId: string, userId: string): Promise<string> {
  const row = await db('home_views')
    .where({ workspace_id: workspaceId, user_id: userId })
    .first<{ shown_hash: string } | undefined>('shown_hash');
  return row?.shown_hash ?? '';
}

export async function saveShownHash(db: Handle, workspaceId: string, userId: string, hash: string): Promise<void> {
  await db('home_views').where({ workspace_id: workspaceId, user_id: userId }).update({ shown_hash: hash });
}

/** Somebody's Home that is to be published again within seconds is to be published now. One that has failed keeps its time. */
export async function hurryHome(db: Handle, workspaceId: string, userId: string, now: Date): Promise<void> {
  await waitingIn(db, workspaceId, [laneOf({ kind: 'home.changed', userId })])
    .where({ attempts: 0 })
    .update({ due_at: now.toISOString() });
}
