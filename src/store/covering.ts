/** Who has most of several expertise. */
import type { Handle } from './db.ts';

/** As many people can be named in a query one by one. */
export const FEW = 200;

/** Who has more than `next` of the expertise, completely, and how much the next best have: 0 where nobody else has any. */
export type Covering = { readonly above: ReadonlyMap<string, number>; readonly next: number };

/** Counts what each holder has of these; full members or not. Of very many holders only the best are named. */
export async function bestCovering(
  db: Handle,
  workspaceId: string,
  expertiseIds: readonly string[],
): Promise<Covering> {
  if (expertiseIds.length === 0) return { above: new Map(), next: 0 };
  const rows = await db('agent_expertise')
    .where({ workspace_id: workspaceId })
    .whereIn('expertise_id', expertiseIds)
    .groupBy('user_id')
    .orderBy('covered', 'desc')
    .limit(FEW + 1)
    .select<{ user_id: string; covered: number | string }[]>('user_id', db.raw('count(*) as covered'));
  const next = rows.length > FEW ? Number(rows.at(-1)?.covered) : 0;
  const above = rows.filter(({ covered }) => Number(covered) > next);
  return { above: new Map(above.map(({ user_id: userId, covered }) => [userId, Number(covered)])), next };
}

/** How many of these expertise the person of a row of `table` has: looked up by index, row by row. */
export const coveredBy = (table: 'people' | 'agents' | 'agent_expertise', expertiseIds: readonly string[]): string =>
  expertiseIds.length === 0
    ? '0'
    : `(select count(*) from agent_expertise held where held.workspace_id = ${table}.workspace_id and held.user_id = ${table}.user_id and held.expertise_id in (${expertiseIds.map(() => '?').join(', ')}))`;
