/** Forwards from the API until everybody is told: as fast as Beckon can, under Slack's limits, and in Slack calls. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { forward } from '../src/services/forward/forward.ts';
import type { Db } from '../src/store/db.ts';
import { makeBeckon } from './cards.ts';
import type { Databases } from './database.ts';
import { conversation, numbers, openStage, seeEverybody, TEAM, type Stage } from './forward-stage.ts';
import { startProgram, type Program } from './program.ts';
import { summarise, type Report } from './report.ts';
import { ALL, expertiseId } from './seed.ts';
import { watchStolen } from './stolen.ts';

/** As many as are forwarded, each once. */
const CONVERSATIONS = 2000;
const WARM_UP = 50;
const UNDER_LIMITS = 80;
const COUNTED = 20;
/** Requests under way at once, as several bots would send them. */
const AT_ONCE = 8;
const PATIENCE_MS = 300_000;
/** Five thousand a minute. */
const MS_A_FORWARD = 12;
const CALLS_A_FORWARD = 8;

type Answer = { outcome: string; agent?: { id: string } };

const start = ({ slack, databaseUrl }: Stage, pace: 'on' | 'off'): Promise<Program> =>
  startProgram('../src/main.js', {
    apiUrl: slack.apiUrl,
    databaseUrl,
    env: { API_RATE: '1000000', SLACK_PACE: pace },
  });

async function post(url: URL, dispatcher: Agent, secret: string, index: number): Promise<Answer> {
  const path = new URL(`/api/v1/conversations/${conversation(index)}/forward`, url);
  const { statusCode, body } = await request(path, {
    method: 'POST',
    dispatcher,
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ expertise: [ALL], language: 'en' }),
  });
  const answer = await body.text();
  if (statusCode !== 200) throw new Error(`${statusCode}: ${answer}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the API answers as its document says
  return JSON.parse(answer) as Answer;
}

/** Sends them all, some at a time; who got each. */
async function forwardAll(url: URL, secret: string, indices: readonly number[]): Promise<string[]> {
  const dispatcher = new Agent({ connections: AT_ONCE });
  const left = [...indices];
  const got: string[] = [];
  const one = async () => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const answer = await post(url, dispatcher, secret, index);
      got.push(answer.agent?.id ?? 'nobody');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await dispatcher.close();
  return got;
}

async function backlog(db: Db): Promise<number> {
  const unsent = db('notices').whereIn('state', ['waiting', 'claimed', 'sending']);
  const [row] = await unsent.count<{ left: number | string }[]>({ left: '*' });
  return Number(row?.left ?? 0);
}

/** Resolves with the milliseconds it took until nothing was left to send. */
async function untilTold(db: Db): Promise<number> {
  const begun = performance.now();
  while ((await backlog(db)) > 0) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error('The outbox was not worked off.');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  return performance.now() - begun;
}

function spread(got: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const id of got) counts.set(id, (counts.get(id) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return counts.size < TEAM.agents ? most : most - Math.min(...counts.values());
}

async function measureFast(report: Report, databases: Databases): Promise<void> {
  const stage = await openStage(databases, CONVERSATIONS, true);
  stage.slack.setKnobs({ rateLimits: false });
  await seeEverybody(stage.db);
  const program = await start(stage, 'off');
  try {
    const warm = await forwardAll(program.url, stage.secret, numbers(0, WARM_UP));
    const stolen = watchStolen();
    const begun = performance.now();
    const got = await forwardAll(program.url, stage.secret, numbers(WARM_UP, CONVERSATIONS));
    const ms = (performance.now() - begun) / got.length;
    const percent = stolen();
    const left = await backlog(stage.db);
    const told = await untilTold(stage.db);
    const uneven = spread([...warm, ...got]);
    report.table([
      [
        'Forwards committed a minute',
        'processor time the host kept (%)',
        'left to send at the end',
        'sent after (s)',
        'most minus fewest an agent got',
      ],
      [Math.round(60_000 / ms), percent, left, told / 1000, uneven],
    ]);
    report.aim({
      what: 'A forward committed (5,000 a minute are 12 ms each)',
      measured: ms,
      limit: MS_A_FORWARD,
      unit: 'ms',
    });
    report.aim({ what: 'Most minus fewest forwards among equals', measured: uneven, limit: 1, unit: '' });
  } finally {
    await program.stop();
    await stage.close();
  }
}

/** Everything comes at once, and Slack lets fifty people a minute in. */
async function measureLimited(report: Report, databases: Databases): Promise<void> {
  const stage = await openStage(databases, UNDER_LIMITS, false);
  stage.slack.setKnobs({ rateLimits: true });
  await seeEverybody(stage.db);
  const program = await start(stage, 'on');
  try {
    const begun = performance.now();
    await forwardAll(program.url, stage.secret, numbers(0, UNDER_LIMITS));
    const left = await backlog(stage.db);
    await untilTold(stage.db);
    const minutes = (performance.now() - begun) / 60_000;
    const rows = await stage
      .db('seats')
      .where({ came_by: 'forwarded', state: 'in' })
      .select<{ claimed_at: string; arrived_at: string }[]>(['claimed_at', 'arrived_at']);
    const waits = summarise(rows.map((row) => (Date.parse(row.arrived_at) - Date.parse(row.claimed_at)) / 1000));
    const refused = stage.slack.calls().filter(({ answer }) => 'status' in answer && answer.status === 429).length;
    report.table([
      [
        'Under Slack’s limits',
        'a minute',
        'left at first',
        'in after (s) median',
        'p95',
        'lost',
        'calls refused (429)',
      ],
      [
        `${UNDER_LIMITS} at once`,
        UNDER_LIMITS / minutes,
        left,
        waits.median,
        waits.p95,
        UNDER_LIMITS - rows.length,
        refused,
      ],
    ]);
    report.aim({
      what: 'Forwards lost under Slack’s limits',
      measured: UNDER_LIMITS - rows.length,
      limit: 0,
      unit: '',
    });
    report.aim({ what: 'Calls Slack refused with 429', measured: refused, limit: 0, unit: '' });
  } finally {
    await program.stop();
    await stage.close();
  }
}

async function measureCalls(report: Report, databases: Databases): Promise<void> {
  const stage = await openStage(databases, COUNTED, false);
  const { slack, db } = stage;
  const beckon = await makeBeckon(db, slack, () => new Date());
  try {
    const counts: { beside: number; presence: number }[] = [];
    for (const index of numbers(0, COUNTED)) {
      const before = slack.calls().length;
      const wish = { wanted: [expertiseId(index % TEAM.expertise)], language: '', country: '', previousAgent: '' };
      const input = { conversationId: conversation(index), wish, note: '', message: '', cameFrom: 'api' } as const;
      await forward(beckon.deps, { workspaceId: slack.teamId, userId: '' }, input);
      await beckon.settle();
      const calls = slack.calls().slice(before);
      const presence = calls.filter(({ method }) => method === 'users.getPresence').length;
      counts.push({ beside: calls.length - presence, presence });
    }
    const beside = counts.map((each) => each.beside);
    const presence = summarise(counts.map((each) => each.presence));
    const calls = summarise(beside);
    const most = Math.max(...beside);
    report.table([
      ['Slack calls a forward', 'min', 'median', 'max'],
      ['beside presence', calls.min, calls.median, most],
      ['presence', presence.min, presence.median, Math.max(...counts.map((each) => each.presence))],
    ]);
    report.aim({ what: 'Slack calls a forward, beside presence', measured: most, limit: CALLS_A_FORWARD, unit: '' });
  } finally {
    await beckon.stop();
    await stage.close();
  }
}

/** Forwards, three ways. */
export async function measureEngine(report: Report, databases: Databases): Promise<void> {
  report.heading(`Forwarding through the API, workers running; ${TEAM.agents} agents, Slack’s limits off`);
  await measureFast(report, databases);
  await measureLimited(report, databases);
  await measureCalls(report, databases);
}
