import type { LiveEvent, Message } from '../../protocol.ts';

type Lists = Record<string, Message[]>;

/** Adds or replaces messages of one channel, by time. */
export function withMessages(lists: Lists, channel: string, added: Message[]): Lists {
  const byTs = new Map((lists[channel] ?? []).map((message) => [message.ts, message]));
  for (const message of added) byTs.set(message.ts, message);
  return { ...lists, [channel]: [...byTs.values()].toSorted((a, b) => compareTs(a.ts, b.ts)) };
}

/** Replaces what was loaded of a channel, but keeps what is known of its threads: they are loaded apart. */
export function reloaded(lists: Lists, channel: string, loaded: Message[]): Lists {
  return withMessages({ ...lists, [channel]: (lists[channel] ?? []).filter(isReply) }, channel, loaded);
}

/** A message of a channel that was never loaded is left out: loading will bring it, in its order. */
export function addMessage(lists: Lists, message: Message): Lists {
  const known = lists[message.channel];
  if (known === undefined && message.ephemeral !== true) return lists;
  const isNew = known?.every((each) => each.ts !== message.ts) ?? true;
  const next = withMessages(lists, message.channel, [message]);
  return isNew && isReply(message) && message.ephemeral !== true ? withReplyCounted(next, message) : next;
}

/** Counts a reply on its parent, unless the parent's own update has already counted it. */
function withReplyCounted(lists: Lists, reply: Message): Lists {
  const parent = lists[reply.channel]?.find((message) => message.ts === reply.threadTs);
  if (!parent || compareTs(parent.latestReply ?? '0', reply.ts) >= 0) return lists;
  const replyUsers = [...new Set([...(parent.replyUsers ?? []), reply.user])];
  const counted = { ...parent, replyCount: (parent.replyCount ?? 0) + 1, replyUsers, latestReply: reply.ts };
  return withMessages(lists, reply.channel, [counted]);
}

/** Forgets one message and, of its parent, one reply. */
export function removeMessage(lists: Lists, gone: Extract<LiveEvent, { type: 'message_deleted' }>): Lists {
  const known = lists[gone.channel];
  const message = known?.find((each) => each.ts === gone.ts);
  if (!known || !message) return lists;
  const left = known.filter((each) => each.ts !== gone.ts);
  if (!isReply(message) || message.ephemeral === true) return { ...lists, [gone.channel]: left };
  const counted = left.map((each) =>
    each.ts === message.threadTs ? { ...each, replyCount: Math.max(0, (each.replyCount ?? 0) - 1) } : each,
  );
  return { ...lists, [gone.channel]: counted };
}

/** Whether a message stands in a thread and not in the channel itself. */
export function isReply(message: Message): boolean {
  return message.threadTs !== undefined && message.threadTs !== '' && message.threadTs !== message.ts;
}

/** What the channel itself shows. */
export function topLevel(messages: Message[]): Message[] {
  return messages.filter((message) => !isReply(message));
}

/** A thread's first message and its replies. */
export function inThread(messages: Message[], thread: string): Message[] {
  return messages.filter((message) => message.ts === thread || message.threadTs === thread);
}

/** Without the ephemeral messages somebody has put away. */
export function shown(messages: Message[], dismissed: string[]): Message[] {
  return messages.filter((message) => !dismissed.includes(message.ts));
}

/** Slack timestamps have a fixed number of decimals, so the longer one is the later one. */
function compareTs(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
