/** *My preferences*: by command, by global shortcut, and by a button anywhere. */
import type { App, BlockAction, ButtonAction, GlobalShortcut, ViewSubmitAction } from '@slack/bolt';
import { preferences } from '../services/agent/preferences.ts';
import { savePreferences } from '../services/agent/save-preferences.ts';
import type { Deps } from '../services/deps.ts';
import { showing, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { ids, preferencesModal, readPreferences, savedPreferencesModal } from './views/preferences.ts';

/** Opens the form. */
export const showPreferences = ({ actor, ...opening }: Showing, deps: Deps): Promise<void> =>
  openModal({ ...opening, title: 'My preferences' }, async () => preferencesModal(await preferences(deps, actor)));

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const { view } = submission;
  // It says that it is saved: nothing else would change where the form was opened from.
  return {
    show: savedPreferencesModal(await savePreferences(deps, actorOf(submission), readPreferences(view)), view),
  };
}

export function registerPreferences(app: App, deps: Deps): void {
  app.shortcut<GlobalShortcut>(ids.shortcut, (shortcut) => showPreferences(showing(shortcut), deps));
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showPreferences(showing(click), deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
