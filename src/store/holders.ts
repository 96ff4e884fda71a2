/** Who holds an expertise, and how many do. */
import type { Knex } from 'knex';
import { bestCovering, coveredBy, FEW, usually } from './covering.ts';
import type { Handle } from './db.ts';
import { IS_LIVE, NOT_LIVE } from './live.ts';

type Among = readonly string[] | undefined;

/** The links to some of the expertise, or to all. */
function linked(db: Handle, workspaceId: string, among: Among): Knex.QueryBuilder {
  const links = db('agent_expertise').where({ 'agent_expertise.workspace_id': workspaceId });
  return among === undefined ? links : links.whereIn('agent_expertise.expertise_id', among);
}

/** The same of those who are no full members any more: few, each looked up once, whatever they are linked to. */
function lost(db: Handle, workspaceId: string, among: Among): Knex.QueryBuilder {
  const all = db('people')
    // SQLite takes a cross join in the order it is written.
    .crossJoin(db.raw('agent_expertise as had'))
    .where('people.workspace_id', workspaceId)
    .whereRaw(NOT_LIVE)
    .whereRaw('had.workspace_id = people.workspace_id and had.user_id = people.user_id')
    .select('had.workspace_id', 'had.user_id', 'had.expertise_id');
  // Materialized: SQLite would else look each of them up for every expertise.
  const links = db('had').withMaterialized('had', all).select('*').as('agent_expertise');
  const query = db.from(links);
  return among === undefined ? query : query.whereIn('agent_expertise.expertise_id', among);
}

/** How many full members hold each, or each of these; what nobody holds is missing. */
export async function countHolders(
  db: Handle,
  workspaceId: string,
  among?: readonly string[],
): Promise<Map<string, number>> {
  const each = (links: Knex.QueryBuilder) =>
    links
      .groupBy('agent_expertise.expertise_id')
      .select<{ id: string; holders: number | string }[]>(
        'agent_expertise.expertise_id as id',
        db.raw('count(*) as holders'),
      );
  const counts = new Map((await each(linked(db, workspaceId, among))).map((row) => [row.id, Number(row.holders)]));
  const less = await each(lost(db, workspaceId, among));
  for (const { id, holders } of less) counts.set(id, (counts.get(id) ?? 0) - Number(holders));
  return new Map([...counts].filter(([, count]) => count > 0));
}

/** How many full members are behind the links to these. */
async function countOf(
  db: Handle,
  workspaceId: string,
  among: readonly string[],
  counted: (links: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<number> {
  const row = await db
    .select<{ everybody: number | string; lost: number | string }[]>(
      counted(linked(db, workspaceId, among)).as('everybody'),
      counted(lost(db, workspaceId, among)).as('lost'),
    )
    .first();
  return Number(row?.everybody ?? 0) - Number(row?.lost ?? 0);
}

/** How many full members have it. */
export const countHoldersOf = (db: Handle, workspaceId: string, expertiseId: string): Promise<number> =>
  countOf(db, workspaceId, [expertiseId], (links) => links.count('*'));

/** How many full members have both. */
export async function countHoldersOfBoth(
  db: Handle,
  workspaceId: string,
  [one, other]: readonly [string, string],
): Promise<number> {
  const [ofOne, ofOther] = [await countHoldersOf(db, workspaceId, one), await countHoldersOf(db, workspaceId, other)];
  const [fewer, more] = ofOne < ofOther ? [one, other] : [other, one];
  // Row by row through the key, so that thousands cost no more each.
  return countOf(db, workspaceId, [fewer], (links) =>
    links.whereRaw(`${coveredBy('agent_expertise', [more])} > 0`, [more]).count('*'),
  );
}

type Named = { readonly userId: string; readonly name: string };

const liveByName = (db: Handle, workspaceId: string, limit: number) =>
  db('people')
    .where('people.workspace_id', workspaceId)
    .whereRaw(IS_LIVE)
    .orderBy(['people.name', 'people.user_id'])
    .limit(limit);

/** The same of a few people, found by their ids: SQLite would else read everybody in the order of names. */
const fewByName = (db: Handle, workspaceId: string, userIds: readonly string[], limit: number) =>
  liveByName(db, workspaceId, limit)
    .whereIn('people.user_id', userIds)
    .clearOrder()
    .orderByRaw("people.name || '', people.user_id");

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
  if (some.length <= FEW) {
    const userIds = some.map((row) => row.user_id);
    return named(fewByName(db, workspaceId, userIds, limit));
  }
  const condition = `${coveredBy('people', [expertiseId])} > 0`;
  return named(liveByName(db, workspaceId, limit).whereRaw(condition, [expertiseId]));
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
  const best = await named(fewByName(db, workspaceId, [...above.keys()], FEW));
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
    count: await countOf(db, workspaceId, expertiseIds, (links) =>
      // Materialized: to count people once SQLite would read all links of the workspace, in the order of people.
      db('links').withMaterialized('links', links.select('agent_expertise.user_id')).countDistinct('links.user_id'),
    ),
  };
}
