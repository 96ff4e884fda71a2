/** A workspace for forwards from the API: equal agents, and a conversation of a bot's for each forward. */
import { randomBytes } from 'node:crypto';
import { connect, migrate, type Db } from '../src/store/db.ts';
import { insertToken } from '../src/store/tokens.ts';
import type { LocalSlack } from '../sandbox/server/start.ts';
import type { Databases } from './database.ts';
import { seedHistory } from './history.ts';
import { agentName, customerChannel, DESK, seedDatabase, startSeededSlack, type Team } from './seed.ts';

/** Everybody knows what is wanted, so that all are equal. */
export const TEAM: Team = { agents: 200, expertise: 10 };
/** Nobody is in any of these; what is kept of them is in the way of what is looked for. */
const CLOSED = 20_000;

export const conversation = (index: number): string => `c${index}`;
export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

export type Stage = { slack: LocalSlack; db: Db; databaseUrl: string; secret: string; close: () => Promise<void> };

async function seedConversations(db: Db, slack: LocalSlack, { secret, count }: { secret: string; count: number }) {
  const now = new Date();
  const at = now.toISOString();
  const workspaceId = slack.teamId;
  const madeBy = slack.person('maya');
  await insertToken(db, { id: 'token', workspaceId, name: 'Bench', secret, speaksAs: '', madeBy, now });
  const rows = numbers(0, count).map((index) => ({
    workspace_id: workspaceId,
    id: conversation(index),
    desk_id: DESK,
    channel_id: slack.channel(customerChannel(index)),
    channel_name: customerChannel(index),
    is_private: 1,
    status: 'in_progress',
    opened_by: madeBy,
    opened_at: at,
    active_at: at,
    token_id: 'token',
  }));
  await db.batchInsert('conversations', rows, 400);
}

async function seedPast(db: Db, slack: LocalSlack): Promise<void> {
  const agents = numbers(0, TEAM.agents).map((index) => slack.person(agentName(index)));
  const { teamId: workspaceId } = slack;
  const past = { workspaceId, agents, expertise: TEAM.expertise, channelId: slack.channel(customerChannel(0)) };
  await seedHistory(db, { ...past, now: new Date() }, { open: 0, closed: CLOSED });
}

/** So many conversations, each in a channel of its own. @param isEverybodyIn agents are in the channels already */
export async function openStage(databases: Databases, count: number, isEverybodyIn: boolean): Promise<Stage> {
  const slack = await startSeededSlack(TEAM, count, () => Date.now(), isEverybodyIn);
  const databaseUrl = await databases.fresh();
  const db = connect(databaseUrl);
  const secret = `beckon_${randomBytes(24).toString('base64url')}`;
  await migrate(db);
  await seedDatabase(db, slack, TEAM, new Date());
  await seedConversations(db, slack, { secret, count });
  await seedPast(db, slack);
  const close = async () => {
    await db.destroy();
    await slack.close();
  };
  return { slack, db, databaseUrl, secret, close };
}

/** Everybody was seen there a moment ago. */
export async function seeEverybody(db: Db): Promise<void> {
  const at = new Date().toISOString();
  await db('people').update({ presence: 'active', presence_at: at, dnd_at: at });
  await db('desk_agents').update({ valid_until: '' });
}
