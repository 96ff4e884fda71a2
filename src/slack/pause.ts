/** *Pause* and *Resume* on Home. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { pause } from '../services/agent/pause.ts';
import type { Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted } from './modal.ts';
import { publishHome } from './publish-home.ts';
import { ids, pauseModal, readPause } from './views/pause.ts';

export function registerPause(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, ({ client, body }) =>
    openModal({ client, triggerId: body.trigger_id, title: 'Pause' }, () => Promise.resolve(pauseModal())),
  );
  app.action<BlockAction<ButtonAction>>(ids.resume, async (click) => {
    const actor = actorOf(click);
    await pause(deps, actor, 'none');
    await publishHome(click.client, deps, actor);
  });
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => {
      const actor = actorOf(submission);
      await pause(deps, actor, readPause(submission.view));
      await publishHome(submission.client, deps, actor);
      return { close: 'top' };
    }),
  );
}
