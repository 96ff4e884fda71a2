/** Two verbs that meet on PostgreSQL: one holds a row, a test waits until the other waits for it. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '../../src/store/db.ts';

const WITHIN_MS = 10_000;

/** Resolves when a session of this database waits for a lock. @throws Error when none does */
export async function untilLocked(db: Db): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await db.raw<{ rows: { waiting: string }[] }>(
      "select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (Number(answer.rows[0]?.waiting) > 0) return;
    await breathe();
  }
  throw new Error('Nobody waits for a lock.');
}
