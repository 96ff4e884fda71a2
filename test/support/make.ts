/** Rows a test needs, put in through the store; what a test does not care about has a sensible value. */
import type { Person } from '../../src/domain/person.ts';
import type { ChannelFacts, Deps } from '../../src/services/deps.ts';
import { insertAgents, updateAgents, type AgentChange } from '../../src/store/agents.ts';
import type { Db, Handle } from '../../src/store/db.ts';
import { putOnDesks } from '../../src/store/desk-agents.ts';
import { insertDesk } from '../../src/store/desks.ts';
import { giveExpertise, insertExpertise } from '../../src/store/expertise.ts';
import { savePeople } from '../../src/store/people.ts';
import { saveWorkspace } from '../../src/store/workspaces.ts';
import { makeClock, type Clock } from './clock.ts';
import { makePort, makeWebhooks, type FakePort, type FakeWebhooks } from './port.ts';

export type TestDeps = Deps & { readonly slack: FakePort; readonly webhooks: FakeWebhooks; readonly clock: Clock };

/** What every verb is given: the real store, a clock moved by hand, a Slack told what to say, ids in order (`id1`, `id2`, …). */
export function makeDeps(db: Db, clock: Clock = makeClock()): TestDeps {
  let last = 0;
  return { db, clock, now: clock.now, slack: makePort(), webhooks: makeWebhooks(), newId: () => `id${++last}` };
}

/** When rows are made unless a test says otherwise: the clock's first instant, so that nobody is stale. */
const NOW = makeClock().now();

export async function makeWorkspace(db: Handle, id = 'T1'): Promise<string> {
  await saveWorkspace(db, { id, botUserId: 'UBECKON', now: NOW });
  return id;
}

/** What Slack says of a full member. Their name is made of the id: `UANA` is Ana. */
export function person(userId: string, overrides: Partial<Person> = {}): Person {
  const name = `${userId.slice(1, 2)}${userId.slice(2).toLowerCase()}`;
  return {
    userId,
    name,
    realName: name,
    isGuest: false,
    isBot: false,
    isDeactivated: false,
    isOutsider: false,
    isSlackAdmin: false,
    timeZone: 'Europe/Berlin',
    locale: 'en-US',
    huddleUntil: undefined,
    statusEmoji: '',
    statusUntil: undefined,
    ...overrides,
  };
}

/** A public channel Beckon is in. */
export const channel = (id: string, overrides: Partial<ChannelFacts> = {}): ChannelFacts => ({
  id,
  name: id.toLowerCase(),
  kind: 'channel',
  isPrivate: false,
  isArchived: false,
  isShared: false,
  isMember: true,
  ...overrides,
});

type In = { workspaceId?: string };

/** Somebody Beckon has met. */
export async function makePerson(
  db: Handle,
  userId: string,
  { workspaceId = 'T1', now = NOW, ...overrides }: Partial<Person> & In & { now?: Date } = {},
): Promise<string> {
  await savePeople(db, workspaceId, [person(userId, overrides)], now);
  return userId;
}

/** A Slack admin Beckon has met: an administrator, on no desk. */
export const makeAdministrator = (db: Handle, userId: string, overrides: Partial<Person> & In = {}): Promise<string> =>
  makePerson(db, userId, { ...overrides, isSlackAdmin: true });

type AgentOverrides = AgentChange & In & { desks?: string[]; expertise?: string[]; person?: Partial<Person> };

/** A person with preferences, on these desks and with these expertise (ids of rows made before). */
export async function makeAgent(
  db: Handle,
  userId: string,
  { workspaceId = 'T1', desks = [], expertise = [], person: facts = {}, ...preferences }: AgentOverrides = {},
): Promise<string> {
  await makePerson(db, userId, { workspaceId, ...facts });
  await insertAgents(db, workspaceId, [userId]);
  if (Object.keys(preferences).length > 0) await updateAgents(db, workspaceId, [userId], preferences);
  await putOnDesks(db, workspaceId, desks, [userId]);
  await giveExpertise(db, workspaceId, expertise, [userId]);
  return userId;
}

/** An expertise whose id is `id`, by default its name in small letters. */
export async function makeExpertise(
  db: Handle,
  name: string,
  overrides: { id?: string; description?: string } & In = {},
): Promise<string> {
  const id = overrides.id ?? name.toLowerCase().replaceAll(' ', '-');
  await insertExpertise(db, {
    workspaceId: overrides.workspaceId ?? 'T1',
    id,
    name,
    description: overrides.description ?? '',
    now: NOW,
  });
  return id;
}

/** A desk whose id is `id`, by default its name in small letters; `Support` is the default desk unless told otherwise. */
export async function makeDesk(
  db: Handle,
  name = 'Support',
  overrides: { id?: string; isDefault?: boolean; helpChannelId?: string; answerMinutes?: number } & In = {},
): Promise<string> {
  const { workspaceId = 'T1', id = name.toLowerCase(), isDefault = name === 'Support', ...rest } = overrides;
  await insertDesk(db, { workspaceId, id, name, isDefault, now: NOW, ...rest });
  return id;
}
