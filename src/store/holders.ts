/** Who holds an expertise, and how many do. */
import type { Knex } from 'knex';
import { bestCovering, coveredBy, FEW, usually } from './covering.ts';
import type { Handle } from './db.ts';
import { IS_LIVE, NOT_LIVE } from './live.ts';

const linked = (db: Handle, workspaceId: string): Knex.QueryBuilder =>
  db('agent_expertise').where({ 'agent_expertise.workspace_id': workspaceId });

/** The links of those who are no full members any more: few, and found without reading the others. */
const lost = (db: Handle, workspaceId: string): Knex.QueryBuilder =>
  linked(db, workspaceId).whereIn(
    'agent_expertise.user_id',
    db('people').where('people.workspace_id', workspaceId).whereRaw(NOT_LIVE).select('people.user_id'),
  );

/** How many full members hold each, or each of these; what nobody holds is missing. */
export async function countHolders(
  db: Handle,
  workspaceId: string,
  among?: readonly string[],
): Promise<Map<string, number>> {
  const each = (query: Knex.QueryBuilder) =>
    (among === undefined ? query : query.whereIn('agent_expertise.expertise_id', among))
      .groupBy('agent_expertise.expertise_id')
      .select<{ id: string; holders: number | string }[]>(
        'agent_expertise.expertise_id as id',
        db.raw('count(*) as holders'),
      );
  const counts = new Map((await each(linked(db, workspaceId))).map((row) => [row.id, Number(row.holders)]));
  const less = await each(lost(db, workspaceId));
  for (const { id, holders } of less) counts.set(id, (counts.get(id) ?? 0) - Number(holders));
  return new Map([...counts].filter(([, count]) => count > 0));
}

/** How many full members are behind these links. */
async function countOf(
  db: Handle,
  workspaceId: string,
  counted: (links: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<number> {
  const row = await db
    .select<{ everybody: number | string; lost: number | string }[]>(
      counted(linked(db, workspaceId)).as('everybody'),
      counted(lost(db, workspaceId)).as('lost'),
    )
    .first();
  return Number(row?.everybody ?? 0) - Number(row?.lost ?? 0);
}

/** How many full members have it. */
export const countHoldersOf = (db: Handle, workspaceId: string, expertiseId: string): Promise<number> =>
  countOf(db, workspaceId, (links) => links.where('agent_expertise.expertise_id', expertiseId).count('*'));

/** How many full members have both. */
export async function countHoldersOfBoth(
  db: Handle,
  workspaceId: string,
  [one, other]: readonly [string, string],
): Promise<number> {
  const [ofOne, ofOther] = [await countHoldersOf(db, workspaceId, one), await countHoldersOf(db, workspaceId, other)];
  const [fewer, more] = ofOne < ofOther ? [one, other] : [other, one];
  // Row by row through the key, so that thousands cost no more each.
  return countOf(db, workspaceId, (links) =>
    links
      .where('agent_expertise.expertise_id', fewer)
      .whereRaw(`${coveredBy('agent_expertise', [more])} > 0`, [more])
      .count('*'),
  );
}

type Named = { readonly userId: string; readonly name: string };

const liveByName = (db: Handle, workspaceId: string, limit: number) =>
  db('people')
    .where('people.workspace_id', workspaceId)
    .whereRaw(IS_LIVE)
    .orderBy(['people.name', 'people.user_id'])
    .limit(limit);

async function named(query: Knex.QueryBuilder): Promise<Named[]> {
  const rows = await query.select<{ user_id: string; name: string }[]>(['people.user_id', 'people.name']);
  return rows.map((row) => ({ userId: row.user_id, name: row.name }));
}

/** Full members who hold it, by name; at most `limit`. Of very many the first are found in the order of names, without reading the others. */
export async function listHolders(
  db: Handle,
  workspaceId: string,
  expertiseId: string,
  limit: number,
): Promise<Named[]> {
  const some = await db('agent_expertise')
    .where({ workspace_id: workspaceId, expertise_id: expertiseId })
    .limit(FEW + 1)
    .select<{ user_id: string }[]>('user_id');
  const people = liveByName(db, workspaceId, limit);
  if (some.length > FEW) void people.whereRaw(`${coveredBy('people', [expertiseId])} > 0`, [expertiseId]);
  else
    void people.whereIn(
      'people.user_id',
      some.map((row) => row.user_id),
    );
  return named(people);
}

type Knower = Named & { readonly covered: number };

async function rankAll(
  db: Handle,
  workspaceId: string,
  expertiseIds: readonly string[],
  limit: number,
): Promise<Knower[]> {
  const rows = await liveByName(db, workspaceId, limit)
    .clearOrder()
    .join('agent_expertise', (join) => {
      join.on('agent_expertise.workspace_id', 'people.workspace_id').on('agent_expertise.user_id', 'people.user_id');
    })
    .whereIn('agent_expertise.expertise_id', expertiseIds)
    .groupBy(['people.user_id', 'people.name'])
    .orderBy([{ column: 'covered', order: 'desc' }, { column: 'people.name' }, { column: 'people.user_id' }])
    .select<{ user_id: string; name: string; covered: number | string }[]>(
      'people.user_id',
      'people.name',
      db.raw('count(*) as covered'),
    );
  return rows.map((row) => ({ userId: row.user_id, name: row.name, covered: Number(row.covered) }));
}

/** The best first; where very many have equally much, those are found in the order of names. */
async function rank(
  db: Handle,
  workspaceId: string,
  expertiseIds: readonly string[],
  limit: number,
): Promise<Knower[]> {
  const { above, next } = await bestCovering(db, workspaceId, expertiseIds);
  const best = await named(liveByName(db, workspaceId, FEW).whereIn('people.user_id', [...above.keys()]));
  const first = best
    .map((person) => ({ ...person, covered: above.get(person.userId) ?? 0 }))
    .sort((a, b) => b.covered - a.covered)
    .slice(0, limit);
  if (first.length === limit || next === 0) return first;
  const equal = await named(
    liveByName(db, workspaceId, limit - first.length).whereRaw(usually(`${coveredBy('people', expertiseIds)} = ?`), [
      ...expertiseIds,
      next,
    ]),
  );
  const all = [...first, ...equal.map((person) => ({ ...person, covered: next }))];
  return all.length === limit || next === 1 ? all : rankAll(db, workspaceId, expertiseIds, limit);
}

/** Full members who have any of these, those who have most of them first, then by name; at most `limit`, and how many there are. */
export async function rankHolders(
  db: Handle,
  workspaceId: string,
  expertiseIds: readonly string[],
  limit: number,
): Promise<{ holders: Knower[]; count: number }> {
  const holders = await rank(db, workspaceId, expertiseIds, limit);
  return {
    holders,
    count: await countOf(db, workspaceId, (links) =>
      links.whereIn('agent_expertise.expertise_id', expertiseIds).countDistinct('agent_expertise.user_id'),
    ),
  };
}
