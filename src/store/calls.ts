/** Calls for help, and who may be called. */
import type { Knex } from 'knex';
import type { CalledBy } from '../domain/agent.ts';
import { PRESENCE_FRESH_SECONDS } from '../domain/availability.ts';
import type { Callable, Way } from '../domain/calling.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';
import { LIVE } from './live.ts';
import { personFromRow, type PersonRow } from './people.ts';

export type Call = {
  readonly id: string;
  readonly requestId: string;
  readonly userId: string;
  readonly round: number;
  readonly way: Way;
  /** Names of the wanted expertise this person had when called. */
  readonly matched: readonly string[];
  readonly declinedAt: string | undefined;
  readonly channelId: string;
  readonly ts: string;
};

type Row = {
  id: string;
  request_id: string;
  user_id: string;
  round: number;
  way: Way;
  matched: string;
  declined_at: string | null;
  channel_id: string;
  ts: string;
};

const fromRow = (row: Row): Call => ({
  id: row.id,
  requestId: row.request_id,
  userId: row.user_id,
  round: row.round,
  way: row.way,
  matched: readJson<string[]>(row.matched),
  declinedAt: row.declined_at ?? undefined,
  channelId: row.channel_id,
  ts: row.ts,
});

export type NewCall = { id: string; userId: string; way: Way; matched: readonly string[] };

export async function insertCalls(
  db: Handle,
  round: { workspaceId: string; requestId: string; round: number; now: Date },
  calls: readonly NewCall[],
): Promise<void> {
  if (calls.length === 0) return;
  await db('calls').insert(
    calls.map((call) => ({
      id: call.id,
      workspace_id: round.workspaceId,
      request_id: round.requestId,
      user_id: call.userId,
      round: round.round,
      way: call.way,
      matched: JSON.stringify(call.matched),
      called_at: round.now.toISOString(),
    })),
  );
}

/** All calls of a request in the order they were made. */
export async function listCalls(db: Handle, requestId: string): Promise<Call[]> {
  const rows = await db('calls').where({ request_id: requestId }).orderBy(['round', 'id']).select<Row[]>('*');
  return rows.map(fromRow);
}

/** The call of one person in a request. */
export async function findCallOf(db: Handle, requestId: string, userId: string): Promise<Call | undefined> {
  const row = await db('calls').where({ request_id: requestId, user_id: userId }).first<Row | undefined>();
  return row && fromRow(row);
}

/** Whether anybody who was called has not said *Not now*. */
export async function hasCallOpen(db: Handle, requestId: string): Promise<boolean> {
  const row = await db('calls').where({ request_id: requestId }).whereNull('declined_at').first<Row | undefined>('id');
  return row !== undefined;
}

/** *Not now*; whether it is the first time they say so. */
export async function declineCall(db: Handle, id: string, now: Date): Promise<boolean> {
  const changed = await db('calls').where({ id }).whereNull('declined_at').update({ declined_at: now.toISOString() });
  return changed === 1;
}

/** Calls go another way than was chosen first. */
export async function setWays(db: Handle, ids: readonly string[], way: Way): Promise<void> {
  await db('calls').whereIn('id', ids).update({ way });
}

/** The message that carried these calls. */
export async function saveCallMessage(
  db: Handle,
  ids: readonly string[],
  message: { channelId: string; ts: string },
): Promise<void> {
  await db('calls').whereIn('id', ids).update({ channel_id: message.channelId, ts: message.ts });
}

type CandidateRow = PersonRow & {
  paused_until: string | null;
  called_by: CalledBy;
  calls_an_hour: number;
  on_desk: number | string;
  called_lately: number | string;
  conversations: number | string;
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

const HOUR_MS = 3_600_000;

/** Agents who match a request, are not in the conversation, and have not been called for it. */
const matching = (db: Handle, { workspaceId, wanted, ...query }: CandidateQuery) =>
  db('agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'agents.workspace_id').on('people.user_id', 'agents.user_id');
    })
    .where({ 'agents.workspace_id': workspaceId, ...LIVE })
    .whereNotIn('agents.user_id', query.except)
    .whereNot('agents.called_by', 'none')
    .where((fits) => {
      void (wanted.length === 0
        ? fits.whereIn(
            'agents.user_id',
            db('desk_agents').select('user_id').where({ workspace_id: workspaceId, desk_id: query.deskId }),
          )
        : fits
            .whereIn(
              'agents.user_id',
              db('agent_expertise')
                .select('user_id')
                .where({ workspace_id: workspaceId })
                .whereIn('expertise_id', wanted),
            )
            .whereIn('agents.user_id', db('desk_agents').select('user_id').where({ workspace_id: workspaceId })));
    })
    .whereNotIn('agents.user_id', db('calls').select('user_id').where({ request_id: query.requestId }))
    .whereNotIn(
      'agents.user_id',
      db('seats').select('user_id').where({ conversation_id: query.conversationId }).whereNull('left_at'),
    );

/** Whether there is anybody who could still be called, available now or not. */
export async function hasMatchLeft(db: Handle, query: CandidateQuery): Promise<boolean> {
  return (await matching(db, query).first('agents.user_id')) !== undefined;
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

/**
 * Agents who match a request and have not been called for it: full members on a desk with any of the wanted expertise, not paused, not
 * to be left alone, not away a moment ago, not in the conversation. The conversation's own desk first, then more of the wanted expertise, then user id; at most `limit`.
 */
export async function listCallable(db: Handle, query: CandidateQuery): Promise<Callable[]> {
  const { workspaceId, wanted, now } = query;
  const anHourAgo = new Date(now.getTime() - HOUR_MS).toISOString();
  const covered = wanted.map(() => '?').join(', ');
  const coverage =
    wanted.length === 0
      ? db.raw('0 as covered')
      : db.raw(
          `(select count(*) from agent_expertise held where held.workspace_id = agents.workspace_id and held.user_id = agents.user_id and held.expertise_id in (${covered})) as covered`,
          [...wanted],
        );
  const rows = await available(matching(db, query), now)
    .orderBy([{ column: 'on_desk', order: 'desc' }, { column: 'covered', order: 'desc' }, { column: 'agents.user_id' }])
    .limit(query.limit)
    .select<CandidateRow[]>(
      'people.*',
      'agents.paused_until',
      'agents.called_by',
      'agents.calls_an_hour',
      coverage,
      db.raw(
        '(select count(*) from desk_agents own where own.workspace_id = agents.workspace_id and own.desk_id = ? and own.user_id = agents.user_id) as on_desk',
        [query.deskId],
      ),
      db.raw(
        '(select count(*) from calls lately where lately.workspace_id = agents.workspace_id and lately.user_id = agents.user_id and lately.called_at > ?) as called_lately',
        [anHourAgo],
      ),
      db.raw(
        '(select count(*) from seats taken where taken.workspace_id = agents.workspace_id and taken.user_id = agents.user_id and taken.left_at is null) as conversations',
      ),
    );
  const covers = await coversOf(
    db,
    workspaceId,
    wanted,
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

/** Which of the wanted expertise each of these people has. */
export async function coversOf(
  db: Handle,
  workspaceId: string,
  wanted: readonly string[],
  userIds: readonly string[],
): Promise<Map<string, string[]>> {
  const covers = new Map<string, string[]>();
  if (wanted.length === 0 || userIds.length === 0) return covers;
  const rows = await db('agent_expertise')
    .where({ workspace_id: workspaceId })
    .whereIn('expertise_id', wanted)
    .whereIn('user_id', userIds)
    .select<{ user_id: string; expertise_id: string }[]>(['user_id', 'expertise_id']);
  for (const row of rows) covers.set(row.user_id, [...(covers.get(row.user_id) ?? []), row.expertise_id]);
  return covers;
}
