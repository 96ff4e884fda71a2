/** The button *Transcript*. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { transcriptOf } from '../services/conversation/transcript.ts';
import type { Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal } from './modal.ts';
import { ids, transcriptModal } from './views/transcript.ts';

export function registerTranscript(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, async (click) => {
    const { client, body, action } = click;
    const load = async () => transcriptModal(await transcriptOf(deps, actorOf(click), action.value ?? ''));
    const how = body.view?.type === 'modal' ? 'push' : 'open';
    await openModal({ client, triggerId: body.trigger_id, title: 'Transcript' }, load, how);
  });
}
