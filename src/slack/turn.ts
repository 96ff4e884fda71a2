/** *Pass*: on the message that offers a turn, and on Home. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { pass } from '../services/forward/pass.ts';
import type { Click } from './act.ts';
import { actorOf } from './actor.ts';
import { reply } from './reply.ts';
import { saying } from './told.ts';
import { messageModal } from './views/blocks.ts';
import { ids, passedReply } from './views/turn.ts';

/** The message that offered it is edited to say that it was passed on; elsewhere, and too late, they are answered. */
async function press(click: Click, deps: Deps): Promise<void> {
  const { body, client, respond, action } = click;
  const outcome = await pass(deps, actorOf(click), { turnId: action.value ?? '' });
  const said = passedReply(outcome);
  if (body.view) {
    await saying(said, () => client.views.open({ trigger_id: body.trigger_id, view: messageModal('Pass', said) }));
  } else if (outcome.outcome === 'stale') await reply(respond, said);
}

export function registerTurn(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.pass, (click) => press(click, deps));
}
