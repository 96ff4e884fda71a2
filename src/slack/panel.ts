/** The information panel: opened by command and by buttons anywhere, saved, and its buttons. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { STATUS_NAMES } from '../domain/conversation.ts';
import { closeByHand } from '../services/conversation/close.ts';
import { currentCustomers, customerOptions } from '../services/conversation/customers.ts';
import { panelOf } from '../services/conversation/panel.ts';
import { savePanel } from '../services/conversation/save-panel.ts';
import { setStatusByHand } from '../services/conversation/set-status.ts';
import { Refusal } from '../errors.ts';
import type { Deps } from '../services/deps.ts';
import { askFormOf } from '../services/help/ask-form.ts';
import { showing, type Click, type Search, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { showInstead } from './instead.ts';
import { openModal, submitted, suggested, type SubmitAnswer } from './modal.ts';
import { readPayload } from './payload.ts';
import { saying } from './told.ts';
import { askModal } from './views/ask.ts';
import { messageModal } from './views/blocks.ts';
import { closedReply, statusReply } from './views/livechat.ts';
import { customerOption, ids as customers } from './views/customers-input.ts';
import { option, readRow } from './views/form.ts';
import { noteChangedModal, readPanel } from './views/panel-form.ts';
import { ids, panelModal, savedPanelModal } from './views/panel.ts';
import { ids as which, readStatus } from './views/which.ts';

/** Opens the panel of a conversation. */
export const showPanel = ({ actor, ...opening }: Showing, deps: Deps, conversationId: string): Promise<void> =>
  openModal({ ...opening, title: 'Conversation' }, async () => panelModal(await panelOf(deps, actor, conversationId)));

const isNoteConflict = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'conflict' && error.field === 'note';

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  try {
    return await saved(submission, deps);
  } catch (error) {
    const shown = readPayload(submission.body).modal;
    if (!isNoteConflict(error) || shown === undefined) throw error;
    const { conversationId } = readPanel(submission.view);
    const { note } = await panelOf(deps, actorOf(submission), conversationId);
    return { show: noteChangedModal(shown.modal, note) };
  }
}

async function saved(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const { askForHelp, ...change } = readPanel(submission.view);
  const more = savedPanelModal(await savePanel(deps, actor, change), change.conversationId);
  if (!askForHelp) return more ? { show: more } : { close: 'top' };
  return { show: askModal(await askFormOf(deps, actor, change.conversationId)) };
}

async function close(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const conversationId = click.action.value ?? '';
  await closeByHand(deps, actor, { conversationId });
  const view = panelModal(await panelOf(deps, actor, conversationId));
  await saying(closedReply, () => showInstead(click, view));
}

/** The panel somebody types a name in. */
const conversationOf = ({ body }: Search): string => (body.view ? (readRow(body.view)?.id ?? '') : '');

async function suggestCustomers(asked: Search, deps: Deps): Promise<PlainTextOption[]> {
  const looking = { conversationId: conversationOf(asked), typed: asked.options.value };
  const choices = await customerOptions(deps, actorOf(asked), looking);
  return choices.map((choice) => customerOption(choice, choices));
}

async function suggestCurrent(asked: Search, deps: Deps): Promise<PlainTextOption[]> {
  const looking = { conversationId: conversationOf(asked), typed: asked.options.value };
  return (await currentCustomers(deps, actorOf(asked), looking)).map(({ id, name }) => option(name, id));
}

/** The status that was typed, of the one that was meant. */
async function setStatus(click: Click, deps: Deps): Promise<void> {
  const { conversationId, status } = readStatus(click.action.value ?? '');
  const changed = await setStatusByHand(deps, actorOf(click), { conversationId, status });
  const said = statusReply(STATUS_NAMES[status], changed);
  await saying(said, () => showInstead(click, messageModal('Status', said)));
}

export function registerPanel(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showPanel(showing(click), deps, click.action.value ?? ''));
  app.action<BlockAction<ButtonAction>>(ids.close, (click) => close(click, deps));
  app.action<BlockAction<ButtonAction>>(which.status, (click) => setStatus(click, deps));
  app.options(customers.options, (asked) => suggested(asked, () => suggestCustomers(asked, deps)));
  app.options(customers.current, (asked) => suggested(asked, () => suggestCurrent(asked, deps)));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
