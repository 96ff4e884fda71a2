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
import { askForm } from '../services/help/ask-form.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { askedModal, askModal, ids, readAsk } from './views/ask.ts';
import { ids as panel } from './views/panel.ts';

type Showing = { client: WebClient; triggerId: string; actor: Actor; channelId: string; how?: 'open' | 'push' };

/** Opens the form for a channel, or lays it on the modal it was asked for in. */
export async function showAsk(
  { client, triggerId, actor, channelId, how = 'open' }: Showing,
  deps: Deps,
): Promise<void> {
  const load = async () => askModal(await askForm(deps, actor, channelId));
  await openModal({ client, triggerId, title: 'Ask for help' }, load, how);
}

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  return { show: askedModal(await askForHelp(deps, actorOf(submission), readAsk(submission.view))) };
}

export function registerAsk(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(panel.ask, (click) =>
    showAsk(
      {
        client: click.client,
        triggerId: click.body.trigger_id,
        actor: actorOf(click),
        channelId: click.action.value ?? '',
        how: 'push',
      },
      deps,
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
