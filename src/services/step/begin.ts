/** Slack says that a workflow has come to one of Beckon's steps. */
import type { StepKind } from '../../domain/step.ts';
import { Refusal } from '../../errors.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findStepRunOf, insertStepRun, type StepRun } from '../../store/step-runs.ts';
import { setTimer } from '../../store/timers.ts';
import type { Deps } from '../deps.ts';
import { failStep, stepTimer } from './end.ts';

/** A step that could not be begun for so long will not be: whoever waits for the workflow must know. */
const BEGIN_MINUTES = 5;

export type Execution = { readonly workspaceId: string; readonly executionId: string; readonly kind: StepKind };

async function stored(deps: Deps, execution: Execution): Promise<StepRun | undefined> {
  return transaction(deps.db, async (trx) => {
    const { workspaceId, executionId } = execution;
    const now = deps.now();
    const made = await insertStepRun(trx, { ...execution, id: deps.newId(), now });
    const run = await findStepRunOf(trx, workspaceId, executionId);
    const dueAt = new Date(now.getTime() + BEGIN_MINUTES * 60_000);
    if (made && run) await setTimer(trx, stepTimer(run), { now, dueAt });
    return run?.state === 'starting' ? run : undefined;
  });
}

/** Slack shows it as it is, where elsewhere it would be formatted. */
const withoutMarks = (text: string): string => text.replaceAll(/[`*]/g, '');

const refused = (deps: Deps, run: StepRun, error: string): Promise<void> =>
  transaction(deps.db, (trx: Trx) => failStep(trx, deps, run, error));

/**
 * Does a step once, however often Slack says so. What it refuses fails the step in those words; anything else is thrown, so that it is tried
 * again, and fails the step when that takes too long.
 */
export async function beginStep(
  deps: Deps,
  execution: Execution,
  work: (run: StepRun) => Promise<void>,
): Promise<void> {
  const run = await stored(deps, execution);
  if (run === undefined) return;
  try {
    await work(run);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'unavailable') throw error;
    await refused(deps, run, withoutMarks(error.message));
  }
}
