/** Agents who could be invited into a conversation, in the order a picker shows them. */
import { PRESENCE_KNOWN_MINUTES } from '../domain/availability.ts';
import { BUSY_MINUTES } from '../domain/busy.ts';
import { isPostgres, type Handle } from './db.ts';
import { readJson } from './json.ts';
import { LIVE } from './live.ts';
import { personFromRow, type KnownPerson, type PersonRow } from './people.ts';

export type Invitee = {
  readonly person: KnownPerson;
  readonly pausedUntil: string | undefined;
  readonly languages: readonly string[];
  /** Open conversations they are in. */
  readonly conversations: number;
};

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

type Row = PersonRow & { paused_until: string | null; languages: string };
type Ranked = { user_id: string; conversations: number | string };

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');
const ago = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** How many of the wanted expertise an agent has. */
const covered = (db: Handle, { wanted }: InviteeQuery) =>
  wanted.length === 0
    ? db.raw('0 as covered')
    : db.raw(
        `(select count(*) from agent_expertise held where held.workspace_id = agents.workspace_id and held.user_id = agents.user_id and held.expertise_id in (${marks(wanted)})) as covered`,
        [...wanted],
      );

const TAKEN = `select count(*) from seats join conversations on conversations.id = seats.conversation_id
  where seats.workspace_id = agents.workspace_id and seats.user_id = agents.user_id and seats.left_at is null
    and conversations.closed_at is null`;

/** 1 for those whom nothing stored keeps from being chosen: the same as `unavailableBecause` in the domain. */
function available(db: Handle, { awayEmoji, now }: InviteeQuery) {
  const at = now.toISOString();
  const emoji =
    awayEmoji.length === 0
      ? '1 = 0'
      : `people.status_emoji in (${marks(awayEmoji)}) and (people.status_until is null or people.status_until > ?)`;
  return db.raw(
    `case
      when agents.paused_until > ? then 0
      when ${emoji} then 0
      when people.dnd_starts_at <= ? and people.dnd_ends_at > ? then 0
      when people.presence = 'away' and people.presence_at >= ? then 0
      else 1 end as available`,
    [at, ...(awayEmoji.length === 0 ? [] : [...awayEmoji, at]), at, at, ago(now, PRESENCE_KNOWN_MINUTES)],
  );
}

/** Names sort alike on both databases: by code point of their key. */
const sortKey = (db: Handle) =>
  db.raw(isPostgres(db) ? 'people.search_key collate "C" as sort_key' : 'people.search_key as sort_key');

/** Position of a text within another: both databases have it, under two names. */
const contains = (db: Handle) =>
  isPostgres(db) ? 'strpos(people.search_key, ?) > 0' : 'instr(people.search_key, ?) > 0';

/**
 * Everybody who fits, with what they are ranked by. Each figure is a count looked up by index for each agent: what PostgreSQL can turn into a
 * join it joins as if the filters on `people` left one row, and compares everybody with everybody.
 */
function candidates(db: Handle, query: InviteeQuery) {
  const { workspaceId, conversationId, now } = query;
  const fitting = db('agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'agents.workspace_id').on('people.user_id', 'agents.user_id');
    })
    .where({ 'agents.workspace_id': workspaceId, ...LIVE })
    .whereNot('agents.user_id', query.except)
    .whereRaw(
      '(select count(*) from desk_agents own where own.workspace_id = agents.workspace_id and own.user_id = agents.user_id) > 0',
    )
    .whereRaw(
      '(select count(*) from seats mine where mine.conversation_id = ? and mine.user_id = agents.user_id and mine.left_at is null) = 0',
      [conversationId],
    );
  if (query.search !== '') void fitting.whereRaw(contains(db), [query.search]);
  if (query.having.length > 0) {
    void fitting.whereRaw(
      `(select count(*) from agent_expertise has where has.workspace_id = agents.workspace_id and has.user_id = agents.user_id and has.expertise_id in (${marks(query.having)})) > 0`,
      [...query.having],
    );
  }
  if (query.among) void fitting.whereIn('agents.user_id', query.among);
  return fitting.select(
    'agents.user_id',
    covered(db, query),
    available(db, query),
    db.raw(`(${TAKEN}) as conversations`),
    db.raw(`(${TAKEN} and conversations.active_at > ?) as busy`, [ago(now, BUSY_MINUTES)]),
    db.raw('case when people.huddle_until > ? then 1 else 0 end as in_call', [now.toISOString()]),
    sortKey(db),
  );
}

/**
 * Agents who are not in a conversation: those first who have more of what it wants, then who is available, then who is less busy (idle;
 * fewer than two or not in a call; fewer; not in a call), then by name. Two queries, whatever there are.
 */
export async function listInvitees(db: Handle, query: InviteeQuery): Promise<Invitee[]> {
  const ranked = await db
    .withMaterialized('ranked', candidates(db, query))
    .from('ranked')
    .orderByRaw(
      `covered desc, available desc, case when busy = 0 then 0 else 1 end,
       case when busy >= 2 and in_call = 1 then 1 else 0 end, busy, in_call, sort_key, user_id`,
    )
    .limit(query.limit)
    .offset(query.offset)
    .select<Ranked[]>('user_id', 'conversations');
  const rows = await db('agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'agents.workspace_id').on('people.user_id', 'agents.user_id');
    })
    .where({ 'agents.workspace_id': query.workspaceId })
    .whereIn(
      'agents.user_id',
      ranked.map((row) => row.user_id),
    )
    .select<Row[]>('people.*', 'agents.paused_until', 'agents.languages');
  const found = new Map(rows.map((row) => [row.user_id, row]));
  return ranked.flatMap(({ user_id: userId, conversations }) => {
    const row = found.get(userId);
    if (row === undefined) return [];
    const languages = readJson<string[]>(row.languages);
    const pausedUntil = row.paused_until ?? undefined;
    return [{ person: personFromRow(row), pausedUntil, languages, conversations: Number(conversations) }];
  });
}
