/** Notices, and what of them is on its way, for tests of the outbox. */
import type { Notice } from '../../src/domain/notice.ts';
import type { Db } from '../../src/store/db.ts';
import type { OutboxRow } from '../../src/store/outbox.ts';

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
