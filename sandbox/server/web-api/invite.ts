import { addMember } from '../channels.ts';
import type { Json } from '../json.ts';
import { channelObject } from '../payloads.ts';
import type { Slack } from '../slack.ts';
import type { StoredChannel } from '../state.ts';
import { flag, isIn, type Method, needScope, refuse, text, visibleChannel } from './method.ts';
import { list } from './workspace.ts';

const MAX_USERS = 100;

/**
 * conversations.invite: one person who cannot come in refuses the call, and with several the answer names each;
 * with `force` the others come in all the same.
 */
export const invite: Method = {
  scopes: [
    'channels:write.invites',
    'groups:write.invites',
    'channels:manage',
    'groups:write',
    'im:write',
    'mpim:write',
  ],
  tier: 3,
  required: ['channel', 'users'],
  run: (slack, args) => {
    const channel = visibleChannel(slack, text(args, 'channel'));
    if (channel.kind === 'im' || channel.kind === 'mpim') refuse('method_not_supported_for_channel_type');
    const kind = channel.kind === 'public' ? 'channels' : 'groups';
    needScope(slack, [`${kind}:write.invites`, kind === 'channels' ? 'channels:manage' : 'groups:write']);
    if (channel.archived) refuse('is_archived');
    if (!isIn(slack, channel)) refuse('not_in_channel');
    const users = [...new Set(list(text(args, 'users')))];
    if (users.length === 0) refuse('no_user');
    if (users.length > MAX_USERS) refuse('too_many_users');
    return bringIn(slack, channel, users, flag(args, 'force'));
  },
};

function bringIn(slack: Slack, channel: StoredChannel, users: string[], force: boolean): Json {
  const errors = users.flatMap((user) => {
    const error = obstacle(slack, channel, user);
    return error === undefined ? [] : [{ user, ok: false, error }];
  });
  const [first] = errors;
  const welcome = users.filter((user) => !errors.some((error) => error.user === user));
  if (first !== undefined && (!force || welcome.length === 0)) {
    refuse(first.error, users.length > 1 || force ? { errors } : {});
  }
  for (const user of welcome) addMember(slack, channel, user, slack.state.app.botUser);
  return { channel: channelObject(slack.state, channel, { members: false }), ...(errors.length > 0 ? { errors } : {}) };
}

/** Why this person cannot be invited by the bot, in Slack's words. */
function obstacle(slack: Slack, channel: StoredChannel, user: string): string | undefined {
  const { state } = slack;
  const person = state.people[user];
  if (person === undefined) return 'user_not_found';
  if (user === state.app.botUser) return 'cant_invite_self';
  if (channel.memberIds.includes(user)) return 'already_in_channel';
  if (person.deactivated) return 'user_not_found';
  // Only administrators place guests, and only they may bring in another organisation.
  if (person.role === 'guest') return 'user_is_restricted';
  if (person.teamId === state.team.id) return undefined;
  const connected = channel.external && channel.memberIds.some((id) => state.people[id]?.teamId === person.teamId);
  return connected ? undefined : 'no_external_invite_permission';
}
