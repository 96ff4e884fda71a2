import { addMember, createChannel, directOf } from '../channels.ts';
import type { Json } from '../json.ts';
import { showSidebars } from '../messages.ts';
import { channelObject } from '../payloads.ts';
import { onlookers } from '../show.ts';
import type { Slack } from '../slack.ts';
import type { StoredChannel } from '../state.ts';
import { invite } from './invite.ts';
import { flag, isIn, type Methods, needScope, page, refuse, scopeFor, text, visibleChannel } from './method.ts';
import { list } from './workspace.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const MANAGE = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];
const TOPIC = ['channels:write.topic', 'groups:write.topic', 'mpim:write.topic', 'im:write.topic', ...MANAGE];
const TYPES = { public_channel: 'public', private_channel: 'private', im: 'im', mpim: 'mpim' } as const;
const MAX_NAME = 80;
const MAX_TOPIC = 250;

export const conversations: Methods = {
  'conversations.info': {
    scopes: READ,
    tier: 3,
    required: ['channel'],
    run: (slack, args) => {
      const channel = readable(slack, args);
      return { channel: channelObject(slack.state, channel, { members: flag(args, 'include_num_members') }) };
    },
  },
  'conversations.members': {
    scopes: READ,
    tier: 4,
    required: ['channel'],
    run: (slack, args) => {
      const { people } = slack.state;
      const members = readable(slack, args).memberIds.filter((id) => people[id]?.deactivated !== true);
      const { items, more } = page(members, args, { standard: 100, most: 1000 });
      return { members: items, ...more };
    },
  },
  'conversations.list': {
    scopes: READ,
    tier: 2,
    required: [],
    run: (slack, args) => listed(slack, args, (channel) => channel.kind === 'public' || isIn(slack, channel)),
  },
  'users.conversations': {
    scopes: READ,
    tier: 3,
    required: [],
    run: (slack, args) => {
      const user = text(args, 'user') || slack.state.app.botUser;
      return listed(
        slack,
        args,
        (channel) => channel.memberIds.includes(user) && (channel.kind === 'public' || isIn(slack, channel)),
      );
    },
  },
  'conversations.invite': invite,
  'conversations.join': {
    scopes: ['channels:join'],
    tier: 3,
    required: ['channel'],
    run: (slack, args) => {
      const channel = visibleChannel(slack, text(args, 'channel'));
      if (channel.kind !== 'public') refuse('method_not_supported_for_channel_type');
      if (channel.archived) refuse('is_archived');
      const already = isIn(slack, channel);
      addMember(slack, channel, slack.state.app.botUser);
      return {
        channel: channelObject(slack.state, channel, { members: false }),
        ...(already ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } } : {}),
      };
    },
  },
  'conversations.open': { scopes: MANAGE, tier: 3, required: [], run: open },
  'conversations.create': { scopes: MANAGE, tier: 2, required: ['name'], run: create },
  'conversations.setTopic': {
    scopes: TOPIC,
    tier: 2,
    required: ['channel', 'topic'],
    run: (slack, args) => {
      const channel = visibleChannel(slack, text(args, 'channel'));
      if (channel.kind === 'im') refuse('method_not_supported_for_channel_type');
      if (!isIn(slack, channel)) refuse('not_in_channel');
      if (channel.archived) refuse('is_archived');
      if (text(args, 'topic').length > MAX_TOPIC) refuse('too_long');
      channel.topic = text(args, 'topic');
      slack.changed();
      showSidebars(slack, onlookers(slack.state, channel));
      return { channel: channelObject(slack.state, channel, { members: false }) };
    },
  },
};

function readable(slack: Slack, args: Json): StoredChannel {
  const channel = visibleChannel(slack, text(args, 'channel'));
  needScope(slack, [scopeFor(channel, 'read')]);
  return channel;
}

function listed(slack: Slack, args: Json, included: (channel: StoredChannel) => boolean): Json {
  const asked = list(text(args, 'types') || 'public_channel');
  const kinds = asked.map(
    (type) => Object.entries(TYPES).find(([name]) => name === type)?.[1] ?? refuse('invalid_types'),
  );
  for (const kind of kinds)
    needScope(slack, [kind === 'public' ? 'channels:read' : kind === 'private' ? 'groups:read' : `${kind}:read`]);
  const all = Object.values(slack.state.channels).filter(
    (channel) =>
      kinds.includes(channel.kind) && included(channel) && !(flag(args, 'exclude_archived') && channel.archived),
  );
  const { items, more } = page(all, args, { standard: 100, most: 1000 });
  return { channels: items.map((channel) => channelObject(slack.state, channel, { members: true })), ...more };
}

function open(slack: Slack, args: Json): Json {
  const known = text(args, 'channel');
  const channel = known === '' ? openWith(slack, list(text(args, 'users'))) : visibleChannel(slack, known);
  if (channel.kind !== 'im' && channel.kind !== 'mpim') refuse('method_not_supported_for_channel_type');
  return {
    channel: flag(args, 'return_im') ? channelObject(slack.state, channel, { members: false }) : { id: channel.id },
  };
}

function openWith(slack: Slack, users: string[]): StoredChannel {
  if (users.length === 0) return refuse('users_list_not_supplied');
  if (users.length > 8) return refuse('too_many_users');
  const bot = slack.state.app.botUser;
  for (const id of users) {
    const person = slack.state.people[id] ?? refuse('user_not_found');
    if (person.deactivated) refuse('user_disabled');
    if (id === bot) refuse('invalid_user_combination');
  }
  needScope(slack, [users.length === 1 ? 'im:write' : 'mpim:write']);
  const [only] = users;
  if (users.length === 1 && only !== undefined) return directOf(slack, bot, only);
  const members = [bot, ...users];
  const existing = Object.values(slack.state.channels).find(
    (channel) =>
      channel.kind === 'mpim' &&
      channel.memberIds.length === members.length &&
      members.every((id) => channel.memberIds.includes(id)),
  );
  const name = `mpdm-${users.map((id) => slack.state.people[id]?.name ?? id).join('--')}-1`;
  return existing ?? createChannel(slack, { kind: 'mpim', name, creator: bot, members, external: false });
}

function create(slack: Slack, args: Json): Json {
  const hidden = flag(args, 'is_private');
  needScope(slack, hidden ? ['groups:write'] : ['channels:manage']);
  const name = text(args, 'name');
  const wrong = nameFault(slack, name);
  if (wrong !== undefined) refuse(wrong);
  const creator = slack.state.app.botUser;
  const channel = createChannel(slack, {
    kind: hidden ? 'private' : 'public',
    name,
    creator,
    members: [creator],
    external: false,
  });
  return { channel: channelObject(slack.state, channel, { members: false }) };
}

/** Slack's error for a channel name, where it has one. */
export function nameFault(slack: Slack, name: string): string | undefined {
  if (name === '') return 'invalid_name_required';
  if (name.length > MAX_NAME) return 'invalid_name_maxlength';
  if (!/[\p{L}\p{N}]/u.test(name)) return 'invalid_name_punctuation';
  if (name !== name.toLowerCase() || !/^[\p{L}\p{N}_-]+$/u.test(name)) return 'invalid_name_specials';
  const taken = Object.values(slack.state.channels).some((channel) => channel.name === name && channel.kind !== 'im');
  return taken ? 'name_taken' : undefined;
}
