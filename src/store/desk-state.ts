/** Changes of desks: what they are given, which one is the default, and which are put away. */
import { nameKey } from '../domain/name.ts';
import type { Handle, Trx } from './db.ts';
import type { DeskRules } from './desks.ts';
import { markStandingsOn } from './standing-marks.ts';

export type DeskUpdate = Partial<DeskRules> & { name?: string };

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
      ...(change.selectionOrder !== undefined && { selection_order: change.selectionOrder }),
      ...(change.capacity !== undefined && { capacity: change.capacity }),
      ...(change.noHuddles !== undefined && { no_huddles: Number(change.noHuddles) }),
      ...(change.forwardsNew !== undefined && { forwards_new: Number(change.forwardsNew) }),
      ...(change.sentence !== undefined && { sentence: change.sentence }),
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

export type ArchivedDesk = { readonly id: string; readonly name: string; readonly helpChannelId: string };

/** Desks that were put away, by name. */
export async function listArchivedDesks(db: Handle, workspaceId: string): Promise<ArchivedDesk[]> {
  const rows = await db('desks')
    .where({ workspace_id: workspaceId, is_archived: 1 })
    .orderBy(['name', 'id'])
    .select<{ id: string; name: string; help_channel_id: string }[]>(['id', 'name', 'help_channel_id']);
  return rows.map(({ id, name, help_channel_id: helpChannelId }) => ({ id, name, helpChannelId }));
}

/** Takes a desk into use again; the caller holds the workspace's lock and knows that the name is free. Whether it was archived. */
export async function restoreDeskRow(
  trx: Trx,
  workspaceId: string,
  id: string,
  { name, helpChannelId }: { name: string; helpChannelId: string },
): Promise<boolean> {
  const changed = await trx('desks')
    .where({ workspace_id: workspaceId, id, is_archived: 1 })
    .update({
      is_archived: 0,
      name,
      name_key: nameKey(name),
      help_channel_id: helpChannelId,
      version: trx.raw('version + 1'),
    });
  return changed === 1;
}
