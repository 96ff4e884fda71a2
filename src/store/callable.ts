/** Who may be called for help. */
import type { Knex } from 'knex';
import type { CalledBy } from '../domain/agent.ts';
import { PRESENCE_FRESH_SECONDS } from '../domain/availability.ts';
import { LEFT_LATELY_MINUTES, type Callable } from '../domain/calling.ts';
import { coversOf } from './calls.ts';
import type { Handle } from './db.ts';
import { IS_LIVE, NOT_LIVE } from './live.ts';
import { PERSON_COLUMNS, personFromRow, type PersonRow } from './people.ts';

type CandidateRow = PersonRow & {
  paused_until: string | null;
  called_by: CalledBy;
  calls_an_hour: number;
  on_desk: number | string;
  called_lately: number | string;
  conversations: number | string;
  looked_at: number | string;
};

export type CandidateQuery = {
  workspaceId: string;
  conversationId: string;
  requestId: string;
  deskId: string;
  /** Ids; empty: everybody on the conversation's own desk is a match. */
  wanted: readonly string[];
  /** Never called: whoever asked. */
  except: readonly string[];
  now: Date;
  limit: number;
};

const minutesBefore = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** Who was called for the request, is in the conversation, or has just left it by hand. */
const met = (db: Handle, { requestId, conversationId, now }: CandidateQuery): Knex.QueryBuilder =>
  db('calls')
    .select('user_id')
    .where({ request_id: requestId })
    .unionAll(
      db('seats')
        .select('user_id')
        .where({ conversation_id: conversationId })
        .where((there) => {
          void there.whereNull('left_at').orWhere((gone) => {
            void gone.where({ left_by_hand: 1 }).where('left_at', '>', minutesBefore(now, LEFT_LATELY_MINUTES));
          });
        }),
    );

/** Everybody on the desk; or who has any of the wanted expertise, and how much of it. */
const fitting = (db: Handle, { workspaceId, wanted, deskId }: CandidateQuery): Knex.QueryBuilder =>
  wanted.length === 0
    ? db('desk_agents').where({ workspace_id: workspaceId, desk_id: deskId }).select('user_id', db.raw('0 as covered'))
    : db('agent_expertise')
        .where({ workspace_id: workspaceId })
        .whereIn('expertise_id', wanted)
        .groupBy('user_id')
        .select('user_id', db.raw('count(*) as covered'));

const onSomeDesk = (
  from: Knex.QueryBuilder,
  table: string,
  { workspaceId, wanted }: CandidateQuery,
): Knex.QueryBuilder =>
  wanted.length === 0
    ? from
    : from.whereRaw('exists(select 1 from desk_agents theirs where theirs.workspace_id = ? and theirs.user_id = ??)', [
        workspaceId,
        `${table}.user_id`,
      ]);

/**
 * Who matches a request, is not in the conversation and has not just left it, and has not been called for it; whether they are full
 * members on a desk and want calls or not. Read from the expertise to the people: a database without statistics would begin at the other end.
 */
const matching = (db: Handle, query: CandidateQuery): Knex.QueryBuilder =>
  db
    .from(fitting(db, query).as('fitting'))
    .whereNotIn('fitting.user_id', query.except)
    .whereNotIn('fitting.user_id', met(db, query));

/** The same with what is kept of each, full members who want calls. SQLite takes a cross join in the order it is written. */
const wantingCalls = (from: Knex.QueryBuilder, db: Handle, table: string, workspaceId: string): Knex.QueryBuilder =>
  from
    .crossJoin(db.raw('agents'))
    .crossJoin(db.raw('people'))
    .where({ 'agents.workspace_id': workspaceId, 'people.workspace_id': workspaceId })
    .whereRaw('agents.user_id = ??', [`${table}.user_id`])
    .whereRaw('people.user_id = ??', [`${table}.user_id`])
    .whereRaw(IS_LIVE)
    .whereNot('agents.called_by', 'none');

/** Whether there is anybody who could still be called, available now or not. */
export async function hasMatchLeft(db: Handle, query: CandidateQuery): Promise<boolean> {
  const found = onSomeDesk(wantingCalls(matching(db, query), db, 'fitting', query.workspaceId), 'fitting', query);
  return (await found.first<object | undefined>('agents.user_id')) !== undefined;
}

/** How many match and have not been called, whether they can be called now or not. */
export async function countMatches(db: Handle, query: CandidateQuery): Promise<number> {
  const notLive = db('people')
    .where({ 'people.workspace_id': query.workspaceId })
    .whereRaw(NOT_LIVE)
    .select('people.user_id');
  const row = await onSomeDesk(matching(db, query), 'fitting', query)
    .whereNotIn('fitting.user_id', notLive)
    .count<{ all: number | string }[]>({ all: '*' })
    .first();
  return Number(row?.all ?? 0);
}

/** Leaves out whom stored signals rule out for certain, so that a shortlist is not filled with people who cannot come. */
function available<Q extends Knex.QueryBuilder>(query: Q, now: Date): Q {
  const at = now.toISOString();
  const freshSince = new Date(now.getTime() - PRESENCE_FRESH_SECONDS * 1000).toISOString();
  void query
    .where((free) => {
      void free.whereNull('agents.paused_until').orWhere('agents.paused_until', '<=', at);
    })
    .where((here) => {
      void here
        .whereNot('people.presence', 'away')
        .orWhereNull('people.presence_at')
        .orWhere('people.presence_at', '<', freshSince);
    })
    .where((disturbable) => {
      void disturbable
        .whereNull('people.dnd_starts_at')
        .orWhereNull('people.dnd_ends_at')
        .orWhere('people.dnd_starts_at', '>', at)
        .orWhere('people.dnd_ends_at', '<=', at);
    });
  return query;
}

/** How many of the best are looked at first: enough, unless more than half of them cannot come. */
const lookedAt = (limit: number): number => 2 * limit;

/** Of a desk everybody is equal, and found in the order of user ids. */
const bestFirst = ({ wanted }: CandidateQuery) => [
  ...(wanted.length === 0 ? [] : ['on_desk', 'covered'].map((column) => ({ column, order: 'desc' }))),
  { column: 'user_id' },
];

/** Whether they are on the conversation's own desk, joined so that PostgreSQL looks at everybody at once. */
const withDesk = (
  from: Knex.QueryBuilder,
  db: Handle,
  { workspaceId, deskId, wanted }: CandidateQuery,
): Knex.QueryBuilder =>
  wanted.length === 0
    ? from.select(db.raw('1 as on_desk'))
    : from
        .leftJoin('desk_agents as own', (join) => {
          join.on('own.user_id', 'fitting.user_id').onVal('own.workspace_id', workspaceId).onVal('own.desk_id', deskId);
        })
        .select(db.raw('case when own.user_id is null then 0 else 1 end as on_desk'));

type Looking = { query: CandidateQuery; among: number | undefined };

/** The first of those who match, or everybody who does, and of these who may be available. */
function candidates(db: Handle, { query, among }: Looking) {
  const { workspaceId, now } = query;
  const order = bestFirst(query);
  const best = withDesk(matching(db, query), db, query).select('fitting.user_id', 'fitting.covered');
  if (among !== undefined)
    void best.orderBy(order.map((by) => (by.column === 'user_id' ? { column: 'fitting.user_id' } : by))).limit(among);
  const found = db.withMaterialized('best', best).from('best');
  return available(onSomeDesk(wantingCalls(found, db, 'best', workspaceId), 'best', query), now)
    .orderBy(order.map((by) => ({ ...by, column: `best.${by.column}` })))
    .limit(query.limit)
    .select<CandidateRow[]>(
      ...PERSON_COLUMNS,
      'agents.paused_until',
      'agents.called_by',
      'agents.calls_an_hour',
      'best.on_desk',
      db.raw('(select count(*) from best) as looked_at'),
      db.raw(
        '(select count(*) from calls lately where lately.workspace_id = agents.workspace_id and lately.user_id = agents.user_id and lately.called_at > ? and lately.called_at < ?) as called_lately',
        [minutesBefore(now, 60), minutesBefore(now, -1)],
      ),
      db.raw(
        '(select count(*) from seats taken where taken.workspace_id = agents.workspace_id and taken.user_id = agents.user_id and taken.left_at is null) as conversations',
      ),
    );
}

async function firstOf(db: Handle, query: CandidateQuery): Promise<CandidateRow[]> {
  const among = lookedAt(query.limit);
  const rows = await candidates(db, { query, among });
  const isAll = rows.length === query.limit || (rows[0] !== undefined && Number(rows[0].looked_at) < among);
  return isAll ? rows : candidates(db, { query, among: undefined });
}

/**
 * Agents who match a request and have not been called for it: full members on a desk with any of the wanted expertise, not paused, not
 * to be left alone, not away a moment ago, not in the conversation. The conversation's own desk first, then more of the wanted expertise,
 * then user id; at most `limit`.
 */
export async function listCallable(db: Handle, query: CandidateQuery): Promise<Callable[]> {
  const rows = await firstOf(db, query);
  const covers = await coversOf(
    db,
    query.workspaceId,
    query.wanted,
    rows.map((row) => row.user_id),
  );
  return rows.map((row) => ({
    person: personFromRow(row),
    agent: {
      pausedUntil: row.paused_until ?? undefined,
      calledBy: row.called_by,
      callsAnHour: row.calls_an_hour,
    },
    covers: covers.get(row.user_id) ?? [],
    isOnDesk: Number(row.on_desk) === 1,
    calledLately: Number(row.called_lately),
    conversations: Number(row.conversations),
  }));
}
