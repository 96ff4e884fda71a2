/** One row for everybody who is or was an agent, with their preferences. */
import type { Agent, CalledBy, Takes } from '../domain/agent.ts';
import { inChunks } from './chunks.ts';
import { columnsOf } from './columns.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';
import { readJson } from './json.ts';
import { markStandings } from './standing-marks.ts';

type Row = {
  user_id: string;
  live_chat_name: string;
  languages: string;
  takes: Takes;
  paused_until: string | null;
  called_by: CalledBy;
  calls_an_hour: number;
  country: string;
  version: number;
};

const COLUMNS = columnsOf<Row>('agents', {
  user_id: true,
  live_chat_name: true,
  languages: true,
  takes: true,
  paused_until: true,
  called_by: true,
  calls_an_hour: true,
  country: true,
  version: true,
});

const fromRow = (row: Row): Agent => ({
  userId: row.user_id,
  liveChatName: row.live_chat_name,
  languages: readJson<string[]>(row.languages),
  takes: row.takes,
  pausedUntil: row.paused_until ?? undefined,
  calledBy: row.called_by,
  callsAnHour: row.calls_an_hour,
  country: row.country,
  version: row.version,
});

/** Makes rows for those who have none; who is new. Everything but `takes` begins as the schema says. */
export async function insertAgents(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
  takes: Takes = 'any',
): Promise<string[]> {
  const agents = userIds.map((userId) => ({ workspace_id: workspaceId, user_id: userId, languages: '[]', takes }));
  const rows = await inChunks(agents, (chunk) =>
    db('agents')
      .insert(chunk)
      .onConflict(['workspace_id', 'user_id'])
      .ignore()
      .returning<{ user_id: string }[]>('user_id'),
  );
  return rows.map((row) => row.user_id);
}

export async function findAgent(db: Handle, workspaceId: string, userId: string): Promise<Agent | undefined> {
  const row = await db('agents').where({ workspace_id: workspaceId, user_id: userId }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Finds an agent and keeps others from changing the row until the transaction ends. */
export async function lockAgent(trx: Trx, workspaceId: string, userId: string): Promise<Agent | undefined> {
  const query = trx('agents').where({ workspace_id: workspaceId, user_id: userId });
  if (isPostgres(trx)) query.forUpdate();
  const row = await query.first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Those of the people asked for who are or were agents, by user id. */
export async function listAgents(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Agent>> {
  if (userIds.length === 0) return new Map();
  const rows = await db('agents')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', userIds)
    .select<Row[]>(COLUMNS);
  return new Map(rows.map((row) => [row.user_id, fromRow(row)]));
}

/** What Slack calls those of the people asked for who are known, and what customers read for those of them who are agents ('' as in Slack). */
export async function listAgentNames(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, { name: string; liveChatName: string }>> {
  if (userIds.length === 0) return new Map();
  const rows = await db('people')
    .leftJoin('agents', (join) => {
      join.on('agents.workspace_id', 'people.workspace_id').on('agents.user_id', 'people.user_id');
    })
    .where({ 'people.workspace_id': workspaceId })
    .whereIn('people.user_id', userIds)
    .select<{ user_id: string; name: string; live_chat_name: string | null }[]>([
      'people.user_id',
      'people.name',
      'agents.live_chat_name',
    ]);
  return new Map(rows.map((row) => [row.user_id, { name: row.name, liveChatName: row.live_chat_name ?? '' }]));
}

export type AgentChange = {
  liveChatName?: string;
  languages?: readonly string[];
  takes?: Takes;
  /** null: no pause. */
  pausedUntil?: string | null;
  calledBy?: CalledBy;
  callsAnHour?: number;
  /** ISO 3166 alpha-2, '' for none. */
  country?: string;
};

export async function updateAgents(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
  change: AgentChange,
): Promise<void> {
  if (userIds.length === 0) return;
  await db('agents')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', userIds)
    .update({
      ...(change.liveChatName !== undefined && { live_chat_name: change.liveChatName }),
      ...(change.languages !== undefined && { languages: JSON.stringify(change.languages) }),
      ...(change.takes !== undefined && { takes: change.takes }),
      ...(change.pausedUntil !== undefined && { paused_until: change.pausedUntil }),
      ...(change.calledBy !== undefined && { called_by: change.calledBy }),
      ...(change.callsAnHour !== undefined && { calls_an_hour: change.callsAnHour }),
      ...(change.country !== undefined && { country: change.country }),
      version: db.raw('version + 1'),
    });
  await markStandings(db, workspaceId, userIds);
}
