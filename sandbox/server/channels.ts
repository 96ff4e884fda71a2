import { emit, emitInChannel } from './events.ts';
import { post, showSidebars } from './messages.ts';
import { onlookers } from './show.ts';
import type { Slack } from './slack.ts';
import { findDirect, messagesOf, nextId, nextTs, type StoredChannel } from './state.ts';

/** Changes to channels and their members: the state, the open pages and the app's events together. */

export type NewChannel = {
  kind: StoredChannel['kind'];
  name: string;
  creator: string;
  members: string[];
  external: boolean;
};

export function createChannel(slack: Slack, wanted: NewChannel): StoredChannel {
  const { state } = slack;
  const channel: StoredChannel = {
    id: nextId(state, wanted.kind === 'im' ? 'D' : 'C'),
    kind: wanted.kind,
    name: wanted.name,
    topic: '',
    purpose: '',
    archived: false,
    external: wanted.external,
    creator: wanted.creator,
    createdAt: Math.floor(slack.now() / 1000),
    memberIds: [...new Set(wanted.members)],
  };
  state.channels[channel.id] = channel;
  messagesOf(state, channel.id);
  slack.changed();
  showSidebars(slack, onlookers(state, channel));
  if (channel.kind === 'public') {
    const { id, name, creator, createdAt } = channel;
    emit(slack, {
      type: 'channel_created',
      channel: { id, name, creator, created: createdAt, is_channel: true, context_team_id: state.team.id },
    });
  }
  return channel;
}

/** The direct messages of two people, opened on first use. */
export function directOf(slack: Slack, one: string, other: string): StoredChannel {
  return (
    findDirect(slack.state, one, other) ??
    createChannel(slack, { kind: 'im', name: '', creator: one, members: [one, other], external: false })
  );
}

export function addMember(slack: Slack, channel: StoredChannel, user: string, inviter?: string): void {
  const { state } = slack;
  if (channel.memberIds.includes(user)) return;
  channel.memberIds.push(user);
  const latest = messagesOf(state, channel.id).at(-1);
  if (latest !== undefined) (state.reads[user] ??= {})[channel.id] = latest.ts;
  showSidebars(slack, onlookers(state, channel));
  post(slack, channel, {
    user,
    text: `<@${user}> has joined the channel`,
    subtype: 'channel_join',
    ...(inviter === undefined ? {} : { inviter }),
  });
  emitInChannel(slack, channel, {
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: channel.id[0],
    team: state.people[user]?.teamId ?? state.team.id,
    ...(inviter === undefined ? {} : { inviter }),
  });
}

export function removeMember(slack: Slack, channel: StoredChannel, user: string): void {
  const { state } = slack;
  if (!channel.memberIds.includes(user)) return;
  const seenBy = onlookers(state, channel);
  post(slack, channel, { user, text: `<@${user}> has left the channel`, subtype: 'channel_leave' });
  // Sent while the app still counts as a member: it hears of its own removal too.
  emitInChannel(slack, channel, {
    type: 'member_left_channel',
    user,
    channel: channel.id,
    channel_type: channel.id[0],
    team: state.people[user]?.teamId ?? state.team.id,
  });
  channel.memberIds = channel.memberIds.filter((id) => id !== user);
  slack.changed();
  showSidebars(slack, seenBy);
}

export function setArchived(slack: Slack, channel: StoredChannel, user: string, archived: boolean): void {
  if (channel.archived === archived) return;
  channel.archived = archived;
  slack.changed();
  showSidebars(slack, onlookers(slack.state, channel));
  const kind = channel.kind === 'private' ? 'group' : 'channel';
  emitInChannel(slack, channel, { type: `${kind}_${archived ? 'archive' : 'unarchive'}`, channel: channel.id, user });
}

export function rename(slack: Slack, channel: StoredChannel, name: string): void {
  channel.name = name;
  slack.changed();
  showSidebars(slack, onlookers(slack.state, channel));
  emitInChannel(slack, channel, {
    type: channel.kind === 'private' ? 'group_rename' : 'channel_rename',
    channel: { id: channel.id, name, name_normalized: name, created: channel.createdAt, is_channel: true },
  });
}

/** Shares a channel with another organisation, or ends that. */
export function setExternal(slack: Slack, channel: StoredChannel, external: boolean): void {
  if (channel.external === external) return;
  channel.external = external;
  slack.changed();
  showSidebars(slack, onlookers(slack.state, channel));
  emitInChannel(slack, channel, {
    type: external ? 'channel_shared' : 'channel_unshared',
    channel: channel.id,
    ...(external
      ? { connected_team_id: slack.state.team.id }
      : { previously_connected_team_id: slack.state.team.id, is_ext_shared: false }),
  });
}

/** Gives a channel another id, as Slack does when it is shared or converted; answers the new one. */
export function changeId(slack: Slack, channel: StoredChannel): string {
  const { state } = slack;
  const old = channel.id;
  const id = nextId(state, 'C');
  state.channels = Object.fromEntries(
    Object.entries(state.channels).map(([key, value]) => [key === old ? id : key, value] as const),
  );
  channel.id = id;
  state.messages[id] = messagesOf(state, old).map((message) => ({ ...message, channel: id }));
  Reflect.deleteProperty(state.messages, old);
  for (const read of Object.values(state.reads)) {
    const at = read[old];
    if (at !== undefined) read[id] = at;
    Reflect.deleteProperty(read, old);
  }
  slack.changed();
  showSidebars(slack, onlookers(state, channel));
  emitInChannel(slack, channel, {
    type: 'channel_id_changed',
    old_channel_id: old,
    new_channel_id: id,
    event_ts: nextTs(state, slack.now()),
  });
  return id;
}
