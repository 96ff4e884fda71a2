/** Calls for help. */
import type { Way } from '../domain/calling.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';

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
