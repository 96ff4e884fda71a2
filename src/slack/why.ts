/** *Why this agent?* and *Why me?*: what was decided for a conversation. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { why } from '../services/forward/decision.ts';
import { showing, type Showing } from './act.ts';
import { openModal } from './modal.ts';
import { ids as turn } from './views/turn.ts';
import { ids, whyModal } from './views/why.ts';

/** Opens what was decided. */
export const showWhy = ({ actor, ...opening }: Showing, deps: Deps, conversationId: string): Promise<void> =>
  openModal({ ...opening, title: 'Why this agent?' }, async () => whyModal(await why(deps, actor, { conversationId })));

export function registerWhy(app: App, deps: Deps): void {
  for (const actionId of [ids.open, turn.why]) {
    app.action<BlockAction<ButtonAction>>(actionId, (click) => showWhy(showing(click), deps, click.action.value ?? ''));
  }
}
