/** Changes of desks: what they are given, which one is the default, and which are put away. */
import { nameKey } from '../domain/name.ts';
import type { Trx } from './db.ts';
import { markStandingsOn } from './standing-marks.ts';

export type DeskUpdate = {
  name?: string;
  helpChannelId?: string;
  answerMinutes?: number;
  fallbackId?: string;
  reopenDays?: number;
  quietDays?: number;
};

/** Changes a desk; the caller holds the workspace's lock where the name changes, so that it is free. */
export async function updateDesk(trx: Trx, workspaceId: string, id: string, change: DeskUpdate): Promise<void> {
  await trx('desks')
    .where({ workspace_id: workspaceId, id })
    .update({
      ...(change.name !== undefined && { name: change.name, name_key: nameKey(change.name) }),
      ...(change.helpChannelId !== undefined && { help_channel_id: change.helpChannelId }),
      ...(change.answerMinutes !== undefined && { answer_minutes: change.answerMinutes }),
      ...(change.fallbackId !== undefined && { fallback_id: change.fallbackId }),
      ...(change.reopenDays !== undefined && { reopen_days: change.reopenDays }),
      ...(change.quietDays !== undefined && { quiet_days: change.quietDays }),
      version: trx.raw('version + 1'),
    });
  await markStandingsOn(trx, workspaceId, id);
}

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
