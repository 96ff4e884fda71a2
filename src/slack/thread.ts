/** The message shortcuts *Live chat* and *Ask for help here*, and opening a conversation in a thread. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import { Refusal } from '../errors.ts';
import { desksToChoose } from '../services/conversation/desk-for.ts';
import { openConversation } from '../services/conversation/open.ts';
import { panelOf } from '../services/conversation/panel.ts';
import { lookAtThread } from '../services/conversation/thread.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { showing } from './act.ts';
import { actorOf } from './actor.ts';
import { showAsk } from './ask.ts';
import { showInstead } from './instead.ts';
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

/**
 * Refuses, in words of what to do instead, what the payload shows can hold no conversation. A reply of Beckon's in somebody's thread means
 * the thread.
 *
 * @throws Refusal `wrong_place`
 */
function requireThread({ body, context }: Shortcut): void {
  const { message, channel } = body;
  if (channel.id.startsWith('D')) {
    throw new Refusal(
      'wrong_place',
      'Conversations live in channels, and this is a direct message. Go to the customer’s channel and try again there.',
    );
  }
  const begins = message['thread_ts'] === undefined || message['thread_ts'] === message.ts;
  if (begins && message.user !== undefined && message.user === context.botUserId) {
    throw new Refusal('wrong_place', 'This is Beckon’s own message. Use the shortcut on the message of the customer.');
  }
}

async function look(deps: Deps, actor: Actor, spot: { channelId: string; threadTs: string }): Promise<Modal> {
  const found = await lookAtThread(deps, actor, spot);
  return found.found === 'open' ? panelModal(await panelOf(deps, actor, found.conversationId)) : threadModal(found);
}

/** The panel of the conversation opened now, or the question which desk it is for. */
async function opened(deps: Deps, actor: Actor, spot: ReturnType<typeof readSpot>): Promise<Modal> {
  const desks = await desksToChoose(deps, actor, spot.channelId);
  if (desks.length > 0) return openModalFor({ ...spot, desks });
  const { conversationId } = await openConversation(deps, actor, spot);
  return panelModal(await panelOf(deps, actor, conversationId));
}

export function registerThread(app: App, deps: Deps): void {
  app.shortcut<MessageShortcut>('live_chat', async (shortcut) => {
    requireThread(shortcut);
    const { actor, ...opening } = showing(shortcut);
    await openModal({ ...opening, title: 'Conversation' }, () => look(deps, actor, spotOf(shortcut)));
  });
  app.shortcut<MessageShortcut>('ask_for_help_here', async (shortcut) => {
    requireThread(shortcut);
    const message = plainWords(shortcut.body.message.text ?? '');
    await showAsk(showing(shortcut), deps, { spot: spotOf(shortcut), message });
  });
  app.action<BlockAction<ButtonAction>>(ids.open, async (click) => {
    await showInstead(click, await opened(deps, actorOf(click), readSpot(click.action.value ?? '')));
  });
}
