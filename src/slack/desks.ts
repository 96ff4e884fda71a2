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
import { editDesk } from '../services/desk/edit.ts';
import { deskForm, deskList } from '../services/desk/list.ts';
import { newDesk } from '../services/desk/new.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { deskModal, desksModal, editedDeskModal, ids, readDesk } from './views/desks.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Opens the list of desks. */
export async function showDesks(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> {
  await openModal({ client, triggerId, title: 'Desks' }, async () => desksModal(await deskList(deps, actor)));
}

async function openForm(click: Click, deps: Deps, deskId: string | undefined): Promise<void> {
  const { client, body } = click;
  const title = deskId === undefined ? 'New desk' : 'Edit desk';
  const how = body.view?.type === 'modal' ? 'push' : 'open';
  const load = async () => deskModal(await deskForm(deps, actorOf(click), deskId));
  await openModal({ client, triggerId: body.trigger_id, title }, load, how);
}

/** The list below the form is as old as the form: it is shown anew. That it could not be must not look like a failed save. */
async function refreshList({ client, view, logger, ...args }: Submission, deps: Deps): Promise<void> {
  const listViewId = view.root_view_id;
  if (listViewId === null || listViewId === view.id) return;
  try {
    const shown = desksModal(await deskList(deps, actorOf(args)));
    await client.views.update({ view_id: listViewId, view: shown });
  } catch (error) {
    logger.warn('The list of desks below a saved form could not be refreshed.', error);
  }
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readDesk(submission.view);
  const edited = 'added' in form ? undefined : await editDesk(deps, actor, form.changed);
  if ('added' in form) await newDesk(deps, actor, form.added);
  await refreshList(submission, deps);
  const more = edited && editedDeskModal(edited);
  return more ? { show: more } : { close: 'top' };
}

export function registerDesks(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showDesks({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openForm(click, deps, undefined));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openForm(click, deps, click.action.value));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
