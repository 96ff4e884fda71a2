/** Who has most of several expertise. */
import type { Handle } from './db.ts';

/** As many people can be named in a query one by one. */
export const FEW = 200;

/** Who has more than `next` of the expertise, completely, and how much the next best have: 0 where nobody else has any. */
export type Covering = { readonly above: ReadonlyMap<string, number>; readonly next: number };

type Counted = { user_id: string; covered: number | string };

const links = (db: Handle, workspaceId: string, expertiseIds: readonly string[]) =>
  db('agent_expertise').where({ workspace_id: workspaceId }).whereIn('expertise_id', expertiseIds);

/** The expertise that most have, and the others with how many have those. */
async function largest(db: Handle, workspaceId: string, expertiseIds: readonly string[]) {
  const sizes = await links(db, workspaceId, expertiseIds)
    .groupBy('expertise_id')
    .select<{ id: string; holders: number | string }[]>('expertise_id as id', db.raw('count(*) as holders'));
  const [first, ...others] = sizes.sort((a, b) => Number(b.holders) - Number(a.holders));
  return {
    size: Number(first?.holders ?? 0),
    others: others.map(({ id }) => id),
    sizeOfOthers: others.reduce((sum, { holders }) => sum + Number(holders), 0),
  };
}

/** Counts what each holder has of these; full members or not. Of very many holders only the best are named. */
export async function bestCovering(
  db: Handle,
  workspaceId: string,
  expertiseIds: readonly string[],
): Promise<Covering> {
  if (expertiseIds.length === 0) return { above: new Map(), next: 0 };
  const { size, others, sizeOfOthers } = await largest(db, workspaceId, expertiseIds);
  const query = links(db, workspaceId, expertiseIds);
  const isFew = size + sizeOfOthers <= FEW;
  // Who has two has one of the others.
  const hasFewOfTwo = !isFew && sizeOfOthers <= FEW;
  if (hasFewOfTwo) {
    const userIds = (await links(db, workspaceId, others).select<Counted[]>('user_id')).map((row) => row.user_id);
    void query.whereIn('user_id', userIds);
  }
  const rows = await query
    .groupBy('user_id')
    .orderBy('covered', 'desc')
    .limit(FEW + 1)
    .select<Counted[]>('user_id', db.raw('count(*) as covered'));
  const cut = rows.length > FEW ? Number(rows.at(-1)?.covered) : 0;
  const next = hasFewOfTwo ? 1 : cut;
  const above = rows.filter(({ covered }) => Number(covered) > next);
  return { above: new Map(above.map(({ user_id: userId, covered }) => [userId, Number(covered)])), next };
}

/** How many of these expertise the person of a row of `table` has: looked up by index, row by row. */
export const coveredBy = (table: 'people' | 'agents' | 'agent_expertise', expertiseIds: readonly string[]): string =>
  expertiseIds.length === 0
    ? '0'
    : `(select count(*) from agent_expertise held where held.workspace_id = ${table}.workspace_id and held.user_id = ${table}.user_id and held.expertise_id in (${expertiseIds.map(() => '?').join(', ')}))`;

/** A condition that holds of nearly everybody: PostgreSQL takes any equation with a count for a rare thing, and then sorts everybody first. */
export const usually = (condition: string): string => `case when ${condition} then 1 else 0 end <> 0`;
