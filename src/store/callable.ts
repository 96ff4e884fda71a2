/** Who may be called for help. */
import type { Knex } from 'knex';
import type { CalledBy } from '../domain/agent.ts';
import { PRESENCE_FRESH_SECONDS } from '../domain/availability.ts';
import { LEFT_LATELY_MINUTES, type Callable } from '../domain/calling.ts';
import { coversOf } from './calls.ts';
import type { Handle } from './db.ts';
import { LIVE } from './live.ts';
import { personFromRow, type PersonRow } from './people.ts';

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

const minutesBefore = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** Agents who match a request, are not in the conversation and have not just left it, and have not been called for it; whether they want calls or not. */
const matching = (db: Handle, { workspaceId, wanted, ...query }: CandidateQuery) =>
  db('agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'agents.workspace_id').on('people.user_id', 'agents.user_id');
    })
    .where({ 'agents.workspace_id': workspaceId, ...LIVE })
    .whereNotIn('agents.user_id', query.except)
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
      db('seats')
        .select('user_id')
        .where({ conversation_id: query.conversationId })
        .where((there) => {
          void there.whereNull('left_at').orWhere((gone) => {
            void gone.where({ left_by_hand: 1 }).where('left_at', '>', minutesBefore(query.now, LEFT_LATELY_MINUTES));
          });
        }),
    );

/** Whether there is anybody who could still be called, available now or not. */
export async function hasMatchLeft(db: Handle, query: CandidateQuery): Promise<boolean> {
  return (await matching(db, query).whereNot('agents.called_by', 'none').first('agents.user_id')) !== undefined;
}

/** How many match and have not been called, whether they can be called now or not. */
export async function countMatches(db: Handle, query: CandidateQuery): Promise<number> {
  const row = await matching(db, query).count<{ all: number | string }[]>({ all: '*' }).first();
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

/**
 * Agents who match a request and have not been called for it: full members on a desk with any of the wanted expertise, not paused, not
 * to be left alone, not away a moment ago, not in the conversation. The conversation's own desk first, then more of the wanted expertise, then user id; at most `limit`.
 */
export async function listCallable(db: Handle, query: CandidateQuery): Promise<Callable[]> {
  const { workspaceId, wanted, now } = query;
  const anHourAgo = minutesBefore(now, 60);
  const covered = wanted.map(() => '?').join(', ');
  const coverage =
    wanted.length === 0
      ? db.raw('0 as covered')
      : db.raw(
          `(select count(*) from agent_expertise held where held.workspace_id = agents.workspace_id and held.user_id = agents.user_id and held.expertise_id in (${covered})) as covered`,
          [...wanted],
        );
  const rows = await available(matching(db, query).whereNot('agents.called_by', 'none'), now)
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
