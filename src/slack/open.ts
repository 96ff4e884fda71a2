/** `/livechat open`: at once, or after asking which desk it is for. */
import type { App, ViewSubmitAction } from '@slack/bolt';
import { desksToChoose } from '../services/conversation/desk-for.ts';
import { openConversation } from '../services/conversation/open.ts';
import type { Deps } from '../services/deps.ts';
import { showing, type Command } from './act.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted } from './modal.ts';
import { reply } from './reply.ts';
import { ids, openModalFor, readOpen } from './views/desk-question.ts';
import { openedMessage, openedModal } from './views/livechat.ts';

export async function openHere(command: Command, deps: Deps): Promise<void> {
  const { actor, ...opening } = showing(command);
  const channelId = command.body.channel_id;
  const desks = await desksToChoose(deps, actor, channelId);
  if (desks.length === 0) {
    await reply(command.respond, openedMessage(await openConversation(deps, actor, { channelId })));
    return;
  }
  await openModal({ ...opening, title: 'Open a conversation' }, () =>
    Promise.resolve(openModalFor({ channelId, desks })),
  );
}

export function registerOpen(app: App, deps: Deps): void {
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => {
      const opened = await openConversation(deps, actorOf(submission), readOpen(submission.view));
      return { show: openedModal(opened) };
    }),
  );
}
