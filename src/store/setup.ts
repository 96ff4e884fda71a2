/** How far a workspace is set up. */
import type { Handle } from './db.ts';
import { LIVE } from './live.ts';

export type Setup = {
  /** Some desk has a help channel. */
  readonly helpChannel: boolean;
  readonly expertise: boolean;
  /** Some full member is on a desk. */
  readonly agent: boolean;
  readonly supportChannel: boolean;
};

/** SQLite says 0 or 1. */
type Row = Record<keyof Setup, number | boolean>;

export async function readSetup(db: Handle, workspaceId: string): Promise<Setup> {
  const inUse = { 'desks.workspace_id': workspaceId, 'desks.is_archived': 0 };
  const agents = db('desk_agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'desk_agents.workspace_id').on('people.user_id', 'desk_agents.user_id');
    })
    .join('desks', 'desks.id', 'desk_agents.desk_id')
    .where({ ...inUse, ...LIVE });
  const row = await db
    .select<Row[]>(
      db.raw('exists ? as ??', [db('desks').where(inUse).whereNot('help_channel_id', ''), 'helpChannel']),
      db.raw('exists ? as ??', [db('expertise').where({ workspace_id: workspaceId }), 'expertise']),
      db.raw('exists ? as ??', [agents, 'agent']),
      db.raw('exists ? as ??', [db('support_channels').where({ workspace_id: workspaceId }), 'supportChannel']),
    )
    .first();
  return {
    helpChannel: Boolean(row?.helpChannel),
    expertise: Boolean(row?.expertise),
    agent: Boolean(row?.agent),
    supportChannel: Boolean(row?.supportChannel),
  };
}
