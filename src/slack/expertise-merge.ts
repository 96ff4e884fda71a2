/** Merging expertise: by command and from the form of the one that goes; what moves is shown before it does. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { mergeByText, mergeExpertise, mergeForm, mergePlan } from '../services/expertise/merge.ts';
import { showing, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { showEnded } from './expertise-ended.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { ids, mergeConfirmModal, mergedModal, mergeModal, readMerge } from './views/expertise-merge.ts';

const title = 'Merge expertise';

/** `/expertise merge A into B`; with A alone it asks into which. */
export const showMerge = ({ actor, ...opening }: Showing, deps: Deps, typed: string): Promise<void> =>
  openModal({ ...opening, title }, async () => {
    const meant = await mergeByText(deps, actor, typed);
    return 'into' in meant ? mergeConfirmModal(meant) : mergeModal(meant);
  });

async function merge(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { view } = submission;
  const merged = mergedModal(await mergeExpertise(deps, actorOf(submission), readMerge(view)));
  await showEnded(submission, view, deps, 'This expertise was merged into another.');
  return { show: merged };
}

export function registerExpertiseMerge(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal({ ...showing(click), title }, async () =>
      mergeModal(await mergeForm(deps, actorOf(click), click.action.value ?? '')),
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => ({
      show: mergeConfirmModal(await mergePlan(deps, actorOf(submission), readMerge(submission.view))),
    })),
  );
  app.view<ViewSubmitAction>(ids.confirm, (submission) => submitted(submission, () => merge(submission, deps)));
}
