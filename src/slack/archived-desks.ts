/** Archived desks: the list behind `/livechat desks`, and taking one into use again. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { archivedDesk, archivedDesks, restoreDesk } from '../services/desk/restore.ts';
import { actorOf } from './actor.ts';
import { refreshList } from './desks.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { archivedDesksModal, ids, readRestore, restoredText, restoreModal } from './views/archived-desks.ts';

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Both lists lie below the form and are as old as they are; that they could not be shown anew must not look like a failure. */
async function restore(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { client, view, logger } = submission;
  const actor = actorOf(submission);
  const said = restoredText(await restoreDesk(deps, actor, readRestore(view)));
  if (view.previous_view_id) {
    const below = archivedDesksModal(await archivedDesks(deps, actor), said);
    await client.views
      .update({ view_id: view.previous_view_id, view: below })
      .catch((error: unknown) => logger.warn('The list of archived desks could not be shown anew.', error));
  }
  await refreshList({ client, view, logger, actor }, deps);
  return { close: 'top' };
}

export function registerArchivedDesks(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal(
      { client: click.client, triggerId: click.body.trigger_id, title: 'Archived desks' },
      async () => archivedDesksModal(await archivedDesks(deps, actorOf(click))),
      'push',
    ),
  );
  app.action<BlockAction<ButtonAction>>(ids.restore, (click) =>
    openModal(
      { client: click.client, triggerId: click.body.trigger_id, title: 'Restore desk' },
      async () => restoreModal(await archivedDesk(deps, actorOf(click), click.action.value ?? '')),
      'push',
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => restore(submission, deps)));
}
