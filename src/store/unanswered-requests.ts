/** Requests for help nobody has answered yet: those that wait for an expert, their fallback, and what the asker was told. */
import type { Way } from '../domain/calling.ts';
import type { Handle } from './db.ts';
import type { AskerTold, HelpRequest } from './help-requests.ts';

/** Whether it waits for the first expert back. */
export async function setWaiting(db: Handle, id: string, isWaiting: boolean): Promise<void> {
  await db('help_requests')
    .where({ id })
    .update({ is_waiting: Number(isWaiting) });
}

/** Turns to the fallback, once; whether this one did. */
export async function setFallback(
  db: Handle,
  id: string,
  { to, way, now }: { to: string; way: Way | ''; now: Date },
): Promise<boolean> {
  const changed = await db('help_requests')
    .where({ id })
    .whereNull('fallback_at')
    .update({ fallback_at: now.toISOString(), fallback_to: to, fallback_way: way });
  return changed === 1;
}

/**
 * Its rounds begin again, and the fallback is another desk's: a direct message that called the former one is a call like any other from now
 * on, so that it says how it ended.
 *
 * @param callId the id such a call is given
 */
export async function startOver(
  db: Handle,
  { id, workspaceId, round, fallback }: HelpRequest,
  { callId, now }: { callId: string; now: Date },
): Promise<void> {
  if (fallback.way === 'direct' && fallback.ts !== '') {
    const { to: user_id, channelId: channel_id, ts } = fallback;
    const call = {
      id: callId,
      workspace_id: workspaceId,
      request_id: id,
      user_id,
      round,
      way: 'direct',
      matched: '[]',
    };
    await db('calls')
      .insert({ ...call, called_at: now.toISOString(), channel_id, ts })
      .onConflict()
      .ignore();
  }
  const none = { fallback_at: null, fallback_to: '', fallback_way: '', fallback_channel_id: '', fallback_ts: '' };
  await db('help_requests')
    .where({ id })
    .update({ round: 0, is_waiting: 0, ...none });
}

/** The message that called the fallback. */
export async function saveFallbackMessage(
  db: Handle,
  id: string,
  message: { channelId: string; ts: string },
): Promise<void> {
  await db('help_requests').where({ id }).update({ fallback_channel_id: message.channelId, fallback_ts: message.ts });
}

export async function setAskerTold(db: Handle, id: string, told: AskerTold): Promise<void> {
  await db('help_requests').where({ id }).update({ asker_told: told });
}

/** Within a query of `help_requests`: what of it this person has. */
export const wantedFromThem = (db: Handle, workspaceId: string, userId: string) =>
  db('help_request_expertise')
    .join('agent_expertise', 'agent_expertise.expertise_id', 'help_request_expertise.expertise_id')
    .select(db.raw('1'))
    .where({
      'help_request_expertise.request_id': db.ref('help_requests.id'),
      'agent_expertise.workspace_id': workspaceId,
      'agent_expertise.user_id': userId,
    });

/** Open requests that wait for the first expert back and could want this person. */
export async function listWaitingFor(db: Handle, workspaceId: string, userId: string): Promise<string[]> {
  const rows = await db('help_requests')
    .where({ workspace_id: workspaceId, is_waiting: 1, state: 'open' })
    .whereNot({ asked_by: userId })
    .where((wanting) => {
      void wanting
        .whereNotExists(
          db('help_request_expertise')
            .select(db.raw('1'))
            .where({ request_id: db.ref('help_requests.id') }),
        )
        .orWhereExists(wantedFromThem(db, workspaceId, userId));
    })
    .orderBy('asked_at')
    .select<{ id: string }[]>('id');
  return rows.map((row) => row.id);
}
