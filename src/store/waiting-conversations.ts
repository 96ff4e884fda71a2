/** Conversations that are *Waiting for customer*. */
import type { Handle } from './db.ts';

/** The status has just become *Waiting for customer*. */
export async function beganWaiting(db: Handle, workspaceId: string, id: string, now: Date): Promise<void> {
  await db('conversations').where({ workspace_id: workspaceId, id }).update({ waiting_since: now.toISOString() });
}

/**
 * *Waiting for customer* ends when the customer writes; whether it did.
 *
 * @param until ISO: a conversation that has waited only since later than that waits on, for this was written before
 */
export async function wakeWaiting(db: Handle, workspaceId: string, id: string, until: string): Promise<boolean> {
  const changed = await db('conversations')
    .where({ workspace_id: workspaceId, id, status: 'waiting' })
    .where((since) => {
      void since.whereNull('waiting_since').orWhere('waiting_since', '<=', until);
    })
    .update({ status: 'in_progress', version: db.raw('version + 1') });
  return changed === 1;
}
