/** Slack gives a channel another id when it becomes shared: it is rewritten everywhere. */
import type { Handle, Trx } from './db.ts';
import { deleteSupportChannel, findSupportChannel } from './support-channels.ts';

const COLUMNS = [
  ['conversations', 'channel_id'],
  ['desks', 'help_channel_id'],
  ['help_requests', 'card_channel_id'],
  ['calls', 'channel_id'],
  ['support_channels', 'channel_id'],
] as const;

/** Slack renamed a channel, or made it public or private. */
export async function renameChannel(db: Handle, workspaceId: string, channelId: string, name: string): Promise<void> {
  for (const table of ['conversations', 'support_channels']) {
    await db(table).where({ workspace_id: workspaceId, channel_id: channelId }).update({ channel_name: name });
  }
}

export async function moveChannel(trx: Trx, workspaceId: string, from: string, to: string): Promise<void> {
  const was = await findSupportChannel(trx, workspaceId, from);
  // Somebody may have bound the new id before Slack told of the change: what the channel was all along stays.
  if (was) await deleteSupportChannel(trx, workspaceId, to);
  for (const [table, column] of COLUMNS) {
    await trx(table)
      .where({ workspace_id: workspaceId, [column]: from })
      .update({ [column]: to });
  }
  await trx('conversations')
    .where({ workspace_id: workspaceId, channel_id: to })
    .update({ link: trx.raw('replace(link, ?, ?)', [from, to]) });
}
