/** Forgets what is no longer needed, so that the database does not grow with traffic. */
import type { Db } from '../store/db.ts';
import { purgeKeys } from '../store/idempotency.ts';
import { purgeEvents } from '../store/inbox.ts';
import { purgeNotices } from '../store/outbox.ts';
import { purgeTriggers } from '../store/triggers.ts';

const DAY_MS = 86_400_000;
const NOTICES_KEPT_DAYS = 7;

/** Slack sends an event again for about an hour; a day is plenty to know it by. */
export async function runHousekeepingOnce({ db, now }: { db: Db; now: () => Date }): Promise<number> {
  const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS);
  await purgeEvents(db, daysAgo(1));
  await purgeTriggers(db, daysAgo(1));
  await purgeKeys(db, daysAgo(1));
  await purgeNotices(db, daysAgo(NOTICES_KEPT_DAYS));
  return 0;
}
