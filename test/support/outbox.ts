/** Notices, and what of them is on its way, for tests of the outbox. */
import type { Notice } from '../../src/domain/notice.ts';
import { transaction, type Db } from '../../src/store/db.ts';
import { announce, claimNotices, type OutboxRow } from '../../src/store/outbox.ts';
import type { Clock } from './clock.ts';

const LEASE_MS = 60_000;

export const card = (conversationId: string, requestId = 'r'): Notice => ({
  kind: 'help.card',
  conversationId,
  requestId,
});
export const home = (userId: string): Notice => ({ kind: 'home.changed', userId });

export const requests = (rows: readonly OutboxRow[]) =>
  rows.map(({ notice }) => ('requestId' in notice ? notice.requestId : '')).sort((a, b) => (a < b ? -1 : 1));

/** What of a lane is on its way, as `request/state`. */
export const lane = async (db: Db, name: string): Promise<string[]> => {
  const rows = await db('notices')
    .where({ lane: name })
    .orderBy('number')
    .select<{ notice: string; state: string }[]>();
  return rows.map((row) => `${(JSON.parse(row.notice) as { requestId?: string }).requestId ?? ''}/${row.state}`);
};

/** Announcing and claiming, in the database and by the clock of a suite. */
export function outboxOf(on: () => { db: Db; clock: Clock; newId: () => string }) {
  const claim = (limit = 8) => claimNotices(on().db, { now: on().clock.now(), leaseMs: LEASE_MS, limit });
  const tell = (notices: readonly Notice[], workspaceId = 'T1', dueAt = on().clock.now()): Promise<void> => {
    const { db, clock, newId } = on();
    return transaction(db, (trx) => announce(trx, workspaceId, notices, { now: clock.now(), newId, dueAt }));
  };
  const claimOne = async (): Promise<OutboxRow> => {
    const [row] = await claim(1);
    if (row === undefined) throw new Error('Nothing was there to claim.');
    return row;
  };
  return { tell, claim, claimOne };
}
