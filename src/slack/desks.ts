/** Desks: `/livechat desks`, the button on Home, and the form of a desk. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { archiveDesk, archiving, makeDefaultDesk } from '../services/desk/archive.ts';
import { editDesk } from '../services/desk/edit.ts';
import { deskForm, deskList } from '../services/desk/list.ts';
import { newDesk } from '../services/desk/new.ts';
import { archivedDesks } from '../services/desk/restore.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { showing, type Click, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { listBelow, showBelow, showInstead } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { archivedModal, archiveModal, ids as archiveIds, readArchive } from './views/archive-desk.ts';
import { archivedDeskModal } from './views/archived-desks.ts';
import type { Modal } from './views/blocks.ts';
import { deskModal, desksModal, editedDeskModal, ids, readDesk } from './views/desks.ts';

/** The list as it is now. */
export async function desksOf(deps: Deps, actor: Actor): Promise<Modal> {
  return desksModal(await deskList(deps, actor), (await archivedDesks(deps, actor)).length);
}

/** Opens the list of desks. */
export const showDesks = (shown: Showing, deps: Deps): Promise<void> =>
  openModal({ ...shown, title: 'Desks' }, () => desksOf(deps, shown.actor));

async function openForm(click: Click, deps: Deps, deskId: string | undefined): Promise<void> {
  const { actor, ...opening } = showing(click);
  const title = deskId === undefined ? 'New desk' : 'Edit desk';
  const load = async () => {
    const archived = (await archivedDesks(deps, actor)).find(({ id }) => id === deskId);
    return archived ? archivedDeskModal(archived) : deskModal(await deskForm(deps, actor, deskId));
  };
  await openModal({ ...opening, title }, load);
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readDesk(submission.view);
  const edited = 'added' in form ? undefined : await editDesk(deps, actor, form.changed);
  if ('added' in form) await newDesk(deps, actor, form.added);
  await showBelow(submission, listBelow(submission.view), () => desksOf(deps, actor));
  const more = edited && editedDeskModal(edited);
  return more ? { show: more } : { close: 'top' };
}

/** The form stays, with what was typed in it, on the row's new version. */
async function makeDefault(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const deskId = click.action.value ?? '';
  await makeDefaultDesk(deps, actor, deskId);
  await showInstead(click, deskModal(await deskForm(deps, actor, deskId)));
  const { view } = click.body;
  if (view) await showBelow(click, listBelow(view), () => desksOf(deps, actor));
}

async function openArchiving(click: Click, deps: Deps): Promise<void> {
  const load = async () => archiveModal(await archiving(deps, actorOf(click), click.action.value ?? ''));
  await openModal({ ...showing(click), title: 'Archive desk' }, load);
}

/** The form of the desk lies below: there is nothing to edit in it any more. */
async function archive(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { view } = submission;
  const actor = actorOf(submission);
  await archiveDesk(deps, actor, readArchive(view));
  await showBelow(submission, view.previous_view_id, () => Promise.resolve(archivedModal()));
  await showBelow(submission, listBelow(view), () => desksOf(deps, actor));
  return { close: 'top' };
}

export function registerDesks(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showDesks(showing(click), deps));
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openForm(click, deps, undefined));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openForm(click, deps, click.action.value));
  app.action<BlockAction<ButtonAction>>(ids.makeDefault, (click) => makeDefault(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.archive, (click) => openArchiving(click, deps));
  app.view<ViewSubmitAction>(archiveIds.form, (submission) => submitted(submission, () => archive(submission, deps)));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
