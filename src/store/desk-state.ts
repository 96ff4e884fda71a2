/** Which desk is the default, and which are put away. */
import type { Trx } from './db.ts';

/** Makes a desk the default in place of the one that was; the caller holds the workspace's lock. */
export async function setDefaultDesk(trx: Trx, workspaceId: string, id: string): Promise<void> {
  const version = trx.raw('version + 1');
  await trx('desks').where({ workspace_id: workspaceId, is_default: 1 }).update({ is_default: 0, version });
  await trx('desks').where({ workspace_id: workspaceId, id }).update({ is_default: 1, version });
}

/** A key no typed name has: they hold no control characters. Another desk may have the archived one's name. */
const archivedKey = (id: string): string => `\u001f${id}`;

/** Puts a desk away: nobody is on it any more and its name is free. Its row stays, for the conversations it had. */
export async function archiveDeskRow(trx: Trx, workspaceId: string, id: string): Promise<void> {
  await trx('desk_agents').where({ workspace_id: workspaceId, desk_id: id }).delete();
  await trx('desks')
    .where({ workspace_id: workspaceId, id })
    .update({ is_archived: 1, name_key: archivedKey(id), version: trx.raw('version + 1') });
}
