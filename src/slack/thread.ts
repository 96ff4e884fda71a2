/** The message shortcuts *Live chat* and *Ask for help here*, and opening a conversation in a thread. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import { desksToChoose } from '../services/conversation/desk-for.ts';
import { openConversation } from '../services/conversation/open.ts';
import { panelOf } from '../services/conversation/panel.ts';
import { lookAtThread } from '../services/conversation/thread.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { showAsk } from './ask.ts';
import { openModal } from './modal.ts';
import { plainWords } from './plain-words.ts';
import type { Modal } from './views/blocks.ts';
import { openModalFor } from './views/desk-question.ts';
import { panelModal } from './views/panel.ts';
import { ids, readSpot, threadModal } from './views/thread.ts';

type Shortcut = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** A shortcut on a reply means its thread, on any other message the thread it begins. */
const spotOf = ({ body }: Shortcut) => {
  const { thread_ts: thread } = body.message;
  return { channelId: body.channel.id, threadTs: typeof thread === 'string' ? thread : body.message.ts };
};

async function look(deps: Deps, actor: Actor, spot: { channelId: string; threadTs: string }): Promise<Modal> {
  const found = await lookAtThread(deps, actor, spot);
  return found.found === 'open' ? panelModal(await panelOf(deps, actor, found.conversationId)) : threadModal(found);
}

/** The panel of the conversation opened now, or the question which desk it is for. */
async function opening(deps: Deps, actor: Actor, spot: ReturnType<typeof readSpot>): Promise<Modal> {
  const desks = await desksToChoose(deps, actor, spot.channelId);
  if (desks.length > 0) return openModalFor({ ...spot, desks });
  const { conversationId } = await openConversation(deps, actor, spot);
  return panelModal(await panelOf(deps, actor, conversationId));
}

export function registerThread(app: App, deps: Deps): void {
  app.shortcut<MessageShortcut>('live_chat', (shortcut) =>
    openModal({ client: shortcut.client, triggerId: shortcut.body.trigger_id, title: 'Conversation' }, () =>
      look(deps, actorOf(shortcut), spotOf(shortcut)),
    ),
  );
  app.shortcut<MessageShortcut>('ask_for_help_here', (shortcut) =>
    showAsk(
      {
        client: shortcut.client,
        triggerId: shortcut.body.trigger_id,
        actor: actorOf(shortcut),
        spot: spotOf(shortcut),
        message: plainWords(shortcut.body.message.text ?? ''),
      },
      deps,
    ),
  );
  app.action<BlockAction<ButtonAction>>(ids.open, async (click) => {
    const view = await opening(deps, actorOf(click), readSpot(click.action.value ?? ''));
    const viewId = click.body.view?.id;
    if (viewId !== undefined) await click.client.views.update({ view_id: viewId, view });
  });
}
