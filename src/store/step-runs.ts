/** Executions of workflow steps: begun by Slack, ended by Beckon. */
import type { StepKind } from '../domain/step.ts';
import type { Handle, Trx } from './db.ts';
import { isPostgres } from './db.ts';
import { readJson } from './json.ts';

type StepState = 'starting' | 'waiting' | 'completed' | 'failed';

export type StepRun = {
  readonly id: string;
  readonly workspaceId: string;
  /** Slack's. */
  readonly executionId: string;
  readonly kind: StepKind;
  readonly state: StepState;
  /** '' until what it waits for was begun; which of the others there is depends on the kind. */
  readonly conversationId: string;
  readonly requestId: string;
  readonly forwardId: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Why it failed, '' otherwise. */
  readonly error: string;
  readonly startedAt: string;
};

type Row = {
  id: string;
  workspace_id: string;
  execution_id: string;
  kind: StepKind;
  state: StepState;
  conversation_id: string;
  request_id: string;
  forward_id: string;
  outputs: string;
  error: string;
  started_at: string;
};

const fromRow = (row: Row): StepRun => ({
  id: row.id,
  workspaceId: row.workspace_id,
  executionId: row.execution_id,
  kind: row.kind,
  state: row.state,
  conversationId: row.conversation_id,
  requestId: row.request_id,
  forwardId: row.forward_id,
  outputs: readJson<Record<string, unknown>>(row.outputs),
  error: row.error,
  startedAt: row.started_at,
});

/** Whether it was not there already: Slack may say twice that a step is to be done. */
export async function insertStepRun(
  db: Handle,
  run: Pick<StepRun, 'id' | 'workspaceId' | 'executionId' | 'kind'> & { now: Date },
): Promise<boolean> {
  const rows = await db('step_runs')
    .insert({
      id: run.id,
      workspace_id: run.workspaceId,
      execution_id: run.executionId,
      kind: run.kind,
      state: 'starting',
      started_at: run.now.toISOString(),
    })
    .onConflict(['workspace_id', 'execution_id'])
    .ignore()
    .returning<{ id: string }[]>('id');
  return rows.length === 1;
}

export async function findStepRun(db: Handle, workspaceId: string, id: string): Promise<StepRun | undefined> {
  const row = await db('step_runs').where({ workspace_id: workspaceId, id }).first<Row | undefined>();
  return row && fromRow(row);
}

export async function findStepRunOf(
  db: Handle,
  workspaceId: string,
  executionId: string,
): Promise<StepRun | undefined> {
  const row = await db('step_runs')
    .where({ workspace_id: workspaceId, execution_id: executionId })
    .first<Row | undefined>();
  return row && fromRow(row);
}

/** The same, kept from changing until the transaction ends. */
export async function lockStepRun(trx: Trx, workspaceId: string, id: string): Promise<StepRun | undefined> {
  const query = trx('step_runs').where({ workspace_id: workspaceId, id });
  if (isPostgres(trx)) query.forUpdate();
  const row = await query.first<Row | undefined>();
  return row && fromRow(row);
}

/** Those that wait for this request or forward. */
export async function listWaitingSteps(
  db: Handle,
  workspaceId: string,
  on: { requestId: string } | { forwardId: string },
): Promise<StepRun[]> {
  const what = 'requestId' in on ? { request_id: on.requestId } : { forward_id: on.forwardId };
  const rows = await db('step_runs')
    .where({ workspace_id: workspaceId, state: 'waiting', ...what })
    .orderBy('id')
    .select<Row[]>('*');
  return rows.map(fromRow);
}

/** What it waits for was begun; whether it was still to be begun. */
export async function setStepWaiting(
  db: Handle,
  id: string,
  on: { conversationId: string; requestId?: string; forwardId?: string },
): Promise<boolean> {
  const { conversationId, requestId = '', forwardId = '' } = on;
  const changed = await db('step_runs')
    .where({ id, state: 'starting' })
    .update({ state: 'waiting', conversation_id: conversationId, request_id: requestId, forward_id: forwardId });
  return changed === 1;
}

type End = { state: 'completed'; outputs: object } | { state: 'failed'; error: string };

/** Ends one that has not ended; whether it did. */
export async function endStepRun(db: Handle, id: string, end: End, now: Date): Promise<boolean> {
  const changed = await db('step_runs')
    .where({ id })
    .whereIn('state', ['starting', 'waiting'])
    .update({
      state: end.state,
      ended_at: now.toISOString(),
      ...(end.state === 'completed' ? { outputs: JSON.stringify(end.outputs) } : { error: end.error }),
    });
  return changed === 1;
}
