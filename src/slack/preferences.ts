/** *My preferences*: by command, by global shortcut, and by a button anywhere. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { preferences } from '../services/agent/preferences.ts';
import { savePreferences } from '../services/agent/save-preferences.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { ids, preferencesModal, readPreferences, savedPreferencesModal } from './views/preferences.ts';

type Showing = { client: WebClient; triggerId: string; actor: Actor; how?: 'open' | 'push' };

/** Opens the form, or lays it on the modal it was asked for in (`push`). */
export async function showPreferences({ client, triggerId, actor, how = 'open' }: Showing, deps: Deps): Promise<void> {
  await openModal(
    { client, triggerId, title: 'My preferences' },
    async () => preferencesModal(await preferences(deps, actor)),
    how,
  );
}

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { view } = submission;
  const saved = await savePreferences(deps, actorOf(submission), readPreferences(view));
  const more = savedPreferencesModal(saved, view);
  return more ? { show: more } : { close: 'top' };
}

export function registerPreferences(app: App, deps: Deps): void {
  app.shortcut<GlobalShortcut>(ids.shortcut, (shortcut) =>
    showPreferences({ client: shortcut.client, triggerId: shortcut.body.trigger_id, actor: actorOf(shortcut) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showPreferences(
      {
        client: click.client,
        triggerId: click.body.trigger_id,
        actor: actorOf(click),
        how: click.body.view?.type === 'modal' ? 'push' : 'open',
      },
      deps,
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
