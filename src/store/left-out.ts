/** How many agents of a desk take no part in its choices, by reason. */
import type { LeftOut } from '../domain/standing.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';

export type LeftOutCounts = Partial<Record<LeftOut, number>>;

/** What was counted last; `at` is ISO 8601 UTC, '' for never. */
export type CountedLeftOut = { readonly counts: string; readonly at: string };

/** Counting reads everybody, so what was counted is believed for so long. */
const COUNTED_MS = 60_000;

async function count(db: Handle, workspaceId: string, deskId: string): Promise<LeftOutCounts> {
  const rows = await db('desk_agents')
    .where({ workspace_id: workspaceId, desk_id: deskId })
    .whereNotIn('eligibility', ['any', 'mine'])
    .groupBy('eligibility')
    .select<{ eligibility: LeftOut; people: number | string }[]>('eligibility', db.raw('count(user_id) as people'));
  return Object.fromEntries(rows.map((row) => [row.eligibility, Number(row.people)]));
}

/** @param counted up to a minute old it will do; absent: it is counted now */
export async function countLeftOut(
  db: Handle,
  { workspaceId, deskId, now }: { workspaceId: string; deskId: string; now: Date },
  counted?: CountedLeftOut,
): Promise<LeftOutCounts> {
  const since = new Date(now.getTime() - COUNTED_MS).toISOString();
  if (counted !== undefined && counted.at > since) return readJson<LeftOutCounts>(counted.counts);
  const counts = await count(db, workspaceId, deskId);
  await db('desks')
    .where({ workspace_id: workspaceId, id: deskId })
    .update({ left_out: JSON.stringify(counts), left_out_at: now.toISOString() });
  return counts;
}
