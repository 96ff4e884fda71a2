/** Channels that belong to a desk, and how conversations begin in them. */
import type { Mode } from '../domain/support-channel.ts';
import type { Handle } from './db.ts';

export type SupportChannel = {
  readonly channelId: string;
  readonly deskId: string;
  /** Without '#', as it was last heard of. */
  readonly channelName: string;
  readonly mode: Mode;
  readonly version: number;
};

type Row = { channel_id: string; desk_id: string; channel_name: string; mode: Mode; version: number };

const fromRow = (row: Row): SupportChannel => ({
  channelId: row.channel_id,
  deskId: row.desk_id,
  channelName: row.channel_name,
  mode: row.mode,
  version: row.version,
});

const keyOf = (workspaceId: string, channelId: string) => ({ workspace_id: workspaceId, channel_id: channelId });

export type NewSupportChannel = {
  workspaceId: string;
  channelId: string;
  deskId: string;
  channelName: string;
  mode: Mode;
};

/** Makes a channel a support channel, or says that it is one already. */
export async function insertSupportChannel(db: Handle, channel: NewSupportChannel): Promise<boolean> {
  const rows = await db('support_channels')
    .insert({
      ...keyOf(channel.workspaceId, channel.channelId),
      desk_id: channel.deskId,
      channel_name: channel.channelName,
      mode: channel.mode,
    })
    .onConflict(['workspace_id', 'channel_id'])
    .ignore()
    .returning('channel_id');
  return rows.length === 1;
}

export async function findSupportChannel(
  db: Handle,
  workspaceId: string,
  channelId: string,
): Promise<SupportChannel | undefined> {
  const row = await db('support_channels').where(keyOf(workspaceId, channelId)).first<Row | undefined>();
  return row && fromRow(row);
}

export async function countSupportChannels(db: Handle, workspaceId: string, deskId?: string): Promise<number> {
  const row = await db('support_channels')
    .where({ workspace_id: workspaceId, ...(deskId !== undefined && { desk_id: deskId }) })
    .count({ channels: '*' })
    .first<{ channels: number | string } | undefined>();
  return Number(row?.channels ?? 0);
}

/** By name: `limit` of them from `offset` on. */
export async function listSupportChannels(
  db: Handle,
  workspaceId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<SupportChannel[]> {
  const rows = await db('support_channels')
    .where({ workspace_id: workspaceId })
    .orderBy(['channel_name', 'channel_id'])
    .limit(limit)
    .offset(offset)
    .select<Row[]>('*');
  return rows.map(fromRow);
}

/** Changes one that still has this version; whether it did. */
export async function updateSupportChannel(
  db: Handle,
  workspaceId: string,
  channelId: string,
  { version, ...change }: { version: number; deskId?: string; mode?: Mode },
): Promise<boolean> {
  const changed = await db('support_channels')
    .where({ ...keyOf(workspaceId, channelId), version })
    .update({
      ...(change.deskId !== undefined && { desk_id: change.deskId }),
      ...(change.mode !== undefined && { mode: change.mode }),
      version: db.raw('version + 1'),
    });
  return changed === 1;
}

/** Gives every channel of one desk to another. */
export async function moveSupportChannels(db: Handle, workspaceId: string, from: string, to: string): Promise<void> {
  await db('support_channels')
    .where({ workspace_id: workspaceId, desk_id: from })
    .update({ desk_id: to, version: db.raw('version + 1') });
}

/** Whether it was one. */
export async function deleteSupportChannel(db: Handle, workspaceId: string, channelId: string): Promise<boolean> {
  return (await db('support_channels').where(keyOf(workspaceId, channelId)).delete()) === 1;
}
