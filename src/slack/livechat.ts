/** `/livechat`: the conversation of this channel, and everything around it. */
import type { AllMiddlewareArgs, App, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { matchName, splitWord } from '../domain/command-line.ts';
import { statusNamed, STATUS_NAMES } from '../domain/conversation.ts';
import { closeByHand } from '../services/conversation/close.ts';
import { conversationHere } from '../services/conversation/find.ts';
import { openConversation } from '../services/conversation/open.ts';
import { panelOfChannel } from '../services/conversation/panel.ts';
import { setStatusByHand } from '../services/conversation/set-status.ts';
import type { Deps } from '../services/deps.ts';
import { joinHere } from '../services/help/join-here.ts';
import { actorOf } from './actor.ts';
import { showAsk } from './ask.ts';
import { showDesks } from './desks.ts';
import { showHelpList } from './help-list.ts';
import { openModal } from './modal.ts';
import { reply } from './reply.ts';
import { joinAnswer } from './views/join.ts';
import {
  closedReply,
  helpText,
  openedReply,
  statusReply,
  unknownStatusReply,
  unknownWordReply,
} from './views/livechat.ts';
import { panelModal } from './views/panel.ts';

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type Word = 'panel' | 'open' | 'status' | 'ask' | 'join' | 'close' | 'list' | 'desks' | 'help';

/** What opening a modal takes. */
const showing = (command: Command) => ({
  client: command.client,
  triggerId: command.body.trigger_id,
  actor: actorOf(command),
});

async function panel(command: Command, deps: Deps): Promise<void> {
  const { actor, ...opening } = showing(command);
  const load = async () => panelModal(await panelOfChannel(deps, actor, command.body.channel_id));
  await openModal({ ...opening, title: 'Live chat' }, load);
}

async function open(command: Command, deps: Deps): Promise<void> {
  const opened = await openConversation(deps, actorOf(command), { channelId: command.body.channel_id });
  await reply(command.respond, openedReply(opened.customers));
}

async function status(command: Command, deps: Deps, rest: string): Promise<void> {
  const wanted = statusNamed(rest);
  if (rest === '') await panel(command, deps);
  else if (wanted === undefined) await reply(command.respond, unknownStatusReply(rest));
  else if (wanted === 'looking_for_help') await ask(command, deps);
  else {
    const actor = actorOf(command);
    const { id } = await conversationHere(deps, actor, command.body.channel_id);
    const changed = await setStatusByHand(deps, actor, { conversationId: id, status: wanted });
    await reply(command.respond, statusReply(STATUS_NAMES[wanted], changed));
  }
}

const ask = (command: Command, deps: Deps): Promise<void> =>
  showAsk({ ...showing(command), channelId: command.body.channel_id }, deps);

async function join(command: Command, deps: Deps): Promise<void> {
  await reply(command.respond, joinAnswer(await joinHere(deps, actorOf(command), command.body.channel_id)));
}

async function close(command: Command, deps: Deps): Promise<void> {
  const actor = actorOf(command);
  const { id } = await conversationHere(deps, actor, command.body.channel_id);
  await closeByHand(deps, actor, { conversationId: id });
  await reply(command.respond, closedReply);
}

const words: Record<Word, (command: Command, deps: Deps, rest: string) => Promise<void>> = {
  panel,
  open,
  status,
  ask,
  join,
  close,
  list: (command, deps) => showHelpList(showing(command), deps),
  desks: (command, deps) => showDesks(showing(command), deps),
  help: (command) => reply(command.respond, helpText),
};

const WORDS: readonly Word[] = ['panel', 'open', 'status', 'ask', 'join', 'close', 'list', 'desks', 'help'];

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
