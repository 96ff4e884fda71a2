/** The message shortcuts *Live chat* and *Ask for help here*, and opening a conversation in a thread. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import { openConversation } from '../services/conversation/open.ts';
import { panelOf } from '../services/conversation/panel.ts';
import { lookAtThread } from '../services/conversation/thread.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { showAsk } from './ask.ts';
import { openModal } from './modal.ts';
import type { Modal } from './views/blocks.ts';
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

export function registerThread(app: App, deps: Deps): void {
  app.shortcut<MessageShortcut>('live_chat', (shortcut) =>
    openModal({ client: shortcut.client, triggerId: shortcut.body.trigger_id, title: 'Live chat' }, () =>
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
        message: shortcut.body.message.text ?? '',
      },
      deps,
    ),
  );
  app.action<BlockAction<ButtonAction>>(ids.open, async (click) => {
    const actor = actorOf(click);
    const { conversationId } = await openConversation(deps, actor, readSpot(click.action.value ?? ''));
    const viewId = click.body.view?.id;
    if (viewId === undefined) return;
    await click.client.views.update({ view_id: viewId, view: panelModal(await panelOf(deps, actor, conversationId)) });
  });
}
