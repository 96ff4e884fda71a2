/** Archived desks: the list behind `/livechat desks`, and taking one into use again. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { archivedDesk, archivedDesks, restoreDesk } from '../services/desk/restore.ts';
import { showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { desksOf } from './desks.ts';
import { listBelow, showBelow } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { archivedDesksModal, ids, readRestore, restoredText, restoreModal } from './views/archived-desks.ts';

/** Both lists lie below the form. */
async function restore(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { view } = submission;
  const actor = actorOf(submission);
  const said = restoredText(await restoreDesk(deps, actor, readRestore(view)));
  await showBelow(submission, view.previous_view_id, async () =>
    archivedDesksModal(await archivedDesks(deps, actor), said),
  );
  await showBelow(submission, listBelow(view), () => desksOf(deps, actor));
  return { close: 'top' };
}

export function registerArchivedDesks(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal({ ...showing(click), title: 'Archived desks' }, async () =>
      archivedDesksModal(await archivedDesks(deps, actorOf(click))),
    ),
  );
  app.action<BlockAction<ButtonAction>>(ids.restore, (click) =>
    openModal({ ...showing(click), title: 'Restore desk' }, async () =>
      restoreModal(await archivedDesk(deps, actorOf(click), click.action.value ?? '')),
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => restore(submission, deps)));
}
