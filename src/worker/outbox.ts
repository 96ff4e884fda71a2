/** Sends notices: heads of lanes side by side, one after the other within a lane. */
import type { Db } from '../store/db.ts';
import { claimNotices, markDone, markSending, retryNotice, setAside, type OutboxRow } from '../store/outbox.ts';
import { backoffMs, describeError } from './retry.ts';

/** What a failed delivery means for trying again. */
export type Verdict = {
  /** It can never succeed. */
  hopeless: boolean;
  /** Whether a message may exist: `false` when Slack said for certain that nothing was created. */
  created: false | 'unknown';
  /** Slack asked to wait this long. */
  retryAfterMs?: number;
};

export type Delivery = {
  notice: OutboxRow;
  /** Commits that a message is about to be created; must be awaited before the call. */
  sending: () => Promise<void>;
};

export type Deliver = (delivery: Delivery) => Promise<void>;

export type OutboxOptions = {
  db: Db;
  now: () => Date;
  deliver: Deliver;
  judge: (error: unknown) => Verdict;
  /** Longer than a delivery can take. */
  leaseMs: number;
  onError: (error: unknown, notice: OutboxRow, hopeless: boolean) => void;
};

const AT_ONCE = 8;
/** What still fails an hour after it was announced is set aside. */
const GIVE_UP_AFTER_MS = 3_600_000;

async function deliverOne(options: OutboxOptions, notice: OutboxRow): Promise<void> {
  const { db, now, deliver, judge, onError } = options;
  try {
    await deliver({ notice, sending: () => markSending(db, notice.id) });
    await markDone(db, notice.id, now());
  } catch (error) {
    const verdict = judge(error);
    const age = now().getTime() - Date.parse(notice.createdAt);
    const hopeless = verdict.hopeless || age >= GIVE_UP_AFTER_MS;
    onError(error, notice, hopeless);
    if (hopeless) return setAside(db, notice.id, describeError(error));
    const dueAt = new Date(now().getTime() + (verdict.retryAfterMs ?? backoffMs(notice.attempts)));
    await retryNotice(db, notice.id, { error: describeError(error), dueAt, created: verdict.created });
  }
}

/** Claims the due heads of up to eight lanes and delivers them side by side; answers how many. */
export async function runOutboxOnce(options: OutboxOptions): Promise<number> {
  const claimed = await claimNotices(options.db, { now: options.now(), leaseMs: options.leaseMs, limit: AT_ONCE });
  await Promise.all(claimed.map((notice) => deliverOne(options, notice)));
  return claimed.length;
}
