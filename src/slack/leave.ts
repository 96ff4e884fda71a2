/** *Leave*: by command, in the panel, and all the same as the last one in. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { leave } from '../services/conversation/leave.ts';
import type { Deps } from '../services/deps.ts';
import type { Click } from './act.ts';
import { actorOf } from './actor.ts';
import { saying } from './told.ts';
import { ids, lastOneModal, leftModal, leftReply } from './views/leave.ts';

async function press(click: Click, deps: Deps, anyway: boolean): Promise<void> {
  const outcome = await leave(deps, actorOf(click), { conversationId: click.action.value ?? '', anyway });
  const view = outcome.outcome === 'left' ? leftModal(outcome) : lastOneModal(outcome);
  const viewId = click.body.view?.type === 'modal' ? click.body.view.id : undefined;
  const show = () =>
    viewId === undefined
      ? click.client.views.open({ trigger_id: click.body.trigger_id, view })
      : click.client.views.update({ view_id: viewId, view });
  if (outcome.outcome === 'left') await saying(leftReply(outcome), show);
  else await show();
}

export function registerLeave(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.leave, (click) => press(click, deps, false));
  app.action<BlockAction<ButtonAction>>(ids.anyway, (click) => press(click, deps, true));
}
