/** Sends notices: heads of lanes side by side, one after the other within a lane. */
import type { Db } from '../store/db.ts';
import { markDone, markSending } from '../store/outbox-marks.ts';
import { claimNotices, retryNotice, setAside, type OutboxRow } from '../store/outbox.ts';
import { gathering } from './gather.ts';
import { backoffMs, describeError } from './retry.ts';

/** What a failed delivery means for trying again. */
export type Verdict = {
  /** It can never succeed. */
  hopeless: boolean;
  /** Whether a message may exist: `false` when Slack said for certain that nothing was created. */
  created: false | 'unknown';
  /** Slack asked to wait this long. */
  retryAfterMs?: number;
  /** It was not even tried, because its turn has not come: however long that takes, it is not given up for it. */
  untried?: true;
  /** Slack's name for the error, where it answered with one. */
  name?: string;
};

type Delivery = {
  notice: OutboxRow;
  /** Commits that a message is about to be created; must be awaited before the call. */
  sending: () => Promise<void>;
};

export type Deliver = (delivery: Delivery) => Promise<void>;

export type DeliveryOptions = {
  db: Db;
  now: () => Date;
  deliver: Deliver;
  judge: (error: unknown) => Verdict;
  /** Longer than a delivery can take. */
  leaseMs: number;
  onError: (error: unknown, notice: OutboxRow, hopeless: boolean) => void;
  /** What is done instead of a delivery that is given up: nobody may go on waiting for it. Whether that settles it. */
  onGivenUp: (notice: OutboxRow, name: string | undefined) => Promise<boolean>;
  /** It waits for an administrator from now on. */
  onSetAside: (notice: OutboxRow) => Promise<void>;
  /** For how long it is tried; an hour where nothing is said. */
  giveUpAfterMs?: number;
  /** So often at least: where nothing ran for an hour, or the clock was set forward, one failure is no reason. Seven times where nothing is said. */
  attemptsMin?: number;
  /** How long to wait after so many attempts. */
  pauseMs?: (attempts: number) => number;
};

/** What still fails an hour after it was announced, or put back by an administrator, is set aside. */
const GIVE_UP_AFTER_MS = 3_600_000;
/** In a minute. */
const ATTEMPTS_MIN = 7;

/** Another worker has the notice since the lease of this one ended: nothing may be sent or decided here any more. */
class LeaseLost extends Error {}

/** What is written down of deliveries that are under way side by side. */
export type Marks = {
  /** @throws LeaseLost */
  readonly sending: (notice: OutboxRow) => Promise<void>;
  readonly done: (notice: OutboxRow) => Promise<void>;
};

/** Marks what is delivered side by side together, so that several wait for one commit. */
export function gatherMarks({ db, now }: Pick<DeliveryOptions, 'db' | 'now'>): Marks {
  const hold = gathering(async (notices: readonly OutboxRow[]) => {
    const held = await markSending(db, notices);
    return ({ id }: OutboxRow) => held.has(id);
  });
  return {
    async sending(notice) {
      if (!(await hold(notice))) throw new LeaseLost('The lease of a notice ended while it was worked on.');
    },
    done: gathering(async (notices: readonly OutboxRow[]) => {
      await markDone(db, notices, now());
      return () => undefined;
    }),
  };
}

async function fail(options: DeliveryOptions, notice: OutboxRow, error: unknown): Promise<void> {
  const { db, now, judge, onError, pauseMs = backoffMs } = options;
  const { giveUpAfterMs = GIVE_UP_AFTER_MS, attemptsMin = ATTEMPTS_MIN } = options;
  const verdict = judge(error);
  const age = now().getTime() - Date.parse(notice.tryingSince);
  const isOver = age >= giveUpAfterMs && notice.attempts >= attemptsMin;
  const hopeless = verdict.hopeless || (verdict.untried !== true && isOver);
  if (verdict.untried !== true) onError(error, notice, hopeless);
  if (hopeless) {
    const settled = await options.onGivenUp(notice, verdict.name);
    const why = { error: verdict.name ?? describeError(error), now: now(), settled };
    if ((await setAside(db, notice, why)) && !settled) await options.onSetAside(notice);
    return;
  }
  const dueAt = new Date(now().getTime() + (verdict.retryAfterMs ?? pauseMs(notice.attempts)));
  // What an earlier attempt may have created is still not known when this one failed at looking for it.
  const created = notice.state === 'sending' ? 'unknown' : verdict.created;
  await retryNotice(db, notice, { error: describeError(error), dueAt, created });
}

/** Delivers one that was claimed, and says what became of it. */
export async function deliverOne(options: DeliveryOptions, notice: OutboxRow, marks: Marks): Promise<void> {
  try {
    await options.deliver({ notice, sending: () => marks.sending(notice) });
    await marks.done(notice);
  } catch (error) {
    if (!(error instanceof LeaseLost)) await fail(options, notice, error);
  }
}

/** Claims the due heads of so many lanes at most and delivers them side by side; answers how many. */
export async function runOutboxOnce(options: DeliveryOptions, lanes: number): Promise<number> {
  const { db, now, leaseMs } = options;
  const claimed = await claimNotices(db, { now: now(), leaseMs, limit: lanes });
  const marks = gatherMarks(options);
  await Promise.all(claimed.map((notice) => deliverOne(options, notice, marks)));
  return claimed.length;
}
