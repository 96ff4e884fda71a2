/** What `/livechat` answers. */
import { escape } from './blocks.ts';
import { names } from './help-card.ts';

export const helpText = [
  '*Live chat with Beckon*',
  '`/livechat`  the panel of this channel’s conversation',
  '`/livechat open`  open a conversation here',
  '`/livechat status in progress` or `waiting`  change its status; the customer is told nothing',
  '`/livechat ask`  ask for help: experts are called, the first to press *Join* is in',
  '`/livechat invite`  bring colleagues in, those who know what it is about first',
  '`/livechat join`  join the conversation here while it looks for help',
  '`/livechat leave`  leave the conversation here; you stay in the Slack channel',
  '`/livechat close`  close the conversation here',
  '`/livechat list`  everything that is looking for help, longest waiting first',
  '`/livechat desks`  desks, their rules and help channels, support channels (administrators)',
  '`/livechat admins`  who is an administrator and why; make others (administrators)',
  '`/livechat tokens`  tokens with which bots hand conversations over (administrators)',
  '`/livechat undelivered`  messages that could not be delivered; have them tried again (administrators)',
  '`/livechat help`  this list',
  '`/expertise help` tells who knows what.',
].join('\n');

export const openedReply = (customers: readonly string[]): string =>
  `:speech_balloon: The conversation${customers.length === 0 ? '' : ` with ${names(customers)}`} is open. When you are stuck: \`/livechat ask\`. When it is done: \`/livechat close\`.`;

export const closedReply = ':checkered_flag: The conversation is closed. The customer was told nothing.';

export const statusReply = (status: string, changed: boolean): string =>
  changed
    ? `The status is *${status}* now; a request for help that was open is withdrawn. The customer was told nothing.`
    : `The status is *${status}* already.`;

export const unknownStatusReply = (typed: string): string =>
  `There is no status “${escape(typed)}”. Choose one of \`in progress\`, \`waiting\` and \`looking for help\`.`;

export const unknownWordReply = (typed: string, closest: string | undefined): string =>
  `Beckon does not know “${escape(typed)}”.${closest === undefined ? '' : ` Did you mean \`/livechat ${closest}\`?`}\n\n${helpText}`;
