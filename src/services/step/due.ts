/** A step has waited long enough. */
import { forwardOutputs, helpOutputs } from '../../domain/step.ts';
import { transaction } from '../../store/db.ts';
import { findRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { lockStepRun, type StepRun } from '../../store/step-runs.ts';
import { setTimer } from '../../store/timers.ts';
import type { Deps } from '../deps.ts';
import { completeStep, failStep, stepTimer } from './end.ts';

/** Whoever has pressed *Join* is in within this time, or is not coming. */
const ARRIVING_MINUTES = 1;

const NEVER_BEGUN =
  'Beckon could not begin in time because Slack did not answer it. Run the workflow again in a moment.';

const nobodyCame = ({ kind, startedAt }: StepRun, now: Date): object =>
  kind === 'ask_for_help' ? helpOutputs(startedAt, now) : forwardOutputs();

/** The workflow goes on without anybody; what it asked for stays open. One that was never begun fails. */
export async function stepDue(deps: Deps, workspaceId: string, runId: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const run = await lockStepRun(trx, workspaceId, runId);
    if (run === undefined) return;
    if (run.state === 'starting') {
      await failStep(trx, deps, run, NEVER_BEGUN);
    } else if (run.requestId !== '' && (await findRequest(trx, workspaceId, run.requestId))?.state === 'claimed') {
      const now = deps.now();
      await setTimer(trx, stepTimer(run), { now, dueAt: new Date(now.getTime() + ARRIVING_MINUTES * 60_000) });
    } else {
      const over = await completeStep(trx, deps, run, nobodyCame(run, deps.now()));
      await announce(trx, workspaceId, over, { now: deps.now(), newId: deps.newId });
    }
  });
}
