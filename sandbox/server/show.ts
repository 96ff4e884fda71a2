import type { Channel, Message, Person, View } from '../protocol.ts';
import { textOf } from './json.ts';
import type { Slack } from './slack.ts';
import { messagesOf, type State, type StoredChannel, type StoredMessage, type StoredView } from './state.ts';

/** What the browser page gets to see: the stored state in the words of protocol.ts. */

export function showPeople(slack: Slack): Person[] {
  return Object.values(slack.state.people).map(
    ({ email: _email, huddleExpiresAt: _until, updatedAt: _at, ...person }) => ({
      ...person,
      dndUntil: person.dndUntil * 1000 > slack.now() ? person.dndUntil : 0,
    }),
  );
}

/** Public channels are listed for full members only; guests and outsiders see what they are in. */
export function canSee(state: State, user: string, channel: StoredChannel): boolean {
  if (channel.memberIds.includes(user)) return true;
  const role = state.people[user]?.role;
  return channel.kind === 'public' && (role === 'member' || role === 'administrator');
}

export function showChannels(slack: Slack, user: string): Channel[] {
  return Object.values(slack.state.channels)
    .filter((channel) => canSee(slack.state, user, channel))
    .map((channel) => showChannel(slack, user, channel));
}

function showChannel(slack: Slack, user: string, channel: StoredChannel): Channel {
  const other = channel.kind === 'im' ? channel.memberIds.find((id) => id !== user) : undefined;
  const read = slack.state.reads[user]?.[channel.id] ?? '0';
  const member = channel.memberIds.includes(user);
  const unread = messagesOf(slack.state, channel.id).filter((message) => message.user !== user && message.ts > read);
  return {
    id: channel.id,
    kind: channel.kind,
    name: other === undefined ? channel.name : (slack.state.people[other]?.displayName ?? channel.name),
    topic: channel.topic,
    archived: channel.archived,
    external: channel.external,
    member,
    memberIds: channel.memberIds,
    ...(other === undefined ? {} : { withUser: other }),
    unread: member ? unread.length : 0,
  };
}

export function showMessage(slack: Slack, message: StoredMessage): Message {
  const replies =
    message.threadTs === undefined && message.ephemeralFor === undefined
      ? messagesOf(slack.state, message.channel).filter((other) => other.threadTs === message.ts)
      : [];
  const latest = replies.at(-1);
  return {
    channel: message.channel,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    user: message.user,
    text: message.text,
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.ephemeralFor === undefined ? {} : { ephemeral: true }),
    ...(message.editedAt === undefined ? {} : { edited: true }),
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(latest === undefined
      ? {}
      : {
          replyCount: replies.length,
          replyUsers: [...new Set(replies.map((reply) => reply.user))],
          latestReply: latest.ts,
        }),
  };
}

export function showView(view: StoredView): View {
  return {
    id: view.id,
    type: view.type,
    callbackId: view.callbackId,
    title: textOf(view.title?.['text']),
    ...(view.submit === null ? {} : { submit: textOf(view.submit['text']) }),
    ...(view.close === null ? {} : { close: textOf(view.close['text']) }),
    blocks: view.blocks,
    privateMetadata: view.privateMetadata,
    hash: view.hash,
    version: view.version,
  };
}

/** Open modals of a person, bottom first. */
export function showModals(slack: Slack, user: string): View[] {
  return (slack.state.stacks[user] ?? []).flatMap((id) => {
    const view = slack.state.views[id];
    return view === undefined ? [] : [showView(view)];
  });
}

/** Everybody whose page shows this channel. */
export function onlookers(state: State, channel: StoredChannel): string[] {
  return Object.keys(state.people).filter((user) => canSee(state, user, channel));
}
