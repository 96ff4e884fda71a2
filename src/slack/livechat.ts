/** `/livechat`: the conversation of this channel, and everything around it. */
import type { App } from '@slack/bolt';
import { matchName, splitWord } from '../domain/command-line.ts';
import { statusNamed, STATUS_NAMES } from '../domain/conversation.ts';
import { closeByHand } from '../services/conversation/close.ts';
import { conversationsHere, openThreadsIn } from '../services/conversation/find.ts';
import { leave } from '../services/conversation/leave.ts';
import { setStatusByHand } from '../services/conversation/set-status.ts';
import type { Deps } from '../services/deps.ts';
import { joinConversation } from '../services/help/join-conversation.ts';
import { showing, type Command } from './act.ts';
import { actorOf } from './actor.ts';
import { showAsk, showAskOf } from './ask.ts';
import { showAdministrators } from './administrators.ts';
import { showDesks } from './desks.ts';
import { showForwardHere } from './forward.ts';
import { showHelpList } from './help-list.ts';
import { showInviteHere } from './invite.ts';
import { openModal } from './modal.ts';
import { openHere } from './open.ts';
import { showPanel } from './panel.ts';
import { reply } from './reply.ts';
import { showTokens } from './tokens.ts';
import { showUndelivered } from './undelivered.ts';
import { joinAnswer } from './views/join.ts';
import { lastOneModal, leftReply } from './views/leave.ts';
import { closedReply, helpText, statusReply, unknownStatusReply, unknownWordReply } from './views/livechat.ts';
import { whichModal, type Wish } from './views/which.ts';
import { showWhy } from './why.ts';

type Word =
  | 'panel'
  | 'open'
  | 'status'
  | 'ask'
  | 'invite'
  | 'forward'
  | 'join'
  | 'leave'
  | 'close'
  | 'why'
  | 'list'
  | 'desks'
  | 'admins'
  | 'tokens'
  | 'undelivered'
  | 'help';

/** Does what was wished to the conversation of this channel; where several are open it asks to which, because Slack does not say. */
async function withConversation(
  command: Command,
  deps: Deps,
  wish: Wish,
  work: (conversationId: string) => Promise<void>,
): Promise<void> {
  const { actor, ...opening } = showing(command);
  const [first, ...others] = await conversationsHere(deps, actor, command.body.channel_id);
  if (first === undefined) return;
  if (others.length === 0) await work(first.conversationId);
  else
    await openModal({ ...opening, title: 'Which conversation?' }, () =>
      Promise.resolve(whichModal([first, ...others], wish)),
    );
}

const panel = (command: Command, deps: Deps): Promise<void> =>
  withConversation(command, deps, 'panel', (conversationId) => showPanel(showing(command), deps, conversationId));

async function status(command: Command, deps: Deps, rest: string): Promise<void> {
  const wanted = statusNamed(rest);
  if (rest === '') await panel(command, deps);
  else if (wanted === undefined) await reply(command.respond, unknownStatusReply(rest));
  else if (wanted === 'looking_for_help') await ask(command, deps);
  else {
    await withConversation(command, deps, { status: wanted }, async (conversationId) => {
      const changed = await setStatusByHand(deps, actorOf(command), { conversationId, status: wanted });
      await reply(command.respond, statusReply(STATUS_NAMES[wanted], changed));
    });
  }
}

/** In a channel without threads of its own to ask about, the channel is meant. */
async function ask(command: Command, deps: Deps): Promise<void> {
  const spot = { channelId: command.body.channel_id };
  const threads = await openThreadsIn(deps, actorOf(command), spot.channelId);
  if (threads.length === 0) return showAsk(showing(command), deps, { spot });
  await withConversation(command, deps, 'ask', (conversationId) => showAskOf(showing(command), deps, conversationId));
}

const join = (command: Command, deps: Deps): Promise<void> =>
  withConversation(command, deps, 'join', async (conversationId) => {
    await reply(command.respond, joinAnswer(await joinConversation(deps, actorOf(command), conversationId)));
  });

const leaving = (command: Command, deps: Deps): Promise<void> =>
  withConversation(command, deps, 'leave', async (conversationId) => {
    const outcome = await leave(deps, actorOf(command), { conversationId });
    if (outcome.outcome === 'left') await reply(command.respond, leftReply(outcome));
    else
      await openModal({ ...showing(command), title: 'Leave conversation' }, () =>
        Promise.resolve(lastOneModal(outcome)),
      );
  });

const close = (command: Command, deps: Deps): Promise<void> =>
  withConversation(command, deps, 'close', async (conversationId) => {
    await closeByHand(deps, actorOf(command), { conversationId });
    await reply(command.respond, closedReply);
  });

const explain = (command: Command, deps: Deps): Promise<void> =>
  withConversation(command, deps, 'why', (conversationId) => showWhy(showing(command), deps, conversationId));

const words: Record<Word, (command: Command, deps: Deps, rest: string) => Promise<void>> = {
  panel,
  open: openHere,
  status,
  ask,
  invite: (command, deps) => showInviteHere(showing(command), deps, command.body.channel_id),
  forward: (command, deps) => showForwardHere(showing(command), deps, command.body.channel_id),
  join,
  leave: leaving,
  close,
  why: explain,
  list: (command, deps) => showHelpList(showing(command), deps),
  desks: (command, deps) => showDesks(showing(command), deps),
  admins: (command, deps) => showAdministrators(showing(command), deps),
  tokens: (command, deps) => showTokens(showing(command), deps),
  undelivered: (command, deps) => showUndelivered(showing(command), deps),
  help: (command) => reply(command.respond, helpText),
};

const WORDS: readonly Word[] = [
  'panel',
  'open',
  'status',
  'ask',
  'invite',
  'forward',
  'join',
  'leave',
  'close',
  'why',
  'list',
  'desks',
  'admins',
  'tokens',
  'undelivered',
  'help',
];

async function dispatch(command: Command, deps: Deps): Promise<void> {
  const { word, rest } = splitWord(command.command.text);
  if (word === '') {
    await panel(command, deps);
    return;
  }
  const match = matchName(
    word,
    WORDS.map((item) => ({ item, keys: [item] })),
  );
  if (match.kind === 'found') await words[match.item](command, deps, rest.trim());
  else await reply(command.respond, unknownWordReply(word, match.kind === 'none' ? match.closest : match.items[0]));
}

export function registerLivechat(app: App, deps: Deps): void {
  app.command('/livechat', (command) => dispatch(command, deps));
}
