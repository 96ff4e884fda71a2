/**
 * Where each agent stands on each of their desks, kept in `desk_agents` so that choosing reads an index instead of everybody. A change of
 * a cause marks the row stale in its own transaction; a stale one is worked out anew before anybody is chosen.
 */
import type { Agent, Takes } from '../domain/agent.ts';
import { standingOf, type Standing, type Work } from '../domain/standing.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';
import { readJson } from './json.ts';
import { PERSON_COLUMNS, personFromRow, type KnownPerson, type PersonRow } from './people.ts';
import { together } from './together.ts';

/** Rows worked out at once. */
export const STANDINGS_BATCH = 400;

type FactsRow = PersonRow & {
  desk_id: string;
  takes: Takes;
  paused_until: string | null;
  said: string;
  said_country: string;
  forwarded_at: string;
  live_chat_name: string;
  capacity: number;
  no_huddles: number;
};

type WorkRow = { user_id: string; desk_id: string; active_at: string; claimed_at: string };

/** Open conversations each of these people is in or coming into. */
async function workOf(db: Handle, workspaceId: string, userIds: readonly string[]): Promise<Map<string, Work[]>> {
  const rows = await db('seats')
    .join('conversations', 'conversations.id', 'seats.conversation_id')
    .where({ 'seats.workspace_id': workspaceId })
    .whereIn('seats.user_id', userIds)
    .whereNull('seats.left_at')
    .whereNull('conversations.closed_at')
    .select<WorkRow[]>(['seats.user_id', 'conversations.desk_id', 'conversations.active_at', 'seats.claimed_at']);
  const work = new Map<string, Work[]>();
  for (const row of rows) {
    const one = { deskId: row.desk_id, activeAt: row.active_at, claimedAt: row.claimed_at };
    work.set(row.user_id, [...(work.get(row.user_id) ?? []), one]);
  }
  return work;
}

const factsQuery = (db: Handle, workspaceId: string) =>
  db('desk_agents')
    .join('people', (join) => {
      join.on('people.workspace_id', 'desk_agents.workspace_id').on('people.user_id', 'desk_agents.user_id');
    })
    .join('agents', (join) => {
      join.on('agents.workspace_id', 'desk_agents.workspace_id').on('agents.user_id', 'desk_agents.user_id');
    })
    .join('desks', 'desks.id', 'desk_agents.desk_id')
    .where({ 'desk_agents.workspace_id': workspaceId })
    .select<FactsRow[]>(
      ...PERSON_COLUMNS,
      'desk_agents.desk_id',
      'agents.takes',
      'agents.paused_until',
      'agents.languages as said',
      'agents.country as said_country',
      'agents.last_forwarded_at as forwarded_at',
      'agents.live_chat_name',
      'desks.capacity',
      'desks.no_huddles',
    );

const agentOf = (row: FactsRow): Pick<Agent, 'takes' | 'pausedUntil' | 'languages' | 'country'> => ({
  takes: row.takes,
  pausedUntil: row.paused_until ?? undefined,
  languages: readJson<string[]>(row.said),
  country: row.said_country,
});

export type StandingRow = { readonly userId: string; readonly deskId: string; readonly standing: Standing };

type Reading = { workspaceId: string; awayEmoji: readonly string[]; now: Date };

type WorkBy = ReadonlyMap<string, readonly Work[]>;

const workOut = (rows: readonly FactsRow[], work: WorkBy, { awayEmoji, now }: Reading): StandingRow[] =>
  rows.map((row): StandingRow => {
    const facts = {
      person: personFromRow(row),
      agent: { ...agentOf(row), lastForwardedAt: row.forwarded_at },
      desk: { id: row.desk_id, capacity: row.capacity, noHuddles: row.no_huddles === 1 },
      work: work.get(row.user_id) ?? [],
      awayEmoji,
    };
    return { userId: row.user_id, deskId: row.desk_id, standing: standingOf(facts, now) };
  });

/** All that standings follow from, beside the clock and what the workspace says. */
function readFacts(db: Handle, workspaceId: string, userIds: readonly string[]): Promise<[FactsRow[], WorkBy]> {
  return together(db, [
    async () => factsQuery(db, workspaceId).whereIn('desk_agents.user_id', userIds),
    () => workOf(db, workspaceId, userIds),
  ]);
}

/** Where these people stand on whatever desks they are on, worked out from the facts, not from what is kept. */
export async function readStandings(db: Handle, userIds: readonly string[], reading: Reading): Promise<StandingRow[]> {
  if (userIds.length === 0) return [];
  const [rows, work] = await readFacts(db, reading.workspaceId, userIds);
  return workOut(rows, work, reading);
}

const toRow = (workspaceId: string, { userId, deskId, standing }: StandingRow) => ({
  workspace_id: workspaceId,
  desk_id: deskId,
  user_id: userId,
  eligibility: standing.eligibility,
  is_unknown: Number(standing.isUnknown),
  in_buffer: Number(standing.inBuffer),
  busyness: standing.busyness,
  load: standing.load,
  in_call: Number(standing.inCall),
  languages: ` ${standing.languages.join(' ')} `,
  country: standing.country,
  last_forwarded_at: standing.lastForwardedAt,
  valid_until: standing.validUntil,
});

/**
 * Which are worked out. `deskId` absent: of every desk of the workspace. `waits` false: not those a cause of which is being changed at this
 * moment; whoever chooses waits for them, because what was just learned of somebody must count.
 */
type Which = { readonly deskId?: string; readonly waits?: boolean };

async function refreshBatch(trx: Trx, reading: Reading, { deskId, waits = true }: Which): Promise<number> {
  const { workspaceId, now } = reading;
  const stale = trx('desk_agents')
    .where({ workspace_id: workspaceId, ...(deskId !== undefined && { desk_id: deskId }) })
    .where('valid_until', '<=', now.toISOString())
    .limit(STANDINGS_BATCH);
  if (isPostgres(trx)) stale.forUpdate();
  if (isPostgres(trx) && !waits) stale.skipLocked();
  const keys = await stale.select<{ desk_id: string; user_id: string }[]>(['desk_id', 'user_id']);
  if (keys.length === 0) return 0;
  const wanted = new Set(keys.map((key) => `${key.desk_id}/${key.user_id}`));
  const standings = await readStandings(trx, [...new Set(keys.map((key) => key.user_id))], reading);
  await saveStandings(
    trx,
    workspaceId,
    standings.filter((row) => wanted.has(`${row.deskId}/${row.userId}`)),
  );
  return keys.length;
}

async function saveStandings(trx: Trx, workspaceId: string, rows: readonly StandingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await trx('desk_agents')
    .insert(rows.map((row) => toRow(workspaceId, row)))
    .onConflict(['workspace_id', 'desk_id', 'user_id'])
    .merge();
}

/** An agent, and all that their standings follow from. */
export type Causes = {
  readonly person: KnownPerson;
  /** As customers read it, '' as in Slack. */
  readonly liveChatName: string;
  readonly facts: readonly FactsRow[];
  readonly work: readonly Work[];
};

/**
 * Of these people, those who are on a desk. Whoever changes something about them at this moment marks it when the transaction is over, so
 * that `restand` loses no mark.
 */
export async function readCauses(
  trx: Trx,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Causes>> {
  if (userIds.length === 0) return new Map();
  const [, [rows, work]] = await together(trx, [
    () => lockStandings(trx, workspaceId, userIds),
    () => readFacts(trx, workspaceId, userIds),
  ]);
  const causes = new Map<string, Causes>();
  for (const row of rows) {
    const before = causes.get(row.user_id);
    const { person, liveChatName } = before ?? { person: personFromRow(row), liveChatName: row.live_chat_name };
    const facts = [...(before?.facts ?? []), row];
    causes.set(row.user_id, { person, liveChatName, facts, work: work.get(row.user_id) ?? [] });
  }
  return causes;
}

async function lockStandings(trx: Trx, workspaceId: string, userIds: readonly string[]): Promise<void> {
  if (!isPostgres(trx)) return;
  await trx('desk_agents')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', userIds)
    .orderBy(['user_id', 'desk_id'])
    .forUpdate()
    .select('user_id');
}

/**
 * Works out where somebody stands on all their desks who is given a conversation now, in the transaction in which their causes were read and
 * that holds the workspace's lock.
 */
export async function restand(
  trx: Trx,
  { person, facts, work }: Causes,
  given: Pick<Work, 'deskId' | 'activeAt'>,
  reading: Reading,
): Promise<void> {
  const at = reading.now.toISOString();
  const after = new Map([[person.userId, [...work, { ...given, claimedAt: at }]]]);
  const rows = facts.map((row) => ({ ...row, forwarded_at: at }));
  await saveStandings(trx, reading.workspaceId, workOut(rows, after, reading));
}

/**
 * Works out what is stale or has run out, in a transaction, at most `batches` times four hundred rows.
 *
 * @returns how many rows were worked out
 */
export async function refreshStandings(
  trx: Trx,
  reading: Reading,
  { batches = Number.POSITIVE_INFINITY, ...which }: Which & { batches?: number } = {},
): Promise<number> {
  let refreshed = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const count = await refreshBatch(trx, reading, which);
    refreshed += count;
    if (count < STANDINGS_BATCH) break;
  }
  return refreshed;
}

/** Workspaces in which somebody's standing has run out. */
export async function listStaleWorkspaces(db: Handle, now: Date): Promise<string[]> {
  const stale = db('desk_agents')
    .whereRaw('desk_agents.workspace_id = workspaces.id')
    .where('valid_until', '<=', now.toISOString())
    .select(db.raw('1'));
  const rows = await db('workspaces').whereExists(stale).select<{ id: string }[]>('id');
  return rows.map((row) => row.id);
}
