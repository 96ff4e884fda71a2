/** What Slack is told of a step that is over. */
import { findStepRun, type StepRun } from '../../store/step-runs.ts';
import type { Deps } from '../deps.ts';

export type EndedStep = Pick<StepRun, 'executionId' | 'outputs' | 'error'>;

/** Undefined where it is not there any more. */
export async function endedStep({ db }: Deps, workspaceId: string, runId: string): Promise<EndedStep | undefined> {
  const run = await findStepRun(db, workspaceId, runId);
  return run && { executionId: run.executionId, outputs: run.outputs, error: run.error };
}
