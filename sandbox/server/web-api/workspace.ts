import { userObject } from '../payloads.ts';
import { dndStatus } from '../people.ts';
import type { Json } from '../json.ts';
import type { Slack } from '../slack.ts';
import type { StoredPerson } from '../state.ts';
import { flag, knownPerson, type Methods, page, refuse, text } from './method.ts';

/** dnd.teamInfo takes this many people at a time. */
const MAX_DND = 50;

/** Who and what is in the workspace: auth, team, users, quiet times, user groups. */
export const workspace: Methods = {
  'api.test': { scopes: [], tier: 'special', required: [], run: (_slack, args) => ({ args }) },
  'auth.test': {
    scopes: [],
    tier: 'special',
    required: [],
    run: ({ state, url }) => ({
      url: `${url}/`,
      team: state.team.name,
      user: state.people[state.app.botUser]?.name ?? '',
      team_id: state.team.id,
      user_id: state.app.botUser,
      bot_id: state.app.botId,
      is_enterprise_install: false,
    }),
  },
  'team.info': {
    scopes: ['team:read'],
    tier: 3,
    required: [],
    run: ({ state }) => ({ team: { ...state.team, email_domain: '', icon: { image_default: true } } }),
  },
  'users.info': {
    scopes: ['users:read'],
    tier: 4,
    required: ['user'],
    run: (slack, args) => {
      const person = knownPerson(slack, text(args, 'user'));
      return {
        user: withEmail(slack, person, userObject(slack.state, person, { locale: flag(args, 'include_locale') })),
      };
    },
  },
  'users.list': {
    scopes: ['users:read'],
    tier: 2,
    required: [],
    run: (slack, args) => {
      const people = Object.values(slack.state.people);
      const { items, more } = page(people, args, { standard: people.length, most: 1000 });
      const locale = flag(args, 'include_locale');
      return {
        members: items.map((person) => withEmail(slack, person, userObject(slack.state, person, { locale }))),
        cache_ts: Math.floor(slack.now() / 1000),
        ...more,
      };
    },
  },
  'users.getPresence': {
    scopes: ['users:read'],
    tier: 3,
    required: [],
    run: (slack, args) => {
      const user = text(args, 'user') || slack.state.app.botUser;
      return { presence: knownPerson(slack, user).presence };
    },
  },
  'dnd.info': {
    scopes: ['dnd:read'],
    tier: 3,
    required: [],
    run: (slack, args) => dndStatus(slack, knownPerson(slack, text(args, 'user') || slack.state.app.botUser)),
  },
  'dnd.teamInfo': {
    scopes: ['dnd:read'],
    tier: 2,
    required: ['users'],
    run: (slack, args) => {
      const ids = list(text(args, 'users'));
      if (ids.length === 0) refuse('no_users_provided');
      if (ids.length > MAX_DND) refuse('too_many_users');
      const known = ids.flatMap((id) => slack.state.people[id] ?? []);
      return { users: Object.fromEntries(known.map((person) => [person.id, dndStatus(slack, person)])), cached: false };
    },
  },
  'usergroups.list': {
    scopes: ['usergroups:read'],
    tier: 2,
    required: [],
    run: ({ state }, args) => ({
      usergroups: state.userGroups.map((group) => ({
        id: group.id,
        team_id: state.team.id,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        description: '',
        is_external: false,
        date_delete: 0,
        user_count: String(group.users.length),
        ...(flag(args, 'include_users') ? { users: group.users } : {}),
      })),
    }),
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    tier: 2,
    required: ['usergroup'],
    run: ({ state }, args) => {
      const group = state.userGroups.find((known) => known.id === text(args, 'usergroup')) ?? refuse('no_such_subteam');
      return { users: group.users };
    },
  },
};

/** A comma-separated list, blanks dropped. */
export function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function withEmail(slack: Slack, person: StoredPerson, user: Json): Json {
  if (!slack.scopes.has('users:read.email') || person.role === 'bot') return user;
  return { ...user, profile: { ...Object(user['profile']), email: person.email } };
}
