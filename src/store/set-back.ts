/**
 * What was written by a clock that has been set back since lies in the future: until the clock comes there again nothing would happen to it,
 * nor to what waits behind it.
 */
import type { Db } from './db.ts';
import { unfinished } from './outbox.ts';

/** Clocks of the machines that share a database differ by less, and so long nobody works on one thing without saying so. */
const TOLERANCE_MS = 60_000;

type Waits = {
  now: Date;
  /** Nothing waits longer than this for its next attempt. */
  longestMs: number;
};

const times = ({ now, longestMs }: Waits) => {
  const after = (ms: number) => new Date(now.getTime() + ms).toISOString();
  return { at: now.toISOString(), soon: after(TOLERANCE_MS), tooLate: after(TOLERANCE_MS + longestMs) };
};

/**
 * Makes notices due that would wait for the clock to come again, at once or when whoever may still be delivering them is through. They have
 * been tried since now: how long they were before nobody can tell.
 */
export async function mendNotices(db: Db, waits: Waits): Promise<void> {
  const { at, soon, tooLate } = times(waits);
  const since = 'coalesce(trying_since, created_at)';
  await db('notices')
    .whereRaw(unfinished())
    .where((late) => void late.whereRaw(`${since} > ?`, [soon]).orWhere('due_at', '>', tooLate))
    .update({
      due_at: db.raw("case when due_at <= ? then due_at when state = 'waiting' then ? else ? end", [soon, at, soon]),
      trying_since: db.raw(`case when ${since} > ? then ? else trying_since end`, [soon, at]),
    });
}

/** The same for events. Somebody may still be working on one. */
export async function mendEvents(db: Db, waits: Waits): Promise<void> {
  const { soon, tooLate } = times(waits);
  await db('inbox').where({ state: 'waiting' }).where('due_at', '>', tooLate).update({ due_at: soon });
}

type Row = { workspace_id: string; kind: string; subject_id: string; due_at: string; set_at: string };

const AT_ONCE = 500;

/** Timers wait as long as they were to wait, from now on. */
export async function mendTimers(db: Db, now: Date): Promise<void> {
  const soon = new Date(now.getTime() + TOLERANCE_MS).toISOString();
  const late = () => db('timers').where('set_at', '>', soon).limit(AT_ONCE).select<Row[]>('*');
  for (let rows = await late(); rows.length > 0; rows = await late()) {
    for (const { workspace_id, kind, subject_id, due_at, set_at } of rows) {
      const wait = Math.max(0, Date.parse(due_at) - Date.parse(set_at));
      await db('timers')
        .where({ workspace_id, kind, subject_id, due_at, set_at })
        .update({ set_at: now.toISOString(), due_at: new Date(now.getTime() + wait).toISOString() });
    }
  }
}
