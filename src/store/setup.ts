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

export async function readSetup(db: Handle, workspaceId: string): Promise<Setup> {
  const inUse = { 'desks.workspace_id': workspaceId, 'desks.is_archived': 0 };
  const helped = await db('desks').where(inUse).whereNot('desks.help_channel_id', '').first<object | undefined>('id');
  const expertise = await db('expertise').where({ workspace_id: workspaceId }).first<object | undefined>('id');
  const channel = await db('support_channels')
    .where({ workspace_id: workspaceId })
    .first<object | undefined>('channel_id');
  const agent = await db('desk_agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'desk_agents.workspace_id').on('people.user_id', 'desk_agents.user_id');
    })
    .join('desks', 'desks.id', 'desk_agents.desk_id')
    .where({ ...inUse, ...LIVE })
    .first<object | undefined>('desk_agents.user_id');
  return {
    helpChannel: helped !== undefined,
    expertise: expertise !== undefined,
    agent: agent !== undefined,
    supportChannel: channel !== undefined,
  };
}
