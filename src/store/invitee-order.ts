/**
 * The order of a picker: those first who have more of what the conversation wants, then who is available, then who is less busy (idle;
 * fewer than two or not in a call; fewer; not in a call), then by name.
 */
import { PRESENCE_KNOWN_MINUTES } from '../domain/availability.ts';
import { BUSY_MINUTES } from '../domain/busy.ts';
import { contains } from './contains.ts';
import { coveredBy, usually } from './covering.ts';
import { isPostgres, type Handle } from './db.ts';
import { IS_LIVE } from './live.ts';

export type InviteeQuery = {
  workspaceId: string;
  conversationId: string;
  /** Not shown: who invites. */
  except: string;
  /** Ids of what the conversation wants. */
  wanted: readonly string[];
  awayEmoji: readonly string[];
  /** A `nameKey`; '' for everybody. */
  search: string;
  /** Only those who have any of these; empty: everybody. */
  having: readonly string[];
  /** Only these people. */
  among?: readonly string[];
  now: Date;
  limit: number;
  offset: number;
};

/** Open conversations somebody is in. */
export type Ranked = { user_id: string; conversations: number | string };

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');
const ago = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

const TAKEN = `select count(*) from seats join conversations on conversations.id = seats.conversation_id
  where seats.workspace_id = agents.workspace_id and seats.user_id = agents.user_id and seats.left_at is null
    and conversations.closed_at is null`;

type Sql = { sql: string; values: readonly string[] };

/** 1 for those whom nothing stored keeps from being chosen: the same as `unavailableBecause` in the domain. */
function available({ awayEmoji, now }: InviteeQuery): Sql {
  const at = now.toISOString();
  const emoji =
    awayEmoji.length === 0
      ? '1 = 0'
      : `people.status_emoji in (${marks(awayEmoji)}) and (people.status_until is null or people.status_until > ?)`;
  return {
    sql: `case
      when agents.paused_until > ? then 0
      when ${emoji} then 0
      when people.dnd_starts_at <= ? and people.dnd_ends_at > ? then 0
      when people.presence = 'away' and people.presence_at >= ? then 0
      else 1 end`,
    values: [at, ...(awayEmoji.length === 0 ? [] : [...awayEmoji, at]), at, at, ago(now, PRESENCE_KNOWN_MINUTES)],
  };
}

const busy = ({ now }: InviteeQuery): Sql => ({
  sql: `(${TAKEN} and conversations.active_at > ?)`,
  values: [ago(now, BUSY_MINUTES)],
});

const inCall = ({ now }: InviteeQuery): Sql => ({
  sql: 'case when people.huddle_until > ? then 1 else 0 end',
  values: [now.toISOString()],
});

const covered = ({ wanted }: InviteeQuery): Sql => ({ sql: coveredBy('agents', wanted), values: wanted });

/** Names sort alike on both databases, by code point of their key; as far as the index has it, and then by id. */
const sortKey = (db: Handle): string =>
  isPostgres(db) ? 'substr(people.search_key, 1, 100) collate "C"' : 'substr(people.search_key, 1, 100)';

/**
 * Everybody who fits. Each condition is a count looked up by index for each agent: what PostgreSQL can turn into a join it joins as if the
 * filters on `people` left one row, and compares everybody with everybody. People come first: SQLite reads a cross join as it is written.
 */
function fitting(db: Handle, query: InviteeQuery) {
  const people = db('people')
    .crossJoin(db.raw('agents'))
    .whereRaw('agents.workspace_id = people.workspace_id and agents.user_id = people.user_id')
    .where('people.workspace_id', query.workspaceId)
    .whereRaw(IS_LIVE)
    .whereNot('agents.user_id', query.except);
  if (query.search !== '') void people.whereRaw(contains(db, 'people.search_key'), [query.search]);
  if (query.having.length > 0) void people.whereRaw(`${coveredBy('agents', query.having)} > 0`, [...query.having]);
  return people
    .whereRaw(
      '(select count(*) from desk_agents own where own.workspace_id = agents.workspace_id and own.user_id = agents.user_id) > 0',
    )
    .whereRaw(
      usually(
        '(select count(*) from seats mine where mine.conversation_id = ? and mine.user_id = agents.user_id and mine.left_at is null) = 0',
      ),
      [query.conversationId],
    );
}

/** A part of all who fit, or of those named, each ranked by everything. */
export async function rank(
  db: Handle,
  query: InviteeQuery,
  { among, limit, offset }: { among: readonly string[] | undefined; limit: number; offset: number },
): Promise<Ranked[]> {
  const named = (name: string, { sql, values }: Sql) => db.raw(`${sql} as ${name}`, [...values]);
  const candidates = fitting(db, query).select(
    'agents.user_id',
    named('covered', covered(query)),
    named('available', available(query)),
    db.raw(`(${TAKEN}) as conversations`),
    named('busy', busy(query)),
    named('in_call', inCall(query)),
    db.raw(`${sortKey(db)} as sort_key`),
  );
  if (among) void candidates.whereIn('people.user_id', among);
  return db
    .withMaterialized('ranked', candidates)
    .from('ranked')
    .orderByRaw(
      `covered desc, available desc, case when busy = 0 then 0 else 1 end,
       case when busy >= 2 and in_call = 1 then 1 else 0 end, busy, in_call, sort_key, user_id`,
    )
    .limit(limit)
    .offset(offset)
    .select<Ranked[]>('user_id', 'conversations');
}

const is = ({ sql, values }: Sql, value: number): [string, (string | number)[]] => [
  usually(`${sql} = ?`),
  [...values, value],
];

/**
 * The first of those who have just so much of what is wanted, as far as they are available, idle and not in a call: found in the order of
 * names, without reading the others. Who is busy comes after them and is not among them.
 */
export async function firstByName(db: Handle, query: InviteeQuery, has: number, limit: number): Promise<Ranked[]> {
  return fitting(db, query)
    .whereRaw(...is(covered(query), has))
    .whereRaw(...is(available(query), 1))
    .whereRaw(...is(inCall(query), 0))
    .whereRaw(...is(busy(query), 0))
    .orderByRaw(`${sortKey(db)}, people.user_id`)
    .limit(limit)
    .select<Ranked[]>('people.user_id', db.raw(`(${TAKEN}) as conversations`));
}
