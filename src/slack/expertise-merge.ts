/** Merging expertise: by command and from the form of the one that goes; what moves is shown before it does. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { mergeByText, mergeExpertise, mergeForm, mergePlan } from '../services/expertise/merge.ts';
import { actorOf } from './actor.ts';
import { replaceBelow } from './below.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { ids, mergeConfirmModal, mergedModal, mergeModal, readMerge } from './views/expertise-merge.ts';

const title = 'Merge expertise';

/** `/expertise merge A into B`; with A alone it asks into which. */
export async function showMerge(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
  typed: string,
): Promise<void> {
  await openModal({ client, triggerId, title }, async () => {
    const shown = await mergeByText(deps, actor, typed);
    return 'into' in shown ? mergeConfirmModal(shown) : mergeModal(shown);
  });
}

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function merge({ client, view, logger, ...args }: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(args);
  const merged = mergedModal(await mergeExpertise(deps, actor, readMerge(view)));
  await replaceBelow({ client, view, logger, actor }, deps, 'This expertise was merged into another.');
  return { show: merged };
}

export function registerExpertiseMerge(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal(
      { client: click.client, triggerId: click.body.trigger_id, title },
      async () => mergeModal(await mergeForm(deps, actorOf(click), click.action.value ?? '')),
      'push',
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => ({
      show: mergeConfirmModal(await mergePlan(deps, actorOf(submission), readMerge(submission.view))),
    })),
  );
  app.view<ViewSubmitAction>(ids.confirm, (submission) => submitted(submission, () => merge(submission, deps)));
}
