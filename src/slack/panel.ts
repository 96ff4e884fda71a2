/** The information panel: opened by command and by buttons anywhere, saved, and its buttons. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { STATUS_NAMES } from '../domain/conversation.ts';
import { closeByHand } from '../services/conversation/close.ts';
import { panelOf } from '../services/conversation/panel.ts';
import { savePanel } from '../services/conversation/save-panel.ts';
import { setStatusByHand } from '../services/conversation/set-status.ts';
import type { Deps } from '../services/deps.ts';
import { askFormOf } from '../services/help/ask-form.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { saying } from './told.ts';
import { askModal } from './views/ask.ts';
import { messageModal } from './views/blocks.ts';
import { closedReply, statusReply } from './views/livechat.ts';
import { ids, panelModal, readPanel } from './views/panel.ts';
import { ids as which, readStatus } from './views/which.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function open(click: Click, deps: Deps): Promise<void> {
  const { client, body, action } = click;
  const load = async () => panelModal(await panelOf(deps, actorOf(click), action.value ?? ''));
  const how = body.view?.type === 'modal' ? 'push' : 'open';
  await openModal({ client, triggerId: body.trigger_id, title: 'Conversation' }, load, how);
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const { askForHelp, ...change } = readPanel(submission.view);
  await savePanel(deps, actor, change);
  if (!askForHelp) return { close: 'top' };
  return { show: askModal(await askFormOf(deps, actor, change.conversationId)) };
}

async function close(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const conversationId = click.action.value ?? '';
  await closeByHand(deps, actor, { conversationId });
  const viewId = click.body.view?.id;
  if (viewId === undefined) return;
  const view = panelModal(await panelOf(deps, actor, conversationId));
  await saying(closedReply, () => click.client.views.update({ view_id: viewId, view }));
}

/** The status that was typed, of the one that was meant. */
async function setStatus(click: Click, deps: Deps): Promise<void> {
  const { conversationId, status } = readStatus(click.action.value ?? '');
  const changed = await setStatusByHand(deps, actorOf(click), { conversationId, status });
  const said = statusReply(STATUS_NAMES[status], changed);
  const viewId = click.body.view?.id;
  if (viewId === undefined) return;
  await saying(said, () => click.client.views.update({ view_id: viewId, view: messageModal('Status', said) }));
}

export function registerPanel(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => open(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.close, (click) => close(click, deps));
  app.action<BlockAction<ButtonAction>>(which.status, (click) => setStatus(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
