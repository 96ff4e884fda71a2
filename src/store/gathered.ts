/** Notices that wait for more of their kind, so that people read one message instead of many. */
import { laneOf, type Notice } from '../domain/notice.ts';
import { jsonOf } from '../domain/well-formed.ts';
import { isPostgres, type Trx } from './db.ts';
import { readJson } from './json.ts';
import { announce, waitingIn, type Announcement } from './outbox.ts';

type Waiting = { id: string; lane: string; notice: string };

/**
 * Announces notices that are gathered until they are due: one that waits in its lane takes the new one in.
 *
 * @param joined what one notice says that stands for both
 */
export async function announceGathered<N extends Notice>(
  trx: Trx,
  workspaceId: string,
  notices: readonly N[],
  { joined, ...announcement }: Announcement & { joined: (waiting: N, next: N) => N },
): Promise<void> {
  const query = waitingIn(trx, workspaceId, notices.map(laneOf)).orderBy(['lane', 'number']);
  if (isPostgres(trx)) query.forUpdate();
  const rows = await query.select<Waiting[]>(['id', 'lane', 'notice']);
  const waiting = new Map(rows.map((row) => [row.lane, row]));
  const others: N[] = [];
  for (const notice of notices) {
    const row = waiting.get(laneOf(notice));
    if (row === undefined) others.push(notice);
    else {
      const both = jsonOf(joined(readJson<N>(row.notice), notice));
      await trx('notices').where({ id: row.id }).update({ notice: both });
    }
  }
  await announce(trx, workspaceId, others, announcement);
}
