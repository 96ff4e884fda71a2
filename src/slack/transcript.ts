/** The button *Transcript*. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { transcriptOf } from '../services/conversation/transcript.ts';
import type { Deps } from '../services/deps.ts';
import { showing } from './act.ts';
import { openModal } from './modal.ts';
import { ids, transcriptModal } from './views/transcript.ts';

export function registerTranscript(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, async (click) => {
    const { actor, ...opening } = showing(click);
    const load = async () => transcriptModal(await transcriptOf(deps, actor, click.action.value ?? ''));
    await openModal({ ...opening, title: 'Transcript' }, load);
  });
}
