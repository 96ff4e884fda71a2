/** What rights depend on: the person, and whether they are an agent. */
import type { Handle } from './db.ts';
import { personFromRow, type KnownPerson, type PersonRow } from './people.ts';

export type CallerRow = { readonly person: KnownPerson; readonly isOnDesk: boolean };

/** The person and whether they are on a desk, in one read; undefined for somebody Beckon has never met. */
export async function findCaller(db: Handle, workspaceId: string, userId: string): Promise<CallerRow | undefined> {
  const row = await db('people')
    .where({ workspace_id: workspaceId, user_id: userId })
    .select<(PersonRow & { on_desk: number | boolean })[]>(
      'people.*',
      db.raw(
        'exists(select 1 from desk_agents where desk_agents.workspace_id = people.workspace_id and desk_agents.user_id = people.user_id) as on_desk',
      ),
    )
    .first();
  return row && { person: personFromRow(row), isOnDesk: Boolean(row.on_desk) };
}

/** Names of up to `limit` administrators, for a refusal that says who can help. */
export async function listAdministratorNames(db: Handle, workspaceId: string, limit: number): Promise<string[]> {
  const rows = await db('people')
    .where({ workspace_id: workspaceId, is_slack_admin: 1, is_deactivated: 0 })
    .orderBy('name')
    .limit(limit)
    .select<{ name: string }[]>('name');
  return rows.map((row) => row.name);
}

/** Everybody who is an administrator now. */
export async function listAdministrators(db: Handle, workspaceId: string): Promise<string[]> {
  const rows = await db('people')
    .where({ workspace_id: workspaceId, is_slack_admin: 1, is_deactivated: 0 })
    .orderBy('user_id')
    .select<{ user_id: string }[]>('user_id');
  return rows.map((row) => row.user_id);
}
