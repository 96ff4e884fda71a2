/** *Join*, *Join as well* and *Not now*: on the help card, in calls, in lists and in the panel. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { joinConversation } from '../services/help/join-conversation.ts';
import { join, joinAsWell, type JoinOutcome } from '../services/help/join.ts';
import { notNow } from '../services/help/not-now.ts';
import type { Click } from './act.ts';
import { actorOf } from './actor.ts';
import { readPayload } from './payload.ts';
import { reply } from './reply.ts';
import { saying } from './told.ts';
import { modal } from './views/blocks.ts';
import { ids, type Message } from './views/help-card.ts';
import { joinAnswer, notNowReply } from './views/join.ts';
import { ids as panel } from './views/panel.ts';
import { ids as which } from './views/which.ts';

/** Answers a click where it was made: beside the message, in the modal, or over Home. @throws Unsaid */
async function answerClick({ body, client, respond }: Click, { text, blocks }: Message): Promise<void> {
  const view = modal('Join', blocks);
  const open = readPayload(body).modal;
  if (open) await saying({ text, blocks }, () => client.views.update({ view_id: open.id, view }));
  else if (body.view) await saying({ text, blocks }, () => client.views.open({ trigger_id: body.trigger_id, view }));
  else await reply(respond, { text, blocks });
}

const pressed =
  (verb: (click: Click) => Promise<JoinOutcome>) =>
  async (click: Click): Promise<void> =>
    answerClick(click, joinAnswer(await verb(click)));

export function registerJoin(app: App, deps: Deps): void {
  const first = pressed((click) => join(deps, actorOf(click), { requestId: click.action.value ?? '' }));
  const asWell = pressed((click) => joinAsWell(deps, actorOf(click), { conversationId: click.action.value ?? '' }));
  app.action<BlockAction<ButtonAction>>(ids.join, first);
  app.action<BlockAction<ButtonAction>>(panel.join, first);
  app.action<BlockAction<ButtonAction>>(ids.joinAsWell, asWell);
  const chosen = pressed((click) => joinConversation(deps, actorOf(click), click.action.value ?? ''));
  app.action<BlockAction<ButtonAction>>(which.join, chosen);
  app.action<BlockAction<ButtonAction>>(ids.notNow, async (click) => {
    const { isNew, isReplaced } = await notNow(deps, actorOf(click), { requestId: click.action.value ?? '' });
    await reply(click.respond, notNowReply(isNew, isReplaced));
  });
}
