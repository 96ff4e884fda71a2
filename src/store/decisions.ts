/** Stored choices: who was considered, in which order, who was left out and why. */
import type { DecisionRecord } from '../domain/forward.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';

export type Decision = {
  readonly id: string;
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly forwardId: string;
  /** '' for nobody. */
  readonly winnerId: string;
  readonly record: DecisionRecord;
  readonly decidedAt: string;
};

type Row = {
  id: string;
  workspace_id: string;
  conversation_id: string;
  forward_id: string;
  winner_id: string;
  record: string;
  decided_at: string;
};

const COLUMNS = columnsOf<Row>('decisions', {
  id: true,
  workspace_id: true,
  conversation_id: true,
  forward_id: true,
  winner_id: true,
  record: true,
  decided_at: true,
});

const fromRow = (row: Row): Decision => ({
  id: row.id,
  workspaceId: row.workspace_id,
  conversationId: row.conversation_id,
  forwardId: row.forward_id,
  winnerId: row.winner_id,
  record: readJson<DecisionRecord>(row.record),
  decidedAt: row.decided_at,
});

export async function insertDecision(db: Handle, decision: Decision): Promise<void> {
  await db('decisions').insert({
    id: decision.id,
    workspace_id: decision.workspaceId,
    conversation_id: decision.conversationId,
    forward_id: decision.forwardId,
    winner_id: decision.winnerId,
    record: JSON.stringify(decision.record),
    decided_at: decision.decidedAt,
  });
}

export async function findDecision(db: Handle, workspaceId: string, id: string): Promise<Decision | undefined> {
  const row = await db('decisions').where({ workspace_id: workspaceId, id }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** The choices made for a conversation, the last first, at most `limit`. */
export async function listDecisions(db: Handle, conversationId: string, limit: number): Promise<Decision[]> {
  const rows = await db('decisions')
    .where({ conversation_id: conversationId })
    .orderBy([{ column: 'decided_at', order: 'desc' }, { column: 'id' }])
    .limit(limit)
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}
