/** What is due later. A timer is known by its kind and subject: setting it again moves it. */
import { isPostgres, type Db, type Handle } from './db.ts';

export type TimerKind =
  | 'help.round'
  | 'turn.answer'
  | 'forward.next'
  | 'forward.new'
  | 'forward.unanswered'
  | 'step.due'
  | 'person.gone';

export type Timer = { readonly workspaceId: string; readonly kind: TimerKind; readonly subjectId: string };

export type ClaimedTimer = Timer & { readonly attempts: number; readonly leaseUntil: string };

type Row = { workspace_id: string; kind: TimerKind; subject_id: string; attempts: number; due_at: string };

const keyOf = (timer: Timer) => ({ workspace_id: timer.workspaceId, kind: timer.kind, subject_id: timer.subjectId });

/** @param when now, for what is due at once, or both times of what waits: only so it is known that it does not wait for a clock set back */
export async function setTimer(db: Handle, timer: Timer, when: Date | { now: Date; dueAt: Date }): Promise<void> {
  const { now, dueAt } = when instanceof Date ? { now: when, dueAt: when } : when;
  await db('timers')
    .insert({ ...keyOf(timer), due_at: dueAt.toISOString(), set_at: now.toISOString(), attempts: 0 })
    .onConflict(['workspace_id', 'kind', 'subject_id'])
    .merge(['due_at', 'set_at', 'attempts']);
}

export async function clearTimer(db: Handle, timer: Timer): Promise<void> {
  await db('timers').where(keyOf(timer)).delete();
}

/** When timers of one kind are due (ISO 8601 UTC), by subject; nothing for those that are not set. */
export async function listDue(
  db: Handle,
  { workspaceId, kind, subjectIds }: { workspaceId: string; kind: TimerKind; subjectIds: readonly string[] },
): Promise<Map<string, string>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await db('timers')
    .where({ workspace_id: workspaceId, kind })
    .whereIn('subject_id', subjectIds)
    .select<Pick<Row, 'subject_id' | 'due_at'>[]>(['subject_id', 'due_at']);
  return new Map(rows.map((row) => [row.subject_id, row.due_at]));
}

/** Claims due timers for `leaseMs`. */
export async function claimTimers(
  db: Db,
  { now, leaseMs, limit }: { now: Date; leaseMs: number; limit: number },
): Promise<ClaimedTimer[]> {
  const due = db('timers')
    .select(db.raw('workspace_id, kind, subject_id'))
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .limit(limit);
  if (isPostgres(db)) due.forUpdate().skipLocked();
  // Materialized: PostgreSQL may otherwise run the subquery again for each row, and every run claims `limit` more.
  const rows = await db('timers')
    .withMaterialized('due', due)
    .whereIn(['workspace_id', 'kind', 'subject_id'], db('due').select(['workspace_id', 'kind', 'subject_id']))
    .where('due_at', '<=', now.toISOString())
    .update({ attempts: db.raw('attempts + 1'), due_at: new Date(now.getTime() + leaseMs).toISOString() })
    .returning<Row[]>(['workspace_id', 'kind', 'subject_id', 'attempts', 'due_at']);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    kind: row.kind,
    subjectId: row.subject_id,
    attempts: row.attempts,
    leaseUntil: row.due_at,
  }));
}

/** Removes a timer that has been acted on, unless it was set anew meanwhile. */
export async function finishTimer(db: Handle, timer: ClaimedTimer): Promise<void> {
  await db('timers')
    .where({ ...keyOf(timer), due_at: timer.leaseUntil })
    .delete();
}
