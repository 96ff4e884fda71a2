/** What tests look at: what was announced, and a database with nothing in it. */
import type { Notice } from '../../src/domain/notice.ts';
import type { Db } from '../../src/store/db.ts';

/** Every notice announced so far, in order of its lane, without those that only refresh Homes. */
export async function noticesOf(db: Db, workspaceId = 'T1'): Promise<Notice[]> {
  const rows = await db('notices')
    .where({ workspace_id: workspaceId })
    .orderBy(['lane', 'number'])
    .select<{ notice: string }[]>('notice');
  return rows.map((row) => JSON.parse(row.notice) as Notice).filter(({ kind }) => kind !== 'home.changed');
}

/** Children before their parents. */
export const TABLES = [
  'step_runs',
  'idempotency_keys',
  'tokens',
  'turns',
  'decisions',
  'forwards',
  'calls',
  'seats',
  'help_request_expertise',
  'help_requests',
  'conversation_expertise',
  'conversation_customers',
  'conversations',
  'support_channels',
  'administrators',
  'desk_agents',
  'agent_expertise',
  'agents',
  'desks',
  'expertise_aliases',
  'expertise_merges',
  'expertise',
  'people',
  'inbox',
  'triggers',
  'lanes',
  'notices',
  'timers',
  'home_views',
  'workspaces',
];

/** Empties every table, so that one database serves all tests of a suite. */
export async function emptyDatabase(db: Db): Promise<void> {
  for (const table of TABLES) await db(table).delete();
}
