import { randomUUID } from 'node:crypto';
import { emitInChannel, MESSAGE_CHANNEL_TYPE } from './events.ts';
import { messageObject } from './payloads.ts';
import { onlookers, showChannels, showMessage } from './show.ts';
import type { Slack } from './slack.ts';
import { findMessage, messagesOf, nextTs, type StoredChannel, type StoredMessage } from './state.ts';

/** Saying, changing and taking back messages: the state, the open pages and the app's events together. */

export type NewMessage = Pick<StoredMessage, 'user' | 'text'> &
  Partial<Pick<StoredMessage, 'blocks' | 'metadata' | 'threadTs' | 'subtype' | 'inviter'>>;

/** How many of a person's private messages are kept for their page. */
const EPHEMERALS_KEPT = 200;

export function post(slack: Slack, channel: StoredChannel, message: NewMessage): StoredMessage {
  const { state } = slack;
  const typed = message.user !== state.app.botUser && message.subtype === undefined;
  const stored: StoredMessage = {
    ...message,
    channel: channel.id,
    ts: nextTs(state, slack.now()),
    ...(typed ? { clientMsgId: randomUUID() } : {}),
  };
  messagesOf(state, channel.id).push(stored);
  (state.reads[message.user] ??= {})[channel.id] = stored.ts;
  slack.changed();
  slack.push({ type: 'message', message: showMessage(slack, stored) }, onlookers(state, channel));
  showParent(slack, channel, stored);
  emitInChannel(slack, channel, {
    ...messageObject(state, stored, { metadata: false }),
    type: 'message',
    channel: channel.id,
    event_ts: stored.ts,
    channel_type: MESSAGE_CHANNEL_TYPE[channel.kind],
  });
  return stored;
}

/** A thread's first message shows how many answers it has, so it changes with each of them. */
function showParent(slack: Slack, channel: StoredChannel, message: StoredMessage): void {
  const parent = message.threadTs === undefined ? undefined : findMessage(slack.state, channel.id, message.threadTs);
  if (parent === undefined) return;
  slack.push({ type: 'message_changed', message: showMessage(slack, parent) }, onlookers(slack.state, channel));
}

/** Only one person sees it; kept in memory, and no event tells the app. */
export function postEphemeral(
  slack: Slack,
  channel: StoredChannel,
  user: string,
  message: Pick<NewMessage, 'text' | 'blocks' | 'threadTs'>,
): StoredMessage {
  const stored: StoredMessage = {
    ...message,
    channel: channel.id,
    user: slack.state.app.botUser,
    ts: nextTs(slack.state, slack.now()),
    ephemeralFor: user,
  };
  const kept = (slack.ephemerals[user] ??= []);
  kept.push(stored);
  if (kept.length > EPHEMERALS_KEPT) kept.shift();
  slack.changed();
  slack.push({ type: 'message', message: showMessage(slack, stored) }, [user]);
  return stored;
}

export function findEphemeral(slack: Slack, user: string, channel: string, ts: string): StoredMessage | undefined {
  return slack.ephemerals[user]?.find((message) => message.channel === channel && message.ts === ts);
}

/** `metadata: null` takes it away. */
export type MessageChange = Pick<NewMessage, 'text' | 'blocks'> & { metadata?: StoredMessage['metadata'] | null };

/** Replaces what a message says. Metadata stays unless new is given, as in Slack. */
export function edit(slack: Slack, channel: StoredChannel, message: StoredMessage, change: MessageChange): void {
  const { state } = slack;
  const before = messageObject(state, message, { metadata: false });
  message.text = change.text;
  if (change.blocks === undefined) delete message.blocks;
  else message.blocks = change.blocks;
  if (change.metadata === null) delete message.metadata;
  else if (change.metadata !== undefined) message.metadata = change.metadata;
  slack.changed();
  if (message.ephemeralFor !== undefined) {
    slack.push({ type: 'message_changed', message: showMessage(slack, message) }, [message.ephemeralFor]);
    return;
  }
  const ts = nextTs(state, slack.now());
  message.editedAt = ts;
  slack.push({ type: 'message_changed', message: showMessage(slack, message) }, onlookers(state, channel));
  emitInChannel(slack, channel, {
    type: 'message',
    subtype: 'message_changed',
    message: messageObject(state, message, { metadata: false }),
    previous_message: before,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: MESSAGE_CHANNEL_TYPE[channel.kind],
  });
}

export function remove(slack: Slack, channel: StoredChannel, message: StoredMessage): void {
  const { state } = slack;
  const gone = {
    type: 'message_deleted',
    channel: channel.id,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
  } as const;
  if (message.ephemeralFor !== undefined) {
    const kept = slack.ephemerals[message.ephemeralFor] ?? [];
    slack.ephemerals[message.ephemeralFor] = kept.filter((other) => other !== message);
    slack.push(gone, [message.ephemeralFor]);
    return;
  }
  const before = messageObject(state, message, { metadata: false });
  state.messages[channel.id] = messagesOf(state, channel.id).filter((other) => other !== message);
  slack.changed();
  slack.push(gone, onlookers(state, channel));
  showParent(slack, channel, message);
  const ts = nextTs(state, slack.now());
  emitInChannel(slack, channel, {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: before,
    channel: channel.id,
    hidden: true,
    deleted_ts: message.ts,
    ts,
    event_ts: ts,
    channel_type: MESSAGE_CHANNEL_TYPE[channel.kind],
  });
}

/** Tells these people's pages that their sidebar changed. */
export function showSidebars(slack: Slack, people: string[]): void {
  for (const user of people) slack.push({ type: 'channels', channels: showChannels(slack, user) }, [user]);
}
