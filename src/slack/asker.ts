/** *Still need help*, pressed by somebody whose request ended because a colleague came in. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { stillNeedHelp } from '../services/help/still-needed.ts';
import { actorOf } from './actor.ts';
import { reply } from './reply.ts';
import { ids, stillNeededReply } from './views/asker.ts';

export function registerAsker(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.still, async (click) => {
    const continued = await stillNeedHelp(deps, actorOf(click), { requestId: click.action.value ?? '' });
    await reply(click.respond, stillNeededReply(continued));
  });
}
