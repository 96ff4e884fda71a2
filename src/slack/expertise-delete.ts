/** Deleting expertise: by command and from its form; where it is used is shown first. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { deleteExpertise, deletionOf } from '../services/expertise/delete.ts';
import { showing, type Click, type Showing } from './act.ts';
import { actorOf } from './actor.ts';
import { showEnded } from './expertise-ended.ts';
import { showInstead } from './instead.ts';
import { openModal } from './modal.ts';
import { deletedModal, deleteModal, ids, readDelete, usedMoreModal } from './views/expertise-delete.ts';

const title = 'Delete expertise';

/** `/expertise delete NAME` */
export const showDelete = ({ actor, ...opening }: Showing, deps: Deps, name: string): Promise<void> =>
  openModal({ ...opening, title }, async () => deleteModal(await deletionOf(deps, actor, { name })));

async function confirmed(click: Click, deps: Deps): Promise<void> {
  const { view } = click.body;
  if (view === undefined) return;
  const { kind, usage } = await deleteExpertise(deps, actorOf(click), readDelete(click.action.value ?? ''));
  await showInstead(click, kind === 'used_more' ? usedMoreModal(usage) : deletedModal(usage));
  if (kind !== 'used_more') await showEnded(click, view, deps, 'This expertise was deleted.');
}

export function registerExpertiseDelete(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal({ ...showing(click), title }, async () =>
      deleteModal(await deletionOf(deps, actorOf(click), { id: click.action.value ?? '' })),
    ),
  );
  app.action<BlockAction<ButtonAction>>(ids.confirmed, (click) => confirmed(click, deps));
}
