/** What each thing people do costs in Slack calls, however many agents there are. */
import { connect, type Somebody, type Workspace } from '../sandbox/driver.ts';
import type { Call } from '../sandbox/server/slack.ts';
import type { LocalSlack } from '../sandbox/server/start.ts';
import { connect as connectDatabase, migrate } from '../src/store/db.ts';
import { makeBeckon } from './cards.ts';
import type { Databases } from './database.ts';
import type { Report } from './report.ts';
import {
  agentName,
  ALL,
  customerChannel,
  HELP_CHANNEL,
  matchingIn,
  seedDatabase,
  startSeededSlack,
  type Team,
} from './seed.ts';

/** More than the twenty Homes that are kept up to date. */
const VIEWERS = 25;
const ALLOWED = 8;
const TEAM: Team = { agents: 1000, expertise: 200 };
const MATCHING = matchingIn(TEAM);
/** One for each request that is played. */
const CHANNELS = Object.keys(MATCHING).length + 1;

type Stage = {
  slack: LocalSlack;
  workspace: Workspace;
  /** moves everybody's clock; what becomes due happens uncounted unless something is counted next */
  pass: (seconds: number) => void;
  settle: () => Promise<void>;
  /** does something, waits for all that follows from it, and notes the calls it took */
  count: (action: string, act: () => Promise<unknown>) => Promise<readonly Call[]>;
  counted: { action: string; calls: readonly Call[] }[];
  close: () => Promise<void>;
};

async function openStage(databases: Databases): Promise<Stage> {
  let at = Date.now();
  const slack = await startSeededSlack(TEAM, CHANNELS, () => at);
  const db = connectDatabase(await databases.fresh());
  await migrate(db);
  await seedDatabase(db, slack, TEAM, new Date(at));
  const beckon = await makeBeckon(db, slack, () => new Date(at));
  await beckon.bolt.start();
  await slack.connected();
  const workspace = await connect(slack.url);
  const settle = async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await slack.idle();
      await beckon.settle();
    }
  };
  const counted: Stage['counted'] = [];
  return {
    slack,
    workspace,
    pass: (seconds) => {
      at += seconds * 1000;
    },
    settle,
    count: async (action, act) => {
      slack.forgetCalls();
      await act();
      await settle();
      const calls = slack.calls();
      counted.push({ action, calls });
      return calls;
    },
    counted,
    close: async () => {
      workspace.close();
      await beckon.stop();
      await db.destroy();
      await slack.close();
    },
  };
}

/** Commands are acknowledged before their modal opens. */
async function opened(somebody: Somebody, act: () => Promise<void>): Promise<void> {
  await act();
  await somebody.until(async () => (await somebody.modals()).at(-1));
}

async function smallThings({ count }: Stage, ana: Somebody): Promise<void> {
  await count('Home opened', () => ana.openHome());
  await count('Home opened again, nothing changed', () => ana.openHome());
  await count('/expertise list', () => ana.command(HELP_CHANNEL, '/expertise list'));
  await count('/expertise who, 1,000 know it', () => ana.command(HELP_CHANNEL, '/expertise who All know it'));
  await count('/expertise me', () => opened(ana, () => ana.command(HELP_CHANNEL, '/expertise me')));
  await count('  preferences saved', () => ana.submit({ 'Live chat name': 'Ana from Northwind' }));
  await count('/livechat list', () => opened(ana, () => ana.command(HELP_CHANNEL, '/livechat list')));
  await ana.closeModal();
}

const matching = (expertise: string): string => (MATCHING[expertise] ?? 0).toLocaleString('en');

/** Asks in one channel for what so many agents know; what the request itself cost beside its calls and Homes. */
async function ask({ count }: Stage, ana: Somebody, channel: string, expertise: string): Promise<readonly Call[]> {
  await count('/livechat ask', () => opened(ana, () => ana.command(channel, '/livechat ask')));
  const entries = { 'What should the helper know about?': [expertise], Note: 'Charged twice, invoice 17' };
  const calls = await count(`  asked, ${matching(expertise)} match`, () => ana.submit(entries));
  await ana.closeModal();
  return calls;
}

const field = ({ args }: Call, name: string): string => (typeof args[name] === 'string' ? args[name] : '');

/** A message that calls somebody: in a thread of the help channel, or to one person. */
const callsSomebody = (call: Call): boolean =>
  call.method === 'chat.postMessage' && (field(call, 'thread_ts') !== '' || /^[UD]/.test(field(call, 'channel')));

/** What an action costs beside the messages that call somebody, their edits, and Homes. */
function ofItsOwn(calls: readonly Call[], counted: Stage['counted']): number {
  const posted = counted.flatMap((each) => each.calls).filter(callsSomebody);
  const sent = new Set(posted.map(({ answer }) => ('ts' in answer ? String(answer['ts']) : '')));
  const isBeside = (call: Call) =>
    call.method === 'views.publish' ||
    callsSomebody(call) ||
    (call.method === 'chat.update' && sent.has(field(call, 'ts')));
  return calls.filter((call) => !isBeside(call)).length;
}

function byMethod(calls: readonly Call[]): string {
  const counts = new Map<string, number>();
  for (const { method } of calls) counts.set(method, (counts.get(method) ?? 0) + 1);
  return [...counts].map(([method, n]) => (n === 1 ? method : `${n} × ${method}`)).join(', ');
}

/** Two press *Join* on the newest card. */
async function joinBoth({ workspace, count }: Stage): Promise<readonly Call[]> {
  const [first, second] = await Promise.all([workspace.as(agentName(1)), workspace.as(agentName(2))]);
  const card = (await first.read(HELP_CHANNEL)).findLast(({ threadTs }) => threadTs === undefined);
  if (card === undefined) throw new Error('There is no help card.');
  // The loser is answered by the response address, which is no Web API call.
  return count('Join, two at once', () => Promise.all([first.press('Join', card), second.press('Join', card)]));
}

async function lookAtHomes({ workspace, count }: Stage): Promise<void> {
  await count(`${VIEWERS} people open Home`, async () => {
    for (let index = 0; index < VIEWERS; index += 1) {
      await (await workspace.as(agentName(100 + index))).openHome();
    }
  });
}

const ROUND_SECONDS = 5 * 60 + 1;
const HOMES_SECONDS = 6;
const HOMES_MAX = 20;

/** Nobody joins for a while, and many have looked at Home. */
async function waitInVain(stage: Stage): Promise<void> {
  await lookAtHomes(stage);
  stage.pass(ROUND_SECONDS);
  await stage.count('  nobody joins: next round', () => Promise.resolve());
}

type Played = { index: number; expertise: string; isOpen: boolean };

/** One request for help from asking until somebody is in. */
async function request(report: Report, stage: Stage, { index, expertise, isOpen }: Played): Promise<void> {
  const ana = await stage.workspace.as(agentName(0));
  const { count, counted, pass, settle } = stage;
  const channel = customerChannel(index);
  // Past the freshness of presence and do not disturb, so that each pays its full price.
  pass(3600);
  await settle();
  if (isOpen) await count('/livechat open', () => ana.command(channel, '/livechat open'));
  const asked = ofItsOwn(await ask(stage, ana, channel, expertise), counted);
  if (expertise === ALL && isOpen) await waitInVain(stage);
  const joined = ofItsOwn(await joinBoth(stage), counted);
  pass(HOMES_SECONDS);
  const homes = await count('  Homes, seconds later', () => Promise.resolve());
  // What opening costs is its own action's, and stands in the table.
  if (isOpen) {
    const what = `Slack calls, ${matching(expertise)} match`;
    report.aim({ what: `${what}: asking`, measured: asked, limit: ALLOWED, unit: 'calls' });
    report.aim({ what: `${what}: from asking until joined`, measured: asked + joined, limit: ALLOWED, unit: 'calls' });
  }
  if (homes.length > 0) {
    report.aim({ what: 'Homes after one change', measured: homes.length, limit: HOMES_MAX, unit: 'calls' });
  }
}

async function play(report: Report, stage: Stage): Promise<void> {
  const ana = await stage.workspace.as(agentName(0));
  await smallThings(stage, ana);
  for (const [index, expertise] of Object.keys(MATCHING).entries()) {
    await request(report, stage, { index, expertise, isOpen: true });
  }
  await request(report, stage, { index: CHANNELS - 1, expertise: ALL, isOpen: false });
  const channel = customerChannel(CHANNELS - 1);
  await handle(stage, ana, channel);
}

/** What else is done with a conversation, until it is closed. */
async function handle({ workspace, count, pass, settle }: Stage, ana: Somebody, channel: string): Promise<void> {
  await count('/livechat (panel)', () => opened(ana, () => ana.command(channel, '/livechat')));
  await count('  status saved', () => ana.submit({ Status: 'Waiting for customer' }));
  await count('/livechat status', () => ana.command(channel, '/livechat status in progress'));
  pass(3600);
  await settle();
  await count('/livechat invite', () => opened(ana, () => ana.command(channel, '/livechat invite')));
  await count('  one person invited', () => ana.submit({ 'Agents 1 to 10': ['Agent Number 10 ·'] }));
  await ana.closeModal();
  const other = await workspace.as(agentName(10));
  await count('/livechat leave', () => other.command(channel, '/livechat leave'));
  await count('/livechat close', () => ana.command(channel, '/livechat close'));
}

/** Plays every action once and prints action × calls. */
export async function countCalls(report: Report, databases: Databases): Promise<void> {
  const stage = await openStage(databases);
  try {
    await play(report, stage);
    report.heading('Slack calls of each action, 1,000 agents');
    report.table([
      ['', 'calls', 'its own', 'of which'],
      ...stage.counted.map(({ action, calls }) => [
        action,
        calls.length,
        ofItsOwn(calls, stage.counted),
        byMethod(calls),
      ]),
    ]);
    report.line('  “Its own” leaves out the messages that call somebody, their edits, and Homes. Presence counts.');
    report.line('  Replies to commands and clicks go to response addresses, which are no Web API calls.');
  } finally {
    await stage.close();
  }
}
