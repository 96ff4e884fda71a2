/** Desks: `/livechat desks`, the button on Home, and the form of a desk. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { archiveDesk, archiving, makeDefaultDesk } from '../services/desk/archive.ts';
import { editDesk } from '../services/desk/edit.ts';
import { deskForm, deskList } from '../services/desk/list.ts';
import { newDesk } from '../services/desk/new.ts';
import { archivedDesks } from '../services/desk/restore.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { archivedModal, archiveModal, ids as archiveIds, readArchive } from './views/archive-desk.ts';
import type { Modal } from './views/blocks.ts';
import { deskModal, desksModal, editedDeskModal, ids, readDesk } from './views/desks.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function listOf(deps: Deps, actor: Actor): Promise<Modal> {
  return desksModal(await deskList(deps, actor), (await archivedDesks(deps, actor)).length);
}

/** Opens the list of desks. */
export async function showDesks(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> {
  await openModal({ client, triggerId, title: 'Desks' }, () => listOf(deps, actor));
}

async function openForm(click: Click, deps: Deps, deskId: string | undefined): Promise<void> {
  const { client, body } = click;
  const title = deskId === undefined ? 'New desk' : 'Edit desk';
  const how = body.view?.type === 'modal' ? 'push' : 'open';
  const load = async () => deskModal(await deskForm(deps, actorOf(click), deskId));
  await openModal({ client, triggerId: body.trigger_id, title }, load, how);
}

type Above = {
  client: WebClient;
  logger: Submission['logger'];
  actor: Actor;
  view: { id: string; root_view_id?: string | null };
};

/** The list below a form is as old as the form: it is shown anew. That it could not be must not look like a failed save. */
export async function refreshList({ client, view, logger, actor }: Above, deps: Deps): Promise<void> {
  const listViewId = view.root_view_id;
  if (!listViewId || listViewId === view.id) return;
  try {
    await client.views.update({ view_id: listViewId, view: await listOf(deps, actor) });
  } catch (error) {
    logger.warn('The list of desks below a saved form could not be refreshed.', error);
  }
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readDesk(submission.view);
  const edited = 'added' in form ? undefined : await editDesk(deps, actor, form.changed);
  if ('added' in form) await newDesk(deps, actor, form.added);
  await refreshList({ ...submission, actor }, deps);
  const more = edited && editedDeskModal(edited);
  return more ? { show: more } : { close: 'top' };
}

/** The form stays, with what was typed in it, on the row's new version. */
async function makeDefault(click: Click, deps: Deps): Promise<void> {
  const { client, logger, body, action } = click;
  const actor = actorOf(click);
  const deskId = action.value ?? '';
  await makeDefaultDesk(deps, actor, deskId);
  if (body.view === undefined) return;
  await client.views.update({ view_id: body.view.id, view: deskModal(await deskForm(deps, actor, deskId)) });
  await refreshList({ client, logger, actor, view: body.view }, deps);
}

async function openArchiving(click: Click, deps: Deps): Promise<void> {
  const { client, body, action } = click;
  const load = async () => archiveModal(await archiving(deps, actorOf(click), action.value ?? ''));
  await openModal({ client, triggerId: body.trigger_id, title: 'Archive desk' }, load, 'push');
}

/** The form of the desk lies below: there is nothing to edit in it any more. */
async function archive(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { client, view, logger } = submission;
  const actor = actorOf(submission);
  await archiveDesk(deps, actor, readArchive(view));
  if (view.previous_view_id) {
    await client.views
      .update({ view_id: view.previous_view_id, view: archivedModal() })
      .catch((error: unknown) => logger.warn('The form of an archived desk could not be replaced.', error));
  }
  await refreshList({ client, view, logger, actor }, deps);
  return { close: 'top' };
}

export function registerDesks(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showDesks({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openForm(click, deps, undefined));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openForm(click, deps, click.action.value));
  app.action<BlockAction<ButtonAction>>(ids.makeDefault, (click) => makeDefault(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.archive, (click) => openArchiving(click, deps));
  app.view<ViewSubmitAction>(archiveIds.form, (submission) => submitted(submission, () => archive(submission, deps)));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
