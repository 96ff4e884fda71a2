/** Sees to it that nothing stands still after somebody has set the clock back. */
import type { Db } from '../store/db.ts';
import { mendEvents, mendNotices, mendTimers } from '../store/set-back.ts';
import { BACKOFF_MAX_MS } from './retry.ts';

/** An endpoint that is busy may ask for so much, and so long administrators are not told anew what was not delivered. */
const NOTICE_WAITS_MS = 3_600_000;

/** Does nothing where the clock was not set back; answers 0, because none of it is work that calls for more. */
export async function mendTimesOnce({ db, now }: { db: Db; now: () => Date }): Promise<number> {
  await mendNotices(db, { now: now(), longestMs: NOTICE_WAITS_MS });
  await mendEvents(db, { now: now(), longestMs: BACKOFF_MAX_MS });
  await mendTimers(db, now());
  return 0;
}
