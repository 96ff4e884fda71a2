/** *Pause* and *Resume* on Home, and the day that can be chosen in every form that pauses. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  RadioButtonsAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { pause } from '../services/agent/pause.ts';
import type { Deps } from '../services/deps.ts';
import { showing } from './act.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted } from './modal.ts';
import { publishHome } from './publish-home.ts';
import { readPayload } from './payload.ts';
import { PAUSE, withPauseDate } from './views/pause-input.ts';
import { ids, pauseModal, readPause } from './views/pause.ts';

type Choice = SlackActionMiddlewareArgs<BlockAction<StaticSelectAction | RadioButtonsAction>> & AllMiddlewareArgs;

/** The day to choose comes and goes with what is chosen; everything else in the form stays. */
async function chosen({ client, body, action }: Choice): Promise<void> {
  const { modal } = readPayload(body);
  if (modal === undefined) return;
  const view = withPauseDate(modal.modal, action.selected_option?.value ?? '');
  await client.views.update({ view_id: modal.id, view });
}

export function registerPause(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal({ ...showing(click), title: 'Pause' }, () => Promise.resolve(pauseModal())),
  );
  app.action<BlockAction<ButtonAction>>(ids.resume, async (click) => {
    const actor = actorOf(click);
    await pause(deps, actor, 'none');
    await publishHome(click.client, deps, actor);
  });
  app.action<BlockAction<StaticSelectAction | RadioButtonsAction>>({ action_id: PAUSE, block_id: PAUSE }, chosen);
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => {
      const actor = actorOf(submission);
      const { how, date } = readPause(submission.view);
      await pause(deps, actor, how, date);
      await publishHome(submission.client, deps, actor);
      return { close: 'top' };
    }),
  );
}
