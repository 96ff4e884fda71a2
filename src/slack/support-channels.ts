/** Support channels: the list, turned page by page, and the form of one. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { addSupportChannel } from '../services/support-channel/add.ts';
import { editSupportChannel, removeSupportChannel } from '../services/support-channel/edit.ts';
import { channelForm, supportChannels } from '../services/support-channel/list.ts';
import type { Deps } from '../services/deps.ts';
import { showing, type Click, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { showBelow, showInstead } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import {
  channelModal,
  channelsModal,
  editedChannelModal,
  ids,
  readChannel,
  removedModal,
} from './views/support-channels.ts';

async function showList(click: Click, deps: Deps): Promise<void> {
  const { actor, ...opening } = showing(click);
  const load = async () => channelsModal(await supportChannels(deps, actor));
  await openModal({ ...opening, title: 'Support channels' }, load);
}

async function turnPage(click: Click, deps: Deps): Promise<void> {
  await showInstead(click, channelsModal(await supportChannels(deps, actorOf(click), Number(click.action.value))));
}

async function openForm(click: Click, deps: Deps, channelId: string | undefined): Promise<void> {
  const { actor, ...opening } = showing(click);
  const title = channelId === undefined ? 'Add support channel' : 'Edit support channel';
  const load = async () => channelModal(await channelForm(deps, actor, channelId));
  await openModal({ ...opening, title }, load);
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { view } = submission;
  const actor = actorOf(submission);
  const form = readChannel(view);
  const edited = 'added' in form ? undefined : await editSupportChannel(deps, actor, form.changed);
  if ('added' in form) await addSupportChannel(deps, actor, form.added);
  await showBelow(submission, view.previous_view_id, async () => channelsModal(await supportChannels(deps, actor)));
  const more = edited && editedChannelModal(edited);
  return more ? { show: more } : { close: 'top' };
}

async function remove(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const channelId = click.action.value ?? '';
  await removeSupportChannel(deps, actor, channelId);
  await showInstead(click, removedModal(channelId));
  await showBelow(click, click.body.view?.previous_view_id, async () =>
    channelsModal(await supportChannels(deps, actor)),
  );
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
