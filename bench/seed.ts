/** A team of 1,000 agents with 200 expertise, the same in the local Slack and in Beckon's database. */
import { readFileSync } from 'node:fs';
import { manifestSchema } from '../sandbox/server/manifest.ts';
import type { Seed } from '../sandbox/server/seed.ts';
import { startSlack, type LocalSlack } from '../sandbox/server/start.ts';
import type { Person } from '../src/domain/person.ts';
import { insertAgents } from '../src/store/agents.ts';
import { isPostgres, type Db } from '../src/store/db.ts';
import { insertDesk, putOnDesks } from '../src/store/desks.ts';
import { giveExpertise, insertExpertise } from '../src/store/expertise.ts';
import { savePeople } from '../src/store/people.ts';
import { saveWorkspace } from '../src/store/workspaces.ts';

export const AGENTS = 1000;
export const EXPERTISE = 200;
/** SQLite takes at most 500 rows in one insertion. */
const BATCH = 200;
/** What an agent has of the common expertise. */
const EACH = 5;
/** Expertise that this many agents have, by name; the other 200 are spread evenly. */
export const MATCHING: Readonly<Record<string, number>> = {
  'One knows it': 1,
  'Thirty know it': 30,
  'All know it': AGENTS,
};

export const HELP_CHANNEL = 'support-help';
export const SECRETS = { signingSecret: 'bench-secret', botToken: 'xoxb-bench', appToken: 'xapp-bench' };

export const agentName = (index: number): string => `agent${index}`;
export const customerChannel = (index: number): string => `customer-${index}`;
export const expertiseId = (index: number): string => `e${index}`;

const handles = Array.from({ length: AGENTS }, (_, index) => agentName(index));

function slackSeed(channels: number): Seed {
  const blank = { title: '', timeZone: 'Europe/Berlin', locale: 'en-US', company: '' };
  return {
    team: { name: 'Bench', domain: 'bench' },
    people: [
      { ...blank, name: 'maya', realName: 'Maya Ortiz', role: 'administrator' },
      ...handles.map((name, index) => ({ ...blank, name, realName: `Agent Number ${index}`, role: 'member' as const })),
      { ...blank, name: 'gus', realName: 'Gus Keller', role: 'guest', company: 'Acme' },
    ],
    channels: [
      { name: HELP_CHANNEL, private: false, topic: '', members: ['bot', 'maya', ...handles] },
      ...Array.from({ length: channels }, (_, index) => ({
        name: customerChannel(index),
        private: true,
        topic: '',
        members: ['bot', 'maya', 'gus', agentName(0)],
      })),
    ],
    userGroups: [],
  };
}

/** A local Slack with everybody in it and this many customer channels. `now`: epoch milliseconds. */
export function startSeededSlack(channels: number, now: () => number): Promise<LocalSlack> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync('manifest.json', 'utf8')));
  return startSlack({ ...SECRETS, manifest, seed: slackSeed(channels), now });
}

const person = (userId: string, name: string, more: Partial<Person> = {}): Person => ({
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
  ...more,
});

async function seedExpertise(db: Db, workspaceId: string, agents: readonly string[], now: Date): Promise<void> {
  const names = [
    ...Array.from({ length: EXPERTISE - 3 }, (_, index) => `Product area ${index}`),
    ...Object.keys(MATCHING),
  ];
  for (const [index, name] of names.entries()) {
    const description = `Questions about ${name.toLowerCase()}`;
    await insertExpertise(db, { workspaceId, id: expertiseId(index), name, description, now });
    const count = MATCHING[name];
    if (count !== undefined) await giveExpertise(db, workspaceId, [expertiseId(index)], agents.slice(-count));
  }
  // Groups of agents share a set, so that a set costs one statement.
  const common = EXPERTISE - 3;
  for (let group = 0; group < common; group += 1) {
    const holders = agents.filter((_, index) => index % common === group);
    const held = Array.from({ length: EACH }, (_, index) => expertiseId((group + index * 37) % common));
    await giveExpertise(db, workspaceId, held, holders);
  }
}

/** The same people, their expertise and one desk, in a migrated database. */
export async function seedDatabase(db: Db, slack: LocalSlack, now: Date): Promise<void> {
  const workspaceId = slack.teamId;
  const agents = handles.map((name) => slack.person(name));
  await saveWorkspace(db, { id: workspaceId, botUserId: slack.app.botUser, now });
  const people = [
    person(slack.person('maya'), 'Maya Ortiz', { isSlackAdmin: true }),
    person(slack.person('gus'), 'Gus Keller', { isGuest: true }),
    ...agents.map((id, index) => person(id, `Agent Number ${index}`)),
  ];
  for (let from = 0; from < people.length; from += BATCH) {
    await savePeople(db, workspaceId, people.slice(from, from + BATCH), now);
  }
  await insertAgents(db, workspaceId, agents);
  const helpChannelId = slack.channel(HELP_CHANNEL);
  await insertDesk(db, { workspaceId, id: 'desk', name: 'Support', isDefault: true, helpChannelId, now });
  await putOnDesks(db, workspaceId, ['desk'], agents);
  await seedExpertise(db, workspaceId, agents, now);
  // PostgreSQL counts new rows by itself within a minute; until then it plans as for empty tables.
  if (isPostgres(db)) await db.raw('analyze');
}
