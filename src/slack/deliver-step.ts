/** Tells Slack how a workflow's step ended. */
import type { Notice } from '../domain/notice.ts';
import { endedStep } from '../services/step/ended.ts';
import { slackErrorOf } from './judge.ts';
import type { Envelope } from './post.ts';

/** It has ended already: by an earlier attempt, or because whoever ran the workflow stopped it. */
const OVER = new Set(['execution_not_in_running_state', 'function_execution_not_found']);

const UNFIT = 'Beckon and its manifest do not agree on this step. Ask whoever installed Beckon to update its manifest.';

async function unlessOver(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!OVER.has(slackErrorOf(error) ?? '')) throw error;
  }
}

/** The bot's own token is used: the one a step comes with is good for a few minutes only. */
export async function deliverStepCompleted(
  { client, deps, workspaceId }: Envelope,
  { runId }: Extract<Notice, { kind: 'step.completed' }>,
): Promise<void> {
  const ended = await endedStep(deps, workspaceId, runId);
  if (ended === undefined) return;
  const id = { function_execution_id: ended.executionId };
  try {
    await unlessOver(client.functions.completeSuccess({ ...id, outputs: { ...ended.outputs } }));
  } catch (error) {
    if (slackErrorOf(error) !== 'parameter_validation_failed') throw error;
    // An older manifest than this program: the workflow must not wait for ever.
    await unlessOver(client.functions.completeError({ ...id, error: UNFIT }));
  }
}

export async function deliverStepFailed(
  { client, deps, workspaceId }: Envelope,
  { runId }: Extract<Notice, { kind: 'step.failed' }>,
): Promise<void> {
  const ended = await endedStep(deps, workspaceId, runId);
  if (ended === undefined) return;
  await unlessOver(client.functions.completeError({ function_execution_id: ended.executionId, error: ended.error }));
}
