import { z } from 'zod';
import { addMember, createChannel, directOf, removeMember, rename, setArchived } from '../channels.ts';
import { emit } from '../events.ts';
import { viewObject } from '../payloads.ts';
import { changePerson } from '../people.ts';
import type { Slack } from '../slack.ts';
import { findDirect, type StoredChannel, type StoredPerson } from '../state.ts';
import { nameFault } from '../web-api/conversations.ts';
import { channelOf, type Door, isStaff, memberChannel, refuse } from './door.ts';

/** Channels and people: what is done around the conversations. */

export const home: Door<'home'> = {
  body: z.object({ as: z.string(), tab: z.enum(['home', 'messages']) }),
  run: (slack, me, body) => {
    if (me.teamId !== slack.state.team.id) refuse('This app is not available to you.');
    const view = slack.state.views[slack.state.homes[me.id] ?? ''];
    emit(slack, {
      type: 'app_home_opened',
      user: me.id,
      channel: directOf(slack, me.id, slack.state.app.botUser).id,
      tab: body.tab,
      ...(view === undefined || body.tab !== 'home' ? {} : { view: viewObject(slack.state, view) }),
    });
    return {};
  },
};

export const openDirectMessage: Door<'openDirectMessage'> = {
  body: z.object({ as: z.string(), with: z.string() }),
  run: (slack, me, body) => {
    const other = slack.state.people[body.with] ?? refuse('Nobody of that name is here.');
    if (other.id === me.id) refuse('Choose somebody else.');
    if (other.role === 'bot' && me.teamId !== slack.state.team.id) refuse('This app is not available to you.');
    const known = findDirect(slack.state, me.id, other.id);
    if (known === undefined && other.deactivated) refuse(`${other.displayName}’s account is deactivated.`);
    return { channel: directOf(slack, me.id, other.id).id };
  },
};

export const newChannel: Door<'createChannel'> = {
  body: z.object({ as: z.string(), name: z.string(), private: z.boolean(), external: z.boolean().exactOptional() }),
  run: (slack, me, body) => {
    if (!isStaff(me)) refuse('Guests cannot create channels.');
    const name = checkName(slack, body.name);
    const channel = createChannel(slack, {
      kind: body.private ? 'private' : 'public',
      name,
      creator: me.id,
      members: [me.id],
      external: body.external ?? false,
    });
    return { channel: channel.id };
  },
};

const NAME_SENTENCES: Record<string, string> = {
  name_taken: 'That name is already taken by a channel.',
  invalid_name_maxlength: 'Channel names can’t be longer than 80 characters.',
};

function checkName(slack: Slack, typed: string): string {
  const name = typed.trim().replace(/^#/, '').toLowerCase().replaceAll(/\s+/g, '-');
  const fault = nameFault(slack, name);
  return fault === undefined
    ? name
    : refuse(NAME_SENTENCES[fault] ?? 'Channel names can’t contain spaces, periods or most punctuation.');
}

export const invite: Door<'invite'> = {
  body: z.object({ as: z.string(), channel: z.string(), users: z.array(z.string()) }),
  run: (slack, me, body) => {
    const channel = memberChannel(slack, me, body.channel);
    if (channel.kind !== 'public' && channel.kind !== 'private') refuse('People can be added to channels only.');
    if (!isStaff(me)) refuse('Guests cannot add people.');
    const people = body.users.map((id) => slack.state.people[id] ?? refuse('Nobody of that name is here.'));
    for (const person of people) mayCome(slack, me, channel, person);
    for (const person of people) addMember(slack, channel, person.id, me.id);
    return {};
  },
};

function mayCome(slack: Slack, me: StoredPerson, channel: StoredChannel, person: StoredPerson): void {
  if (person.deactivated) refuse(`${person.displayName}’s account is deactivated.`);
  if (person.role === 'guest' && me.role !== 'administrator') refuse('Only administrators can add guests to channels.');
  if (person.teamId !== slack.state.team.id && !channel.external) {
    refuse(`${person.displayName} belongs to ${person.company}: share the channel with ${person.company} first.`);
  }
}

export const joinChannel: Door<'joinChannel'> = {
  body: z.object({ as: z.string(), channel: z.string() }),
  run: (slack, me, body) => {
    const channel = channelOf(slack, body.channel);
    if (channel.kind !== 'public' || !isStaff(me)) refuse('You need an invitation to this channel.');
    if (channel.archived) refuse('This channel is archived.');
    addMember(slack, channel, me.id);
    return {};
  },
};

export const leaveChannel: Door<'leaveChannel'> = {
  body: z.object({ as: z.string(), channel: z.string() }),
  run: (slack, me, body) => {
    const channel = channelOf(slack, body.channel);
    if (channel.kind === 'im') refuse('Direct messages cannot be left.');
    removeMember(slack, channel, me.id);
    return {};
  },
};

export const archiveChannel: Door<'archiveChannel'> = {
  body: z.object({ as: z.string(), channel: z.string(), archived: z.boolean() }),
  run: (slack, me, body) => {
    setArchived(slack, manageable(slack, me, body.channel), me.id, body.archived);
    return {};
  },
};

export const renameChannel: Door<'renameChannel'> = {
  body: z.object({ as: z.string(), channel: z.string(), name: z.string() }),
  run: (slack, me, body) => {
    const channel = manageable(slack, me, body.channel);
    rename(slack, channel, checkName(slack, body.name));
    return {};
  },
};

function manageable(slack: Slack, me: StoredPerson, id: string): StoredChannel {
  const channel = channelOf(slack, id);
  if (!isStaff(me) || !channel.memberIds.includes(me.id)) refuse('Only members of the channel can do that.');
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse('Only channels can be changed.');
  return channel;
}

export const setPerson: Door<'setPerson'> = {
  body: z.object({
    as: z.string(),
    user: z.string(),
    presence: z.enum(['active', 'away']).exactOptional(),
    dndMinutes: z.number().int().min(0).exactOptional(),
    huddle: z.boolean().exactOptional(),
    statusEmoji: z.string().exactOptional(),
    statusText: z.string().exactOptional(),
    deactivated: z.boolean().exactOptional(),
    role: z.enum(['member', 'guest', 'administrator']).exactOptional(),
  }),
  run: (slack, _me, body) => {
    const { as: _as, user, ...change } = body;
    const person = slack.state.people[user] ?? refuse('Nobody of that name is here.');
    if (person.role === 'bot') refuse('The app cannot be changed here.');
    if (change.role !== undefined && person.role === 'outsider')
      refuse(`Only ${person.company} decides about its people.`);
    changePerson(slack, person, change);
    return {};
  },
};
