/** A team of any size, the same in the local Slack and in Beckon's database. */
import { readFileSync } from 'node:fs';
import { manifestSchema } from '../sandbox/server/manifest.ts';
import type { Seed } from '../sandbox/server/seed.ts';
import { startSlack, type LocalSlack } from '../sandbox/server/start.ts';
import { nameKey } from '../src/domain/name.ts';
import { personFrom } from '../src/slack/person.ts';
import { insertAgents } from '../src/store/agents.ts';
import { isPostgres, transaction, type Db, type Handle } from '../src/store/db.ts';
import { putOnDesks } from '../src/store/desk-agents.ts';
import { insertDesk } from '../src/store/desks.ts';
import { savePeople } from '../src/store/people.ts';
import { saveWorkspace } from '../src/store/workspaces.ts';

export type Team = { readonly agents: number; readonly expertise: number };

/** SQLite takes at most 500 rows in one insertion. */
const BATCH = 400;
/** What an agent has of the common expertise. */
const EACH = 5;

export const ONE = 'One knows it';
export const THIRTY = 'Thirty know it';
export const ALL = 'All know it';

/** Expertise that this many agents have, by name; the others are spread evenly. */
export const matchingIn = ({ agents }: Team): Readonly<Record<string, number>> => ({
  [ONE]: 1,
  [THIRTY]: 30,
  [ALL]: agents,
});
/** How many these are. */
const MATCHING = 3;

export const HELP_CHANNEL = 'support-help';
export const SECRETS = { signingSecret: 'bench-secret', botToken: 'xoxb-bench', appToken: 'xapp-bench' };

export const agentName = (index: number): string => `agent${index}`;
export const customerChannel = (index: number): string => `customer-${index}`;
export const DESK = 'desk';
export const expertiseId = (index: number): string => `e${index}`;

const handlesOf = ({ agents }: Team): string[] => Array.from({ length: agents }, (_, index) => agentName(index));

function slackSeed(team: Team, channels: number, isEverybodyIn: boolean): Seed {
  const handles = handlesOf(team);
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
        members: ['bot', 'maya', 'gus', ...(isEverybodyIn ? handles : [agentName(0)])],
      })),
    ],
    userGroups: [],
  };
}

/**
 * A local Slack with everybody in it and this many customer channels, in which the first agent is, or all of them. `now`: epoch milliseconds.
 */
export function startSeededSlack(
  team: Team,
  channels: number,
  now: () => number,
  isEverybodyIn = false,
): Promise<LocalSlack> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync('manifest.json', 'utf8')));
  return startSlack({ ...SECRETS, manifest, seed: slackSeed(team, channels, isEverybodyIn), now });
}

type Place = { db: Handle; team: Team; workspaceId: string; now: Date };

async function seedExpertise({ db, team, workspaceId, now }: Place, agents: readonly string[]): Promise<void> {
  const matching = matchingIn(team);
  const common = team.expertise - MATCHING;
  const names = [...Array.from({ length: common }, (_, index) => `Product area ${index}`), ...Object.keys(matching)];
  const workspace = { workspace_id: workspaceId };
  const rows = names.map((name, index) => ({
    ...workspace,
    id: expertiseId(index),
    name,
    name_key: nameKey(name),
    description: `Questions about ${name.toLowerCase()}`,
    created_at: now.toISOString(),
  }));
  await db.batchInsert('expertise', rows, BATCH);
  const held = agents.flatMap((userId, agent) => {
    const own = common === 0 ? [] : Array.from({ length: EACH }, (_, index) => (agent + index * 37) % common);
    return [...new Set(own)].map((index) => ({ ...workspace, user_id: userId, expertise_id: expertiseId(index) }));
  });
  const known = Object.entries(matching).flatMap(([name, count]) =>
    agents
      .slice(-count)
      .map((userId) => ({ ...workspace, user_id: userId, expertise_id: expertiseId(names.indexOf(name)) })),
  );
  await db.batchInsert('agent_expertise', [...held, ...known], BATCH);
}

async function seedTeam(place: Place, slack: LocalSlack): Promise<void> {
  const { db, workspaceId, now } = place;
  const agents = handlesOf(place.team).map((name) => slack.person(name));
  await saveWorkspace(db, { id: workspaceId, botUserId: slack.app.botUser, now });
  const home = { teamId: workspaceId, enterpriseId: undefined };
  const person = (id: string, name: string, more: object = {}) =>
    personFrom({ id, real_name: name, tz: 'Europe/Berlin', locale: 'en-US', ...more }, home, now);
  const people = [
    person(slack.person('maya'), 'Maya Ortiz', { is_admin: true }),
    person(slack.person('gus'), 'Gus Keller', { is_restricted: true }),
    ...agents.map((id, index) => person(id, `Agent Number ${index}`)),
  ];
  for (let from = 0; from < people.length; from += BATCH) {
    await savePeople(db, workspaceId, people.slice(from, from + BATCH), now);
  }
  await insertAgents(db, workspaceId, agents);
  const helpChannelId = slack.channel(HELP_CHANNEL);
  await insertDesk(db, { workspaceId, id: DESK, name: 'Support', isDefault: true, helpChannelId, now });
  await putOnDesks(db, workspaceId, [DESK], agents);
  await seedExpertise(place, agents);
}

/** The team's people in the local Slack, their expertise and one desk, in a migrated database. */
export async function seedDatabase(db: Db, slack: LocalSlack, team: Team, now: Date): Promise<void> {
  await transaction(db, (trx) => seedTeam({ db: trx, team, workspaceId: slack.teamId, now }, slack));
  await settleStatistics(db);
}

/** PostgreSQL counts new rows by itself within a minute; until then it plans as for empty tables. SQLite never counts. */
export async function settleStatistics(db: Db): Promise<void> {
  if (isPostgres(db)) await db.raw('analyze');
}
