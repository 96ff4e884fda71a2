/** Clicks and commands, known by Slack's trigger id: a replay has no second effect. */
import type { Handle } from './db.ts';

/** Whether this trigger is seen for the first time. Of several at once exactly one is told so. */
export async function firstSeen(
  db: Handle,
  trigger: { workspaceId: string; triggerId: string; now: Date },
): Promise<boolean> {
  const rows = await db('triggers')
    .insert({
      workspace_id: trigger.workspaceId,
      trigger_id: trigger.triggerId,
      seen_at: trigger.now.toISOString(),
    })
    .onConflict(['workspace_id', 'trigger_id'])
    .ignore()
    .returning('trigger_id');
  return rows.length === 1;
}

export async function purgeTriggers(db: Handle, before: Date): Promise<void> {
  await db('triggers').where('seen_at', '<', before.toISOString()).delete();
}
