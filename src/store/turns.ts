/** Turns: one agent's chance in a forward. */
import type { TurnState } from '../domain/forward.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';

export type Turn = {
  readonly id: string;
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly forwardId: string;
  readonly decisionId: string;
  readonly seatId: string;
  readonly userId: string;
  readonly state: TurnState;
  /** Slack's error name where they could not be added; '' otherwise. */
  readonly reason: string;
  readonly claimedAt: string;
  readonly endedAt: string | undefined;
  /** The direct message that offered it; both '' until it is sent. */
  readonly channelId: string;
  readonly ts: string;
};

type Row = {
  id: string;
  workspace_id: string;
  conversation_id: string;
  forward_id: string;
  decision_id: string;
  seat_id: string;
  user_id: string;
  state: TurnState;
  reason: string;
  claimed_at: string;
  ended_at: string | null;
  channel_id: string;
  ts: string;
};

const fromRow = (row: Row): Turn => ({
  id: row.id,
  workspaceId: row.workspace_id,
  conversationId: row.conversation_id,
  forwardId: row.forward_id,
  decisionId: row.decision_id,
  seatId: row.seat_id,
  userId: row.user_id,
  state: row.state,
  reason: row.reason,
  claimedAt: row.claimed_at,
  endedAt: row.ended_at ?? undefined,
  channelId: row.channel_id,
  ts: row.ts,
});

const COLUMNS = columnsOf<Row>('turns', {
  id: true,
  workspace_id: true,
  conversation_id: true,
  forward_id: true,
  decision_id: true,
  seat_id: true,
  user_id: true,
  state: true,
  reason: true,
  claimed_at: true,
  ended_at: true,
  channel_id: true,
  ts: true,
});

export type NewTurn = Pick<
  Turn,
  'id' | 'workspaceId' | 'conversationId' | 'forwardId' | 'decisionId' | 'seatId' | 'userId'
> & { readonly now: Date };

export async function insertTurn(db: Handle, turn: NewTurn): Promise<void> {
  await db('turns').insert({
    id: turn.id,
    workspace_id: turn.workspaceId,
    conversation_id: turn.conversationId,
    forward_id: turn.forwardId,
    decision_id: turn.decisionId,
    seat_id: turn.seatId,
    user_id: turn.userId,
    state: 'arriving',
    claimed_at: turn.now.toISOString(),
  });
}

export async function findTurn(db: Handle, workspaceId: string, id: string): Promise<Turn | undefined> {
  const row = await db('turns').where({ workspace_id: workspaceId, id }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** The turn a seat was taken for. */
export async function findTurnOfSeat(db: Handle, seatId: string): Promise<Turn | undefined> {
  const row = await db('turns').where({ seat_id: seatId }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Whose turn it is in a conversation. */
export async function findOpenTurn(db: Handle, conversationId: string): Promise<Turn | undefined> {
  const row = await db('turns')
    .where({ conversation_id: conversationId })
    .whereNull('ended_at')
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Open turns in these conversations, at most one in each. */
export async function listOpenTurns(db: Handle, conversationIds: readonly string[]): Promise<Turn[]> {
  if (conversationIds.length === 0) return [];
  const rows = await db('turns')
    .whereIn('conversation_id', conversationIds)
    .whereNull('ended_at')
    .orderBy('id')
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** Everybody's turns in a forward, in order. */
export async function listTurns(db: Handle, forwardId: string): Promise<Turn[]> {
  const rows = await db('turns').where({ forward_id: forwardId }).orderBy(['claimed_at', 'id']).select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** Open turns of these people in conversations of these desks. */
export async function listOpenTurnsOn(
  db: Handle,
  workspaceId: string,
  { deskIds, userIds }: { deskIds: readonly string[]; userIds: readonly string[] },
): Promise<Turn[]> {
  if (deskIds.length === 0 || userIds.length === 0) return [];
  const rows = await db('turns')
    .join('conversations', 'conversations.id', 'turns.conversation_id')
    .where({ 'turns.workspace_id': workspaceId })
    .whereIn('turns.user_id', userIds)
    .whereNull('turns.ended_at')
    .whereIn('conversations.desk_id', deskIds)
    .orderBy('turns.id')
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** They are in and have the desk's answer time: the turn their seat was taken for; undefined where it was not arriving any more. */
export async function markTurnWaiting(db: Handle, seatId: string): Promise<Turn | undefined> {
  const [row] = await db('turns')
    .where({ seat_id: seatId, state: 'arriving' })
    .update({ state: 'waiting' })
    .returning<Row[]>(COLUMNS);
  return row && fromRow(row);
}

/** Ends a turn that is open; of two ends at once one counts. */
export async function endTurn(
  db: Handle,
  id: string,
  { state, reason = '', now }: { state: Exclude<TurnState, 'arriving' | 'waiting'>; reason?: string; now: Date },
): Promise<boolean> {
  const changed = await db('turns')
    .where({ id })
    .whereNull('ended_at')
    .update({ state, reason, ended_at: now.toISOString() });
  return changed === 1;
}

/** The direct message that offered it. */
export async function saveTurnMessage(
  db: Handle,
  id: string,
  { channelId, ts }: { channelId: string; ts: string },
): Promise<void> {
  await db('turns').where({ id }).update({ channel_id: channelId, ts });
}

/** From now on others come before them where everything else is equal. The seat they were given marks where they stand. */
export async function markForwarded(db: Handle, workspaceId: string, userId: string, now: Date): Promise<void> {
  await db('agents')
    .where({ workspace_id: workspaceId, user_id: userId })
    .update({ last_forwarded_at: now.toISOString() });
}
