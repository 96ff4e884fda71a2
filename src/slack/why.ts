/** *Why this agent?* and *Why me?*: what was decided for a conversation. */
import type { AllMiddlewareArgs, App, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { why } from '../services/forward/decision.ts';
import { actorOf } from './actor.ts';
import { openModal } from './modal.ts';
import { ids as turn } from './views/turn.ts';
import { ids, whyModal } from './views/why.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Showing = { client: WebClient; triggerId: string; actor: Actor };

export async function showWhy(
  { actor, ...opening }: Showing,
  deps: Deps,
  conversationId: string,
  how: 'open' | 'push' = 'open',
): Promise<void> {
  const load = async () => whyModal(await why(deps, actor, { conversationId }));
  await openModal({ ...opening, title: 'Why this agent?' }, load, how);
}

const open = (click: Click, deps: Deps): Promise<void> =>
  showWhy(
    { client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) },
    deps,
    click.action.value ?? '',
    click.body.view?.type === 'modal' ? 'push' : 'open',
  );

export function registerWhy(app: App, deps: Deps): void {
  for (const actionId of [ids.open, turn.why]) {
    app.action<BlockAction<ButtonAction>>(actionId, (click) => open(click, deps));
  }
}
