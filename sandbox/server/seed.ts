import type { Role } from '../protocol.ts';
import type { Manifest } from './manifest.ts';
import { nextId, nextTs, type State, type StoredPerson } from './state.ts';

type SeedPerson = {
  name: string;
  realName: string;
  /** `bot`: of another app than this one. */
  role: Role;
  title: string;
  company: string;
  timeZone: string;
  locale: string;
};

/** Members by handle; `bot` is the app. */
type SeedChannel = {
  name: string;
  private: boolean;
  external?: boolean;
  topic: string;
  members: string[];
  /** oldest first; minutes before the start */
  history?: { by: string; minutesAgo: number; text: string }[];
};

export type Seed = {
  team: { name: string; domain: string };
  people: SeedPerson[];
  channels: SeedChannel[];
  userGroups: { handle: string; name: string; users: string[] }[];
};

const COLORS = ['#4a7c59', '#9c3d54', '#3d6b9c', '#b0722e', '#6d4c9c', '#2f7f86', '#a04a2f', '#5b6270', '#7a6a1f'];

/** A support team with one customer as a guest and one as a connected company: everything a first try needs. */
export const northwind: Seed = {
  team: { name: 'Northwind', domain: 'northwind' },
  people: [
    staff('maya', 'Maya Ortiz', 'Support lead, workspace administrator', 'America/New_York', 'en-US', 'administrator'),
    staff('ana', 'Ana Silva', 'Support agent', 'Europe/Lisbon', 'pt-PT'),
    staff('ben', 'Ben Okafor', 'Support agent', 'Africa/Lagos', 'en-GB'),
    staff('chloe', 'Chloé Martin', 'Support agent', 'Europe/Paris', 'fr-FR'),
    staff('dev', 'Dev Patel', 'Support agent', 'Asia/Kolkata', 'en-GB'),
    staff('emi', 'Emi Tanaka', 'Support agent', 'Asia/Tokyo', 'ja-JP'),
    {
      name: 'gus',
      realName: 'Gus Keller',
      role: 'guest',
      title: 'Customer, guest from Acme',
      company: 'Acme',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
    },
    {
      name: 'olga',
      realName: 'Olga Petrova',
      role: 'outsider',
      title: 'Customer, from connected company Globex',
      company: 'Globex',
      timeZone: 'Europe/London',
      locale: 'en-GB',
    },
    {
      name: 'webbot',
      realName: 'Website bot',
      role: 'bot',
      title: 'The bot of Northwind’s website',
      company: '',
      timeZone: 'Etc/UTC',
      locale: 'en-US',
    },
  ],
  channels: [
    {
      name: 'general',
      private: false,
      topic: 'Company-wide announcements',
      members: ['maya', 'ana', 'ben', 'chloe', 'dev', 'emi'],
      history: [{ by: 'maya', minutesAgo: 190, text: 'Good morning everyone! Release 4.2 went out last night.' }],
    },
    {
      name: 'random',
      private: false,
      topic: 'Anything else',
      members: ['maya', 'ana', 'ben', 'chloe', 'dev', 'emi'],
      history: [{ by: 'dev', minutesAgo: 130, text: 'Who is in for lunch at one?' }],
    },
    {
      name: 'acme-support',
      private: true,
      topic: 'Support for Acme',
      members: ['bot', 'maya', 'ana', 'gus'],
      history: [
        { by: 'maya', minutesAgo: 95, text: 'Welcome, Gus! Ask us anything here.' },
        { by: 'gus', minutesAgo: 42, text: 'Thanks Maya. Hi everybody!' },
        { by: 'ana', minutesAgo: 40, text: 'Hi Gus, good to have you here :wave:' },
        {
          by: 'gus',
          minutesAgo: 6,
          text: 'We were charged twice for October, invoices 2041 and 2043. Could somebody have a look?',
        },
      ],
    },
    {
      name: 'support-help',
      private: false,
      topic: 'Where support helps itself',
      members: ['bot', 'maya', 'ana', 'ben', 'chloe', 'dev', 'emi'],
      history: [{ by: 'maya', minutesAgo: 180, text: 'Stuck on something? Calls for help arrive here.' }],
    },
    {
      name: 'globex-shared',
      private: false,
      external: true,
      topic: 'Northwind and Globex',
      members: ['bot', 'maya', 'ben', 'olga'],
      history: [
        { by: 'olga', minutesAgo: 75, text: 'Hello from Globex! Our single sign-on stopped working this morning.' },
        { by: 'ben', minutesAgo: 72, text: 'Hi Olga, looking into it.' },
      ],
    },
  ],
  userGroups: [{ handle: 'support-leads', name: 'Support leads', users: ['maya'] }],
};

function staff(
  name: string,
  realName: string,
  title: string,
  timeZone: string,
  locale: string,
  role: 'member' | 'administrator' = 'member',
): SeedPerson {
  return { name, realName, role, title, company: '', timeZone, locale };
}

/** A fresh workspace. Ids are the same for the same seed, so that two runs can be compared. */
export function plant(seed: Seed, manifest: Manifest, nowMs: number): State {
  const state: State = {
    version: 1,
    team: { id: '', ...seed.team },
    app: { id: '', botId: '', botUser: '', name: manifest.display_information.name },
    people: {},
    channels: {},
    messages: {},
    views: {},
    stacks: {},
    homes: {},
    reads: {},
    triggers: {},
    responseUrls: {},
    userGroups: [],
    runs: {},
    pendingEvents: [],
    counters: { ids: 0, lastTs: '0.000000' },
  };
  state.team.id = nextId(state, 'T');
  state.app.id = nextId(state, 'A');
  state.app.botId = nextId(state, 'B');
  const handles = plantPeople(state, seed, manifest, nowMs);
  for (const group of seed.userGroups) {
    state.userGroups.push({ ...group, id: nextId(state, 'S'), users: group.users.map((name) => idOf(handles, name)) });
  }
  plantChannels(state, seed, handles, nowMs);
  return state;
}

function plantPeople(state: State, seed: Seed, manifest: Manifest, nowMs: number): Map<string, string> {
  const handles = new Map<string, string>();
  const teams = new Map<string, string>();
  const updatedAt = Math.floor(nowMs / 1000) - 86_400;
  for (const [index, person] of seed.people.entries()) {
    const id = nextId(state, 'U');
    handles.set(person.name, id);
    let teamId = state.team.id;
    if (person.role === 'outsider') {
      teamId = teams.get(person.company) ?? nextId(state, 'T');
      teams.set(person.company, teamId);
    }
    const domain = person.company === '' ? seed.team.domain : person.company.toLowerCase();
    state.people[id] = {
      ...blankPerson(id, person.name, person.realName, updatedAt),
      ...person,
      teamId,
      color: COLORS[index % COLORS.length] ?? '#5b6270',
      email: `${person.name}@${domain}.example`,
    };
  }
  const bot = nextId(state, 'U');
  handles.set('bot', bot);
  state.app.botUser = bot;
  const name = manifest.features?.bot_user?.display_name ?? manifest.display_information.name;
  state.people[bot] = {
    ...blankPerson(bot, name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ''), name, updatedAt),
    role: 'bot',
    title: 'App',
    teamId: state.team.id,
    color: '#1f2a44',
    presence: 'away',
  };
  return handles;
}

export function blankPerson(id: string, name: string, realName: string, updatedAt: number): StoredPerson {
  return {
    id,
    name,
    realName,
    displayName: realName,
    role: 'member',
    title: '',
    teamId: '',
    company: '',
    timeZone: 'Etc/UTC',
    locale: 'en-US',
    presence: 'active',
    dndUntil: 0,
    huddle: false,
    statusEmoji: '',
    statusText: '',
    deactivated: false,
    initials: initialsOf(realName),
    color: '',
    email: '',
    huddleExpiresAt: 0,
    updatedAt,
  };
}

function initialsOf(realName: string): string {
  const words = realName.split(' ').filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [realName.slice(0, 2)];
  return letters.join('').toUpperCase();
}

function plantChannels(state: State, seed: Seed, handles: Map<string, string>, nowMs: number): void {
  for (const channel of seed.channels) {
    const id = nextId(state, 'C');
    state.channels[id] = {
      id,
      kind: channel.private ? 'private' : 'public',
      name: channel.name,
      topic: channel.topic,
      purpose: '',
      archived: false,
      external: channel.external ?? false,
      creator: idOf(handles, channel.members.find((name) => name !== 'bot') ?? 'bot'),
      createdAt: Math.floor(nowMs / 1000) - 30 * 86_400,
      memberIds: channel.members.map((name) => idOf(handles, name)),
    };
    state.messages[id] = [];
  }
  plantHistory(state, seed, handles, nowMs);
}

/** Said oldest first over all channels, because times only ever grow within a workspace. */
function plantHistory(state: State, seed: Seed, handles: Map<string, string>, nowMs: number): void {
  const lines = seed.channels.flatMap((channel) =>
    (channel.history ?? []).map((line) => ({ ...line, in: channel.name })),
  );
  for (const line of lines.sort((a, b) => b.minutesAgo - a.minutesAgo)) {
    const channel = Object.values(state.channels).find((known) => known.name === line.in);
    if (channel === undefined) continue;
    const ts = nextTs(state, nowMs - line.minutesAgo * 60_000);
    state.messages[channel.id]?.push({ channel: channel.id, ts, user: idOf(handles, line.by), text: line.text });
    for (const member of channel.memberIds) (state.reads[member] ??= {})[channel.id] = ts;
  }
}

function idOf(handles: Map<string, string>, name: string): string {
  const id = handles.get(name);
  if (id === undefined) throw new Error(`the seed names nobody called "${name}"`);
  return id;
}
