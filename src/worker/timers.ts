/** Does what is due. */
import type { Db } from '../store/db.ts';
import { claimTimers, finishTimer, type ClaimedTimer } from '../store/timers.ts';

export type TimersOptions = {
  db: Db;
  now: () => Date;
  /** A throw leaves the timer; it is due again when its lease ends. */
  handle: (timer: ClaimedTimer) => Promise<void>;
  onError: (error: unknown, timer: ClaimedTimer) => void;
};

const AT_ONCE = 20;
const LEASE_MS = 30_000;

/** Claims up to twenty due timers and acts on each; answers how many. */
export async function runTimersOnce({ db, now, handle, onError }: TimersOptions): Promise<number> {
  const claimed = await claimTimers(db, { now: now(), leaseMs: LEASE_MS, limit: AT_ONCE });
  for (const timer of claimed) {
    try {
      await handle(timer);
      await finishTimer(db, timer);
    } catch (error) {
      onError(error, timer);
    }
  }
  return claimed.length;
}
