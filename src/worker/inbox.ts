/** Works on stored events, oldest first. */
import type { Db } from '../store/db.ts';
import { claimEvents, finishEvent, retryEvent, setEventAside, type InboxRow } from '../store/inbox.ts';
import { backoffMs, describeError } from './retry.ts';

export type InboxOptions = {
  db: Db;
  now: () => Date;
  /** Hands an event to its listeners; a throw means it is to be tried again. */
  handle: (row: InboxRow) => Promise<void>;
  onError: (error: unknown, row: InboxRow) => void;
  /** It waits for an administrator from now on. */
  onSetAside: (row: InboxRow) => Promise<void>;
};

const AT_ONCE = 20;
const LEASE_MS = 60_000;
/** With pauses of up to five minutes about a day: what an event says may decide who can read internal words. */
const ATTEMPTS_MAX = 290;

async function fail({ db, now, onError, onSetAside }: InboxOptions, row: InboxRow, error: unknown): Promise<void> {
  onError(error, row);
  const why = { error: describeError(error), now: now() };
  if (row.attempts < ATTEMPTS_MAX) {
    const dueAt = new Date(why.now.getTime() + backoffMs(row.attempts));
    await retryEvent(db, row, { error: why.error, dueAt });
  } else if (await setEventAside(db, row, why)) await onSetAside(row);
}

async function handleOne(options: InboxOptions, row: InboxRow): Promise<void> {
  const { db, handle } = options;
  try {
    await handle(row);
    await finishEvent(db, row);
  } catch (error) {
    await fail(options, row, error);
  }
}

/** Claims up to twenty due events and works on them one after the other; answers how many. */
export async function runInboxOnce(options: InboxOptions): Promise<number> {
  const claimed = await claimEvents(options.db, { now: options.now(), leaseMs: LEASE_MS, limit: AT_ONCE });
  for (const row of claimed) await handleOne(options, row);
  return claimed.length;
}
