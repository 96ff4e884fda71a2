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

type Row = PersonRow & { paused_until: string | null; languages: string; conversations: number | string | null };

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');
const ago = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** How many of the wanted expertise each agent has. */
const covering = (db: Handle, { workspaceId, wanted }: InviteeQuery) =>
  db('agent_expertise')
    .where({ workspace_id: workspaceId })
    .whereIn('expertise_id', wanted)
    .groupBy('user_id')
    .select('user_id', db.raw('count(*) as covered'))
    .as('covering');

/** How many open conversations each agent is in, and how many of them are active. */
const taken = (db: Handle, { workspaceId, now }: InviteeQuery) =>
  db('seats')
    .join('conversations', 'conversations.id', 'seats.conversation_id')
    .where({ 'seats.workspace_id': workspaceId })
    .whereNull('seats.left_at')
    .whereNull('conversations.closed_at')
    .groupBy('seats.user_id')
    .select(
      'seats.user_id',
      db.raw('count(*) as conversations'),
      db.raw('sum(case when conversations.active_at > ? then 1 else 0 end) as busy', [ago(now, BUSY_MINUTES)]),
    )
    .as('taken');

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
      else 1 end`,
    [at, ...(awayEmoji.length === 0 ? [] : [...awayEmoji, at]), at, at, ago(now, PRESENCE_KNOWN_MINUTES)],
  );
}

/** Names sort alike on both databases: by code point of their key. */
const byKey = (db: Handle) => (isPostgres(db) ? 'people.search_key collate "C"' : 'people.search_key');

/** Position of a text within another: both databases have it, under two names. */
const contains = (db: Handle) =>
  isPostgres(db) ? 'strpos(people.search_key, ?) > 0' : 'instr(people.search_key, ?) > 0';

/**
 * Agents who are not in a conversation: those first who have more of what it wants, then who is available, then who is less busy (idle;
 * fewer than two or not in a call; fewer; not in a call), then by name. One query, whatever there are.
 */
export async function listInvitees(db: Handle, query: InviteeQuery): Promise<Invitee[]> {
  const { workspaceId, conversationId, now } = query;
  const busy = 'coalesce(taken.busy, 0)';
  const inCall = db.raw('case when people.huddle_until > ? then 1 else 0 end', [now.toISOString()]);
  const crowded = db.raw(`case when ${busy} >= 2 and people.huddle_until > ? then 1 else 0 end`, [now.toISOString()]);
  const rows = db('agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'agents.workspace_id').on('people.user_id', 'agents.user_id');
    })
    .leftJoin(covering(db, query), 'covering.user_id', 'agents.user_id')
    .leftJoin(taken(db, query), 'taken.user_id', 'agents.user_id')
    .where({ 'agents.workspace_id': workspaceId, ...LIVE })
    .whereNot('agents.user_id', query.except)
    .whereIn('agents.user_id', db('desk_agents').select('user_id').where({ workspace_id: workspaceId }))
    .whereNotIn(
      'agents.user_id',
      db('seats').select('user_id').where({ conversation_id: conversationId }).whereNull('left_at'),
    )
    .orderByRaw('coalesce(covering.covered, 0) desc')
    .orderBy(available(db, query), 'desc')
    .orderByRaw(`case when ${busy} = 0 then 0 else 1 end`)
    .orderBy(crowded)
    .orderByRaw(busy)
    .orderBy(inCall)
    .orderByRaw(byKey(db))
    .orderBy('agents.user_id')
    .limit(query.limit)
    .offset(query.offset)
    .select<Row[]>('people.*', 'agents.paused_until', 'agents.languages', 'taken.conversations');
  if (query.search !== '') void rows.whereRaw(contains(db), [query.search]);
  if (query.having.length > 0) {
    const holders = db('agent_expertise').select('user_id').where({ workspace_id: workspaceId });
    void rows.whereIn('agents.user_id', holders.whereIn('expertise_id', query.having));
  }
  if (query.among) void rows.whereIn('agents.user_id', query.among);
  return (await rows).map((row) => ({
    person: personFromRow(row),
    pausedUntil: row.paused_until ?? undefined,
    languages: readJson<string[]>(row.languages),
    conversations: Number(row.conversations ?? 0),
  }));
}
