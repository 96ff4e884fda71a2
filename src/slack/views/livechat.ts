/** What `/livechat` answers. */
import { shorten } from '../../domain/name.ts';
import type { Opened } from '../../services/conversation/open.ts';
import { actions, button, escape, modal, section, type Modal } from './blocks.ts';
import { ids as forward } from './forward.ts';
import { names, type Message } from './help-card.ts';
import { ids as panel } from './panel.ts';
import { unknownWord } from './unknown-word.ts';

export const helpText = [
  '*Live chat with Beckon*',
  '`/livechat` – the panel of this channel’s conversation',
  '`/livechat open` – open a conversation here',
  '`/livechat status in progress` or `waiting` – change its status; the customer is told nothing',
  '`/livechat ask` – ask for help: experts are called, the first to press *Join* is in',
  '`/livechat invite` – bring colleagues in, those who know what it is about first',
  '`/livechat forward` – have Beckon choose who comes in; you see who and why before anything is done',
  '`/livechat join` – join the conversation here while it looks for help',
  '`/livechat leave` – leave the conversation here; you stay in the Slack channel',
  '`/livechat close` – close the conversation here',
  '`/livechat why` – why this agent: who was considered, in which order, who was left out',
  '`/livechat list` – everything that is looking for help, longest waiting first',
  '`/livechat desks` – desks, their rules and help channels, support channels _(administrators)_',
  '`/livechat admins` – who is an administrator and why; make others _(administrators)_',
  '`/livechat tokens` – tokens with which bots hand conversations over _(administrators)_',
  '`/livechat undelivered` – messages that could not be delivered; have them tried again _(administrators)_',
  '`/livechat help` – this list',
  '`/expertise help` tells who knows what.',
].join('\n');

/** It is open, and what may be next: asking for help, having somebody else take it, and closing it when it is done. */
export function openedMessage({ conversationId: value, customers }: Opened): Message {
  const who = customers.length === 0 ? '' : ` with ${names(customers)}`;
  const text = `:speech_balloon: The conversation${who} is open. When it is done: \`/livechat close\`.`;
  const next = actions(button(panel.ask, 'Ask for help', { value }), button(forward.open, 'Forward…', { value }));
  return { text, blocks: [section(text), next] };
}

export const openedModal = (opened: Opened): Modal => modal('Conversation', openedMessage(opened).blocks);

export const closedReply = ':checkered_flag: The conversation is closed. The customer was told nothing.';

export const statusReply = (status: string, changed: boolean): string =>
  changed
    ? `The status is *${status}* now. If it was looking for help, that is withdrawn. The customer was told nothing.`
    : `The status is *${status}* already.`;

export const unknownStatusReply = (typed: string): string =>
  `Beckon does not know the status “${escape(shorten(typed, 40))}”. Choose one of \`in progress\`, \`waiting\` and \`looking for help\`.`;

export const unknownWordReply = (typed: string, closest: string | undefined): string =>
  unknownWord('/livechat', { typed, closest, help: helpText });
