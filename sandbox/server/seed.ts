/** Plants a fresh workspace from what a seed says of it. */
import type { Role } from '../protocol.ts';
import type { Manifest } from './manifest.ts';
import { nextId, nextTs, type State, type StoredPerson } from './state.ts';

export type SeedPerson = {
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
