/** Whom a choice considers: a few, by indexed reads of where everybody stands, among whom the best of all is certain to be. */
import type { Knex } from 'knex';
import type { SelectionOrder } from '../domain/desk.ts';
import type { Candidate } from '../domain/selection.ts';
import { coversOf } from './calls.ts';
import { contains } from './contains.ts';
import type { Handle } from './db.ts';

/** All reads together bring at most 200 people. */
const HOLDERS_MAX = 60;
const OTHERS_MAX = 128;

export type ShortlistQuery = {
  readonly workspaceId: string;
  readonly deskId: string;
  readonly order: SelectionOrder;
  /** Ids. */
  readonly wanted: readonly string[];
  /** ISO 639-1, '' for none. */
  readonly language: string;
  /** ISO 3166, '' for none. */
  readonly country: string;
  /** '' for nobody. */
  readonly previousAgent: string;
  /** Nobody of these. */
  readonly except: readonly string[];
  /** Those who can take it, or those who could if they were not away. */
  readonly among: 'available' | 'away';
};

type Row = {
  user_id: string;
  /** Ids of the wanted expertise they have, with spaces between; read of holders alone. */
  covers?: string;
  eligibility: string;
  speaks: number;
  in_country: number;
  is_unknown: number;
  in_buffer: number;
  load: number;
  in_call: number;
  last_forwarded_at: string;
};

/** How the languages somebody speaks hold one of them: each stands between spaces. */
const among = (language: string): string => ` ${language} `;

const speaks = (db: Handle, language: string): Knex.Raw =>
  language === ''
    ? db.raw('0 as speaks')
    : db.raw(`case when ${contains(db, 'd.languages')} then 1 else 0 end as speaks`, [among(language)]);

const ROW = [
  'user_id',
  'eligibility',
  'speaks',
  'in_country',
  'is_unknown',
  'in_buffer',
  'load',
  'in_call',
  'last_forwarded_at',
];

const HOLDER = [...ROW, 'covers'];

const columns = (db: Handle, { language, country }: ShortlistQuery): (string | Knex.Raw)[] => [
  'd.user_id',
  'd.eligibility',
  speaks(db, language),
  db.raw("case when d.country = ? and d.country <> '' then 1 else 0 end as in_country", [country]),
  'd.is_unknown',
  'd.in_buffer',
  'd.busyness',
  'd.load',
  'd.in_call',
  'd.last_forwarded_at',
];

/** Who is away takes no part, whatever they know: what else they take is not kept. */
const TAKES = {
  available: { wanted: ['any', 'mine'], whatever: ['any'] },
  away: { wanted: ['away'], whatever: ['away'] },
} as const;

const onDesk = (from: Knex.QueryBuilder, query: ShortlistQuery, what: 'wanted' | 'whatever') =>
  from
    .where({ 'd.workspace_id': query.workspaceId, 'd.desk_id': query.deskId })
    .whereIn('d.eligibility', TAKES[query.among][what])
    .whereNotIn('d.user_id', query.except);

/** As `domain/selection.ts` orders people who have some of what is wanted, and of whom presence is known, or of whom it is not. */
function holdersOrder({ order, wanted }: ShortlistQuery): string {
  const rest = 'in_buffer, busyness, last_forwarded_at, user_id';
  return order === 'expertise_first'
    ? `covered desc, speaks desc, in_country desc, is_previous desc, ${rest}`
    : `speaks desc, case when speaks = 1 then 0 else in_country end desc, case when covered = ${wanted.length} then 1 else 0 end desc, ${rest}`;
}

/**
 * Those who have any of the wanted expertise. Read from the expertise to the people: a desk may have a hundred thousand agents of whom a
 * few hundred know it, and a database without statistics would begin at the other end.
 */
const holding = (db: Handle, query: ShortlistQuery) =>
  // SQLite takes a cross join in the order it is written.
  onDesk(db('held').crossJoin(db.raw('desk_agents as d')), query, 'wanted')
    .whereRaw('d.user_id = held.user_id')
    .select(
      ...columns(db, query),
      'held.covered',
      'held.covers',
      db.raw('case when d.user_id = ? then 1 else 0 end as is_previous', [query.previousAgent]),
    );

/** The best of them who are known to be there, and of those of whom that is not known: one of these is best, also as if everybody were there. */
function holders(db: Handle, query: ShortlistQuery, ranks: number): Knex.QueryBuilder[] {
  if (query.wanted.length === 0) return [];
  return [0, 1].map((isUnknown) => {
    const best = db
      .select(HOLDER)
      .from('holding')
      .where('is_unknown', isUnknown)
      .orderByRaw(holdersOrder(query))
      .limit(Math.max(HOLDERS_MAX / 2, ranks));
    return db.select(HOLDER).from(best.as('best'));
  });
}

/** The best of those who know something. */
async function readHolders(db: Handle, query: ShortlistQuery, ranks: number): Promise<Row[]> {
  const [first, ...rest] = holders(db, query, ranks);
  if (first === undefined) return [];
  const links = db('agent_expertise')
    .where({ workspace_id: query.workspaceId })
    .whereIn('expertise_id', query.wanted)
    .select('user_id', 'expertise_id');
  // Counted apart from what is read: PostgreSQL then expects a few people, and looks each up instead of reading the whole desk.
  const held = db('links')
    .groupBy('user_id')
    .select('user_id', db.raw('count(user_id) as covered'), db.raw("string_agg(expertise_id, ' ') as covers"));
  return db
    .withMaterialized('links', links)
    .withMaterialized('held', held)
    .withMaterialized('holding', holding(db, query))
    .select<Row[]>(HOLDER)
    .from(first.unionAll(rest).as('best'));
}

/** Whatever they know: by language and country, by each, and by neither. */
function others(db: Handle, query: ShortlistQuery): Knex.QueryBuilder[] {
  const { language, country } = query;
  const facets = [
    ...(language !== '' && country !== '' ? [{ language, country }] : []),
    ...(language !== '' ? [{ language, country: '' }] : []),
    ...(country !== '' ? [{ language: '', country }] : []),
    { language: '', country: '' },
  ];
  const limit = Math.floor(OTHERS_MAX / GROUPS.length / facets.length);
  return facets.flatMap((facet) => GROUPS.map((group) => part(db, query, facet, { ...group, limit })));
}

/** The index is read from its beginning in each: who is there and out of the buffer first, and so on. */
const GROUPS = [
  { isUnknown: 0, inBuffer: 0 },
  { isUnknown: 0, inBuffer: 1 },
  { isUnknown: 1, inBuffer: 0 },
  { isUnknown: 1, inBuffer: 1 },
] as const;

type Facet = { language: string; country: string };
type Group = { isUnknown: number; inBuffer: number; limit: number };

function part(db: Handle, query: ShortlistQuery, facet: Facet, group: Group): Knex.QueryBuilder {
  const found = onDesk(db('desk_agents as d'), query, 'whatever')
    .where({ 'd.is_unknown': group.isUnknown, 'd.in_buffer': group.inBuffer })
    .orderBy(['d.busyness', 'd.last_forwarded_at', 'd.user_id'])
    .limit(group.limit)
    .select(...columns(db, query));
  if (facet.language !== '') void found.whereRaw(contains(db, 'd.languages'), [among(facet.language)]);
  if (facet.country !== '') void found.where('d.country', facet.country);
  return db.select(ROW).from(found.as('found'));
}

function previous(db: Handle, query: ShortlistQuery): Knex.QueryBuilder[] {
  if (query.previousAgent === '') return [];
  const found = onDesk(db('desk_agents as d'), query, 'wanted')
    .where('d.user_id', query.previousAgent)
    .select(...columns(db, query));
  return [db.select(ROW).from(found.as('found'))];
}

/** The best of all others, and whoever had it before, each once. */
async function readOthers(db: Handle, query: ShortlistQuery, but: ReadonlySet<string>): Promise<Row[]> {
  const [first, ...rest] = [...others(db, query), ...previous(db, query)];
  if (first === undefined) return [];
  const rows = await db.select<Row[]>(ROW).from(first.unionAll(rest).as('others'));
  const people = new Map(rows.filter((row) => !but.has(row.user_id)).map((row) => [row.user_id, row]));
  const covers = await coversOf(db, query.workspaceId, query.wanted, [...people.keys()]);
  return [...people.values()]
    .map((row) => ({ ...row, covers: covers.get(row.user_id)?.join(' ') ?? '' }))
    .filter((row) => row.eligibility !== 'mine' || row.covers !== '');
}

const candidateFrom = (row: Row, { previousAgent }: ShortlistQuery): Candidate => ({
  userId: row.user_id,
  covers: row.covers?.split(' ').filter((id) => id !== '') ?? [],
  speaks: row.speaks === 1,
  isInCountry: row.in_country === 1,
  isPrevious: row.user_id === previousAgent,
  isUnknown: row.is_unknown === 1,
  inBuffer: row.in_buffer === 1,
  load: row.load,
  inCall: row.in_call === 1,
  lastForwardedAt: row.last_forwarded_at,
});

/**
 * At most two hundred people who can take the conversation, in no order. Whoever `rank` or `rankToAsk` puts first among everybody is among
 * them: each read takes the best of those who share a leading factor. Standings must have been refreshed.
 *
 * @param ranks with expertise first, so many places of `rank` are right; for more than thirty a few more people come
 */
export async function listShortlist(db: Handle, query: ShortlistQuery, ranks: number): Promise<Candidate[]> {
  const best = await readHolders(db, query, ranks);
  // With expertise first nobody else comes before those who have some of it and are known to be there.
  const isEnough = query.order === 'expertise_first' && best.filter((row) => row.is_unknown === 0).length >= ranks;
  const rest = isEnough ? [] : await readOthers(db, query, new Set(best.map((row) => row.user_id)));
  return [...best, ...rest].map((row) => candidateFrom(row, query));
}
