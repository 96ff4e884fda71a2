/** How long choosing somebody takes, for desks of any size: the whole verb, from reading until it is committed. */
import { forward } from '../src/services/forward/forward.ts';
import type { Deps, SlackPort } from '../src/services/deps.ts';
import { standingsDue } from '../src/services/agent/stand.ts';
import { connect, migrate, type Db } from '../src/store/db.ts';
import { insertDesk } from '../src/store/desks.ts';
import { saveWorkspace } from '../src/store/workspaces.ts';
import type { Databases } from './database.ts';
import { summarise, type Report, type Summary } from './report.ts';
import { settleStatistics } from './seed.ts';

const SIZES = [1000, 10_000, 100_000];
const EXPERTISE = 500;
/** What each agent knows. */
const EACH = 3;
const FORWARDS = 200;
const WARM_UP = 20;
const ROWS = 400;
const T = 'TBENCH';
const DESK = 'desk';

const agent = (index: number): string => `U${String(index).padStart(7, '0')}`;
const expertise = (index: number): string => `e${index}`;
const conversation = (index: number): string => `c${index}`;

const count = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** One in ten is there, as Slack said a moment ago. */
const isThere = (index: number): boolean => index % 10 === 0;

async function seedAgents(db: Db, agents: number, at: string): Promise<void> {
  const all = count(agents);
  const workspace_id = T;
  const people = all.map((index) => ({
    workspace_id,
    user_id: agent(index),
    name: `Agent ${index}`,
    real_name: `Agent Number ${index}`,
    search_key: `agent ${index}`,
    time_zone: 'Europe/Berlin',
    locale: index % 5 === 0 ? 'fr-FR' : 'en-US',
    presence: isThere(index) ? 'active' : 'away',
    presence_at: at,
    dnd_at: at,
    read_at: at,
  }));
  await db.batchInsert('people', people, ROWS);
  const rows = all.map((index) => ({ workspace_id, user_id: agent(index) }));
  await db.batchInsert(
    'agents',
    rows.map((row) => ({ ...row, languages: '[]' })),
    ROWS,
  );
  await db.batchInsert(
    'desk_agents',
    rows.map((row) => ({ ...row, desk_id: DESK })),
    ROWS,
  );
  const known = all.flatMap((index) =>
    count(EACH).map((n) => ({
      workspace_id,
      user_id: agent(index),
      expertise_id: expertise((index * 7 + n * 131) % EXPERTISE),
    })),
  );
  await db.batchInsert('agent_expertise', known, ROWS);
}

async function seedRest(db: Db, at: string): Promise<void> {
  const names = count(EXPERTISE).map((index) => ({
    workspace_id: T,
    id: expertise(index),
    name: `Product area ${index}`,
    name_key: `product area ${index}`,
    created_at: at,
  }));
  await db.batchInsert('expertise', names, ROWS);
  const open = count(FORWARDS + WARM_UP).map((index) => ({
    workspace_id: T,
    id: conversation(index),
    desk_id: DESK,
    channel_id: `C${index}`,
    status: 'in_progress',
    opened_by: agent(1),
    opened_at: at,
    active_at: at,
  }));
  await db.batchInsert('conversations', open, ROWS);
}

/** Slack that says at once what it said before; it is hardly asked, because presence is fresh. */
const slack: SlackPort = {
  presence: (_workspaceId, userIds) => Promise.resolve(new Map(userIds.map((id) => [id, 'active' as const]))),
  dnd: () => Promise.resolve(new Map()),
  people: () => Promise.resolve(new Map()),
  members: () => Promise.resolve('unknown'),
  channel: () => Promise.resolve('unknown'),
  message: () => Promise.resolve('unknown'),
};

/** No token has one. */
const webhooks: Deps['webhooks'] = {
  objection: () => Promise.resolve(undefined),
  secretOf: () => '',
  ping: () => Promise.reject(new Error('Nothing is sent here.')),
};

async function choose(deps: Deps, index: number): Promise<number> {
  const wanted = [expertise((index * 37) % EXPERTISE), expertise((index * 37 + 131) % EXPERTISE)];
  const begun = performance.now();
  const outcome = await forward(
    deps,
    { workspaceId: T, userId: '' },
    {
      conversationId: conversation(index),
      wish: { wanted, language: 'fr', country: '', previousAgent: '' },
      note: '',
      message: '',
      cameFrom: 'api',
    },
  );
  if (outcome.outcome !== 'forwarded') throw new Error('Nobody was found.');
  return performance.now() - begun;
}

async function measureSize(databases: Databases, agents: number): Promise<{ decision: Summary; standingsMs: number }> {
  const db = connect(await databases.fresh());
  try {
    await migrate(db);
    const now = new Date();
    await saveWorkspace(db, { id: T, botUserId: 'UBECKON', now });
    await insertDesk(db, { workspaceId: T, id: DESK, name: 'Support', isDefault: true, now });
    await seedRest(db, now.toISOString());
    await seedAgents(db, agents, now.toISOString());
    await settleStatistics(db);
    let last = 0;
    // The clock stands still: presence stays fresh however long the seeding took.
    const deps: Deps = { db, now: () => now, newId: () => `id${(last += 1)}`, slack, webhooks };
    const began = performance.now();
    while ((await standingsDue(deps)) > 0);
    const standingsMs = performance.now() - began;
    await settleStatistics(db);
    for (const index of count(WARM_UP)) await choose(deps, FORWARDS + index);
    const times: number[] = [];
    for (const index of count(FORWARDS)) times.push(await choose(deps, index));
    return { decision: summarise(times), standingsMs };
  } finally {
    await db.destroy();
  }
}

/** A table of desks by size, and whether a hundred times as many agents cost at most twice the time. */
export async function measureDecisions(report: Report, databases: Databases): Promise<void> {
  report.heading(
    'Choosing an agent, from reading until committed (ms); 500 expertise, one in ten there, presence fresh',
  );
  const rows: (string | number)[][] = [['Agents on the desk', 'min', 'median', 'p95', 'all standings worked out (s)']];
  const medians = new Map<number, number>();
  for (const agents of SIZES) {
    const { decision, standingsMs } = await measureSize(databases, agents);
    medians.set(agents, decision.median);
    rows.push([agents.toLocaleString('en'), decision.min, decision.median, decision.p95, standingsMs / 1000]);
  }
  report.table(rows);
  const times = (medians.get(SIZES.at(-1) ?? 0) ?? 0) / (medians.get(SIZES[0] ?? 0) ?? 1);
  report.aim({ what: 'Choosing among 100,000, against 1,000', measured: times, limit: 2, unit: 'times' });
}
