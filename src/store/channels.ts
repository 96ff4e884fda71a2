/** Slack gives a channel another id when it becomes shared: it is rewritten everywhere. */
import type { Trx } from './db.ts';

const COLUMNS = [
  ['conversations', 'channel_id'],
  ['desks', 'help_channel_id'],
  ['help_requests', 'card_channel_id'],
  ['calls', 'channel_id'],
] as const;

export async function moveChannel(trx: Trx, workspaceId: string, from: string, to: string): Promise<void> {
  for (const [table, column] of COLUMNS) {
    await trx(table)
      .where({ workspace_id: workspaceId, [column]: from })
      .update({ [column]: to });
  }
}
