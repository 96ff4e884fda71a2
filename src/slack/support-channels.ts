/** Support channels: the list, turned page by page, and the form of one. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  Logger,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { addSupportChannel } from '../services/support-channel/add.ts';
import { editSupportChannel, removeSupportChannel } from '../services/support-channel/edit.ts';
import { channelForm, supportChannels } from '../services/support-channel/list.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import {
  channelModal,
  channelsModal,
  editedChannelModal,
  ids,
  readChannel,
  removedModal,
} from './views/support-channels.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

const howOf = (click: Click): 'push' | 'open' => (click.body.view?.type === 'modal' ? 'push' : 'open');

async function showList(click: Click, deps: Deps): Promise<void> {
  const { client, body } = click;
  const load = async () => channelsModal(await supportChannels(deps, actorOf(click)));
  await openModal({ client, triggerId: body.trigger_id, title: 'Support channels' }, load, howOf(click));
}

async function turnPage(click: Click, deps: Deps): Promise<void> {
  const view = channelsModal(await supportChannels(deps, actorOf(click), Number(click.action.value)));
  const viewId = click.body.view?.id;
  if (viewId !== undefined) await click.client.views.update({ view_id: viewId, view });
}

async function openForm(click: Click, deps: Deps, channelId: string | undefined): Promise<void> {
  const { client, body } = click;
  const title = channelId === undefined ? 'Add support channel' : 'Edit support channel';
  const load = async () => channelModal(await channelForm(deps, actorOf(click), channelId));
  await openModal({ client, triggerId: body.trigger_id, title }, load, howOf(click));
}

type Below = { client: WebClient; logger: Logger; actor: Actor; listViewId: string | null | undefined };

/** The list below the form is as old as the form: it is shown anew. That it could not be must not look like a failed save. */
async function refreshList({ client, logger, actor, listViewId }: Below, deps: Deps): Promise<void> {
  if (!listViewId) return;
  try {
    await client.views.update({ view_id: listViewId, view: channelsModal(await supportChannels(deps, actor)) });
  } catch (error) {
    logger.warn('The list of support channels below a form could not be refreshed.', error);
  }
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { client, logger, view } = submission;
  const actor = actorOf(submission);
  const form = readChannel(view);
  const edited = 'added' in form ? undefined : await editSupportChannel(deps, actor, form.changed);
  if ('added' in form) await addSupportChannel(deps, actor, form.added);
  await refreshList({ client, logger, actor, listViewId: view.previous_view_id }, deps);
  const more = edited && editedChannelModal(edited);
  return more ? { show: more } : { close: 'top' };
}

async function remove(click: Click, deps: Deps): Promise<void> {
  const { client, logger, body } = click;
  const actor = actorOf(click);
  const channelId = click.action.value ?? '';
  await removeSupportChannel(deps, actor, channelId);
  if (body.view === undefined) return;
  await client.views.update({ view_id: body.view.id, view: removedModal(channelId) });
  await refreshList({ client, logger, actor, listViewId: body.view.previous_view_id }, deps);
}

export function registerSupportChannels(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showList(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.back, (click) => turnPage(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.next, (click) => turnPage(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openForm(click, deps, undefined));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openForm(click, deps, click.action.value));
  app.action<BlockAction<ButtonAction>>(ids.remove, (click) => remove(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
