/** A workflow's step is over: the workflow goes on with what came of it, or reads why it cannot. */
import type { Notice } from '../../domain/notice.ts';
import { forwardOutputs, helpOutputs } from '../../domain/step.ts';
import type { Trx } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { endStepRun, listWaitingSteps, type StepRun } from '../../store/step-runs.ts';
import { clearTimer } from '../../store/timers.ts';
import type { Deps } from '../deps.ts';

export const stepTimer = ({ workspaceId, id }: Pick<StepRun, 'workspaceId' | 'id'>) =>
  ({ workspaceId, kind: 'step.due', subjectId: id }) as const;

/** Ends one that has not ended: what must be announced. */
export async function completeStep(trx: Trx, deps: Deps, run: StepRun, outputs: object): Promise<Notice[]> {
  if (!(await endStepRun(trx, run.id, { state: 'completed', outputs }, deps.now()))) return [];
  await clearTimer(trx, stepTimer(run));
  return [{ kind: 'step.completed', conversationId: run.conversationId, runId: run.id }];
}

/** @param error words for whoever built or ran the workflow */
export async function failStep(trx: Trx, deps: Deps, run: StepRun, error: string): Promise<void> {
  if (!(await endStepRun(trx, run.id, { state: 'failed', error }, deps.now()))) return;
  await clearTimer(trx, stepTimer(run));
  const failed = { kind: 'step.failed', conversationId: run.conversationId, runId: run.id } as const;
  await announce(trx, run.workspaceId, [failed], { now: deps.now(), newId: deps.newId });
}

type Forwarding = { readonly workspaceId: string; readonly forwardId: string };

/** Somebody a workflow's forward chose is in, or whoever came instead; nobody: it is over. What must be announced. */
export async function endForwardSteps(
  trx: Trx,
  deps: Deps,
  { workspaceId, forwardId }: Forwarding,
  came?: { readonly userId: string; readonly covered: readonly string[] },
): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const run of await listWaitingSteps(trx, workspaceId, { forwardId })) {
    notices.push(...(await completeStep(trx, deps, run, forwardOutputs(came?.userId, came?.covered))));
  }
  return notices;
}

type Request = { readonly workspaceId: string; readonly requestId: string };

/** A request for help is over, by this person's coming or without anybody: steps that wait for it. What must be announced. */
export async function endStepsOf(
  trx: Trx,
  deps: Deps,
  { workspaceId, requestId }: Request,
  helper?: string,
): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const run of await listWaitingSteps(trx, workspaceId, { requestId })) {
    notices.push(...(await completeStep(trx, deps, run, helpOutputs(run.startedAt, deps.now(), helper))));
  }
  return notices;
}
