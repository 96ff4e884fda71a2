/** Slack's events, stored before they are acknowledged and worked on afterwards. */
import { keptOf } from '../domain/set-aside.ts';
import { jsonOf } from '../domain/well-formed.ts';
import { isPostgres, type Db, type Handle } from './db.ts';
import { readJson } from './json.ts';

export type InboxRow = {
  readonly workspaceId: string;
  readonly eventId: string;
  readonly body: Record<string, unknown>;
  readonly attempts: number;
};

type Row = { workspace_id: string; event_id: string; body: string; attempts: number };

/** Stores an event unless it has been stored before (Slack sends again what was not acknowledged in time). */
export async function storeEvent(
  db: Handle,
  event: { workspaceId: string; eventId: string; body: Record<string, unknown>; now: Date },
): Promise<void> {
  const at = event.now.toISOString();
  await db('inbox')
    .insert({
      workspace_id: event.workspaceId,
      event_id: event.eventId,
      body: jsonOf(event.body),
      state: 'waiting',
      received_at: at,
      due_at: at,
    })
    .onConflict(['workspace_id', 'event_id'])
    .ignore();
}

/** Seconds since 1970. Slack says when it happened in `event_ts`; where it does not, it happened about when it came. */
function happenedAt(body: Record<string, unknown>, receivedAt: string): number {
  const { event } = body;
  const said = typeof event === 'object' && event !== null && 'event_ts' in event ? Number(event.event_ts) : Number.NaN;
  return Number.isFinite(said) ? said : Date.parse(receivedAt) / 1000;
}

/** Claims due events for `leaseMs`, in the order in which they happened: Slack does not send them in it. */
export async function claimEvents(
  db: Db,
  { now, leaseMs, limit }: { now: Date; leaseMs: number; limit: number },
): Promise<InboxRow[]> {
  const due = db('inbox')
    .select(db.raw('workspace_id, event_id'))
    .where({ state: 'waiting' })
    .where('due_at', '<=', now.toISOString())
    .orderBy([{ column: 'due_at' }, { column: 'received_at' }])
    .limit(limit);
  if (isPostgres(db)) due.forUpdate().skipLocked();
  // Materialized: PostgreSQL may otherwise run the subquery again for each row, and every run claims `limit` more.
  const rows = await db('inbox')
    .withMaterialized('due', due)
    .whereIn(['workspace_id', 'event_id'], db('due').select(['workspace_id', 'event_id']))
    .where({ state: 'waiting' })
    .where('due_at', '<=', now.toISOString())
    .update({ attempts: db.raw('attempts + 1'), due_at: new Date(now.getTime() + leaseMs).toISOString() })
    .returning<(Row & { received_at: string })[]>(['workspace_id', 'event_id', 'body', 'attempts', 'received_at']);
  return rows
    .map(({ workspace_id: workspaceId, event_id: eventId, body: json, attempts, received_at: receivedAt }) => {
      const body = readJson<Record<string, unknown>>(json);
      return { at: happenedAt(body, receivedAt), claimed: { workspaceId, eventId, body, attempts } };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ claimed }) => claimed);
}

/** The body is dropped: only that the event was seen is kept, against its being sent again. */
export async function finishEvent(db: Handle, row: Pick<InboxRow, 'workspaceId' | 'eventId'>): Promise<void> {
  await db('inbox')
    .where({ workspace_id: row.workspaceId, event_id: row.eventId })
    .update({ state: 'done', body: '{}', last_error: '' });
}

/** Gives an event back to be claimed again at `dueAt`. */
export async function retryEvent(
  db: Handle,
  row: Pick<InboxRow, 'workspaceId' | 'eventId'>,
  { error, dueAt }: { error: string; dueAt: Date },
): Promise<void> {
  await db('inbox')
    .where({ workspace_id: row.workspaceId, event_id: row.eventId })
    .update({ last_error: error, due_at: dueAt.toISOString() });
}

/** Gives an event up until an administrator decides; whether one has to. What anybody wrote is not kept. */
export async function setEventAside(
  db: Handle,
  row: Pick<InboxRow, 'workspaceId' | 'eventId' | 'body'>,
  { error, now }: { error: string; now: Date },
): Promise<boolean> {
  const kept = keptOf(row.body);
  await db('inbox')
    .where({ workspace_id: row.workspaceId, event_id: row.eventId })
    .update({
      state: kept === undefined ? 'done' : 'set_aside',
      body: JSON.stringify(kept ?? {}),
      last_error: error,
      set_aside_at: now.toISOString(),
    });
  return kept !== undefined;
}

/** Forgets events received before `before` that are done with. */
export async function purgeEvents(db: Handle, before: Date): Promise<void> {
  await db('inbox').where({ state: 'done' }).where('received_at', '<', before.toISOString()).delete();
}
