import { isObject, type Json } from '../json.ts';
import { messageObject } from '../payloads.ts';
import type { Slack } from '../slack.ts';
import { findMessage, messagesOf, type StoredChannel, type StoredMessage } from '../state.ts';
import { flag, isIn, type Methods, needScope, page, refuse, scopeFor, text, visibleChannel } from './method.ts';

const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

export const history: Methods = {
  'conversations.history': {
    scopes: HISTORY,
    tier: 3,
    required: ['channel'],
    run: (slack, args) => {
      const channel = readable(slack, args);
      const top = messagesOf(slack.state, channel.id).filter((message) => message.threadTs === undefined);
      const { items, more } = page(between(top, args).toReversed(), args, { standard: 100, most: 999 });
      return { messages: shown(slack, items, args), pin_count: 0, ...paging(more) };
    },
  },
  'conversations.replies': {
    scopes: HISTORY,
    tier: 3,
    required: ['channel', 'ts'],
    run: (slack, args) => {
      const channel = readable(slack, args);
      const named = findMessage(slack.state, channel.id, text(args, 'ts')) ?? refuse('thread_not_found');
      const root = named.threadTs ?? named.ts;
      const parent = findMessage(slack.state, channel.id, root);
      const replies = messagesOf(slack.state, channel.id).filter((message) => message.threadTs === root);
      const all = [...(parent === undefined ? [] : [parent]), ...between(replies, args)];
      const { items, more } = page(all, args, { standard: 1000, most: 1000 });
      return { messages: shown(slack, items, args), ...paging(more) };
    },
  },
};

function readable(slack: Slack, args: Json): StoredChannel {
  const channel = visibleChannel(slack, text(args, 'channel'));
  needScope(slack, [scopeFor(channel, 'history')]);
  return isIn(slack, channel) ? channel : refuse('not_in_channel');
}

function between(messages: StoredMessage[], args: Json): StoredMessage[] {
  const oldest = text(args, 'oldest');
  const latest = text(args, 'latest');
  if (oldest !== '' && !isTime(oldest)) refuse('invalid_ts_oldest');
  if (latest !== '' && !isTime(latest) && latest !== 'now') refuse('invalid_ts_latest');
  const inclusive = flag(args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    const after = oldest === '' || at > Number(oldest) || (inclusive && at === Number(oldest));
    const before = latest === '' || latest === 'now' || at < Number(latest) || (inclusive && at === Number(latest));
    return after && before;
  });
}

function isTime(value: string): boolean {
  return /^\d+(\.\d+)?$/.test(value);
}

function shown(slack: Slack, messages: StoredMessage[], args: Json): Json[] {
  const metadata = flag(args, 'include_all_metadata');
  return messages.map((message) => messageObject(slack.state, message, { metadata }));
}

function paging(more: Json): Json {
  const metadata = more['response_metadata'];
  const last = !isObject(metadata) || metadata['next_cursor'] === '';
  return last ? { has_more: false } : { has_more: true, ...more };
}
