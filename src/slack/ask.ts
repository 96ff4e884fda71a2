/** Asking for help: the form, and its submission. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { askForHelp } from '../services/help/ask.ts';
import type { Spot } from '../domain/place.ts';
import { askForm, askFormOf } from '../services/help/ask-form.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { askedModal, askModal, ids, readAsk } from './views/ask.ts';
import { ids as panel } from './views/panel.ts';

type Showing = { client: WebClient; triggerId: string; actor: Actor; spot: Spot; message?: string };

/** Opens the form for a channel or thread, with the message it is asked on. */
export async function showAsk({ client, triggerId, actor, spot, message = '' }: Showing, deps: Deps): Promise<void> {
  const load = async () => askModal(await askForm(deps, actor, { ...spot, message }));
  await openModal({ client, triggerId, title: 'Ask for help' }, load);
}

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  return { show: askedModal(await askForHelp(deps, actorOf(submission), readAsk(submission.view))) };
}

export function registerAsk(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(panel.ask, (click) =>
    openModal(
      { client: click.client, triggerId: click.body.trigger_id, title: 'Ask for help' },
      async () => askModal(await askFormOf(deps, actorOf(click), click.action.value ?? '')),
      'push',
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
