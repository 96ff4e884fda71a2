/** The webhook of a token: its form, its test, its secret, its end. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { removeWebhook, renewWebhookSecret, setWebhook } from '../services/token/set-webhook.ts';
import { testWebhook } from '../services/token/test-webhook.ts';
import { webhookForm } from '../services/token/webhook-form.ts';
import { showing, type Click, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { showInstead } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import type { Modal } from './views/blocks.ts';
import {
  ids,
  readWebhook,
  removedText,
  savedText,
  testedText,
  testingText,
  TITLE,
  webhookModal,
  webhookSecretModal,
} from './views/webhook.ts';

const tokenOf = ({ action }: Click): string => action.value ?? '';

const formOf = async (click: Click, deps: Deps, said?: string): Promise<Modal> =>
  webhookModal(await webhookForm(deps, actorOf(click), tokenOf(click)), said);

const open = (click: Click, deps: Deps): Promise<void> =>
  openModal({ ...showing(click), title: TITLE }, () => formOf(click, deps));

/** An endpoint may take its time; that something is under way is seen at once. */
async function test(click: Click, deps: Deps): Promise<void> {
  await showInstead(click, await formOf(click, deps, testingText));
  const error = await testWebhook(deps, actorOf(click), tokenOf(click));
  await showInstead(click, await formOf(click, deps, testedText(error)));
}

async function renew(click: Click, deps: Deps): Promise<void> {
  await showInstead(click, webhookSecretModal(await renewWebhookSecret(deps, actorOf(click), tokenOf(click))));
}

async function remove(click: Click, deps: Deps): Promise<void> {
  const removed = await removeWebhook(deps, actorOf(click), tokenOf(click));
  await showInstead(click, await formOf(click, deps, removedText(removed)));
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const typed = readWebhook(submission.view);
  const secret = await setWebhook(deps, actor, typed);
  if (secret !== undefined) return { show: webhookSecretModal(secret) };
  return { show: webhookModal(await webhookForm(deps, actor, typed.tokenId), savedText) };
}

export function registerWebhook(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => open(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.test, (click) => test(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.renew, (click) => renew(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.remove, (click) => remove(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
