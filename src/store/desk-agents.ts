/** Who is on which desk. */
import { inChunks } from './chunks.ts';
import type { Handle } from './db.ts';
import { LIVE } from './live.ts';

/** How many agents each desk has; one without is missing. */
export async function countDeskAgents(db: Handle, workspaceId: string): Promise<Map<string, number>> {
  const rows = await db('desk_agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'desk_agents.workspace_id').on('people.user_id', 'desk_agents.user_id');
    })
    .where({ 'desk_agents.workspace_id': workspaceId, ...LIVE })
    .groupBy('desk_agents.desk_id')
    .select<{ id: string; agents: number | string }[]>('desk_agents.desk_id as id', db.raw('count(*) as agents'));
  return new Map(rows.map((row) => [row.id, Number(row.agents)]));
}

/** Agents of one desk by name, at most `limit`. */
export async function listDeskAgents(
  db: Handle,
  workspaceId: string,
  deskId: string,
  limit: number,
): Promise<{ userId: string; name: string }[]> {
  const rows = await db('desk_agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'desk_agents.workspace_id').on('people.user_id', 'desk_agents.user_id');
    })
    .where({ 'desk_agents.workspace_id': workspaceId, 'desk_agents.desk_id': deskId, ...LIVE })
    .orderBy(['people.name', 'people.user_id'])
    .limit(limit)
    .select<{ user_id: string; name: string }[]>(['people.user_id', 'people.name']);
  return rows.map((row) => ({ userId: row.user_id, name: row.name }));
}

/** Those of the people asked for who are on some desk. */
export async function listOnDesk(db: Handle, workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await db('desk_agents')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', userIds)
    .distinct<{ user_id: string }[]>('user_id');
  return new Set(rows.map((row) => row.user_id));
}

/** Those of the people asked for who are on this desk. */
export async function listOnThisDesk(
  db: Handle,
  workspaceId: string,
  deskId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await db('desk_agents')
    .where({ workspace_id: workspaceId, desk_id: deskId })
    .whereIn('user_id', userIds)
    .select<{ user_id: string }[]>('user_id');
  return new Set(rows.map((row) => row.user_id));
}

/** Puts every one of these agents on every one of these desks; the pairs that are new. */
export async function putOnDesks(
  db: Handle,
  workspaceId: string,
  deskIds: readonly string[],
  userIds: readonly string[],
): Promise<{ userId: string; deskId: string }[]> {
  const pairs = userIds.flatMap((userId) =>
    deskIds.map((deskId) => ({ workspace_id: workspaceId, desk_id: deskId, user_id: userId })),
  );
  const rows = await inChunks(pairs, (chunk) =>
    db('desk_agents')
      .insert(chunk)
      .onConflict(['workspace_id', 'desk_id', 'user_id'])
      .ignore()
      .returning<{ user_id: string; desk_id: string }[]>(['user_id', 'desk_id']),
  );
  return rows.map((row) => ({ userId: row.user_id, deskId: row.desk_id }));
}

/** Takes these agents off these desks; how many places that were. */
export async function takeOffDesks(
  db: Handle,
  workspaceId: string,
  deskIds: readonly string[],
  userIds: readonly string[],
): Promise<number> {
  if (deskIds.length === 0 || userIds.length === 0) return 0;
  return db('desk_agents')
    .where({ workspace_id: workspaceId })
    .whereIn('desk_id', deskIds)
    .whereIn('user_id', userIds)
    .delete();
}
