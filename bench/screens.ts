/** How long people wait for what they open, in a workspace as large as they get beside one in which nothing has happened yet. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalSlack } from '../sandbox/server/start.ts';
import { addConversationExpertise, addCustomers, insertConversation } from '../src/store/conversations.ts';
import { connect, migrate, type Db } from '../src/store/db.ts';
import { insertSeat } from '../src/store/seats.ts';
import type { Databases } from './database.ts';
import { seedHistory, type History } from './history.ts';
import { startProgram, type Program } from './program.ts';
import { summarise, type Report, type Summary } from './report.ts';
import { act, openGate, post, watchAnswers, type Answers, type Gate, type Minted } from './requests.ts';
import {
  agentName,
  ALL,
  customerChannel,
  DESK,
  expertiseId,
  HELP_CHANNEL,
  ONE,
  seedDatabase,
  startSeededSlack,
  THIRTY,
  type Team,
} from './seed.ts';

const LARGE: Team = { agents: 5000, expertise: 1000 };
const PAST: History = { open: 300, closed: 100_000 };
/** What a screen cannot open without: a few agents who know a little, and the conversation it is opened in. */
const EMPTY: Team = { agents: 8, expertise: 3 };
const CONVERSATION = 'measured';

const WARM_UP = 5;
const ROUNDS = 40;
/** Opening may take at most so many times what it takes in an empty workspace. */
const FACTOR = 2;
/** What follows an opened screen by itself (asking Slack who is there) is over by then. */
const CALM_MS = 25;

type Name = 'empty' | 'large';
type Workspace = { name: Name; db: Db; program: Program };

async function fillWorkspace(db: Db, slack: LocalSlack, name: Name): Promise<void> {
  const team = name === 'large' ? LARGE : EMPTY;
  const now = new Date();
  const workspaceId = slack.teamId;
  const channelId = slack.channel(customerChannel(0));
  await seedDatabase(db, slack, team, now);
  if (name === 'large') {
    const agents = Array.from({ length: team.agents }, (_, index) => slack.person(agentName(index)));
    await seedHistory(db, { workspaceId, agents, expertise: team.expertise, channelId, now }, PAST);
  }
  const agent = slack.person(agentName(0));
  const place = { workspaceId, channelId, threadTs: '', channelName: customerChannel(0) };
  const facts = { id: CONVERSATION, deskId: DESK, status: 'in_progress', openedBy: agent, now } as const;
  await insertConversation(db, { ...place, ...facts });
  await addCustomers(db, CONVERSATION, [slack.person('gus')]);
  await addConversationExpertise(
    db,
    CONVERSATION,
    Array.from({ length: 3 }, (_, index) => expertiseId(team.expertise - 1 - index)),
  );
  const seat = { workspaceId, conversationId: CONVERSATION, userId: agent, cameBy: 'opened', arrived: true } as const;
  await insertSeat(db, { id: 'seat', ...seat, now });
}

async function open(slack: LocalSlack, databases: Databases, name: Name): Promise<Workspace> {
  const databaseUrl = await databases.fresh();
  const db = connect(databaseUrl);
  await migrate(db);
  await fillWorkspace(db, slack, name);
  return { name, db, program: await startProgram('../src/main.js', { apiUrl: slack.apiUrl, databaseUrl }) };
}

type Stage = { slack: LocalSlack; gate: Gate; answers: Answers };

/** Sends a request and answers how long its person waited. */
async function waited({ answers }: Stage, { program }: Workspace, asked: Minted): Promise<number> {
  if (asked.answeredBy.length === 0) return post(program.url, asked);
  const answered = answers.to(asked);
  const begun = performance.now();
  const [, at] = await Promise.all([post(program.url, asked), answered]);
  return at - begun;
}

type Screen = { name: string; ask: (workspace: Workspace) => Promise<Minted> };

/** The view an app opened last. */
function lastOpened(slack: LocalSlack): string {
  const call = slack.calls().findLast(({ method }) => method === 'views.open');
  const view: unknown = call !== undefined && 'view' in call.answer ? call.answer['view'] : undefined;
  const found = Object.entries(view ?? {}).find(([key]) => key === 'id');
  return String(found?.[1]);
}

/** What is typed into screens that stay open meanwhile; each program has a picker of its own. */
async function typing(stage: Stage, workspaces: readonly Workspace[]): Promise<Screen[]> {
  const { slack, gate } = stage;
  const pickers = new Map<Name, { as: string; viewId: string }>();
  const channel = slack.channel(customerChannel(0));
  for (const [index, workspace] of workspaces.entries()) {
    const as = slack.person(agentName(index + 1));
    await act(slack, 'invite', { as: slack.person(agentName(0)), channel, users: [as] });
    await waited(stage, workspace, await gate.mint('command', { as, channel, text: '/livechat invite' }));
    pickers.set(workspace.name, { as, viewId: lastOpened(slack) });
    await wait(CALM_MS);
  }
  const large = pickers.get('large') ?? { as: '', viewId: '' };
  let turn = 0;
  return [
    {
      name: 'Invite picker searched by name',
      ask: async ({ name }) => {
        const { as, viewId } = pickers.get(name) ?? large;
        const value = `agent number ${(turn += 1) % 10}`;
        const action = { type: 'plain_text_input', block_id: 'search', action_id: 'invite.search', value };
        const state = { search: { 'invite.search': { type: action.type, value } } };
        const container = { type: 'view', viewId } as const;
        const asked = await gate.mint('action', { as, container, action, state });
        return { ...asked, answeredBy: [viewId] };
      },
    },
    {
      name: 'Expertise searched in a select',
      ask: async () => {
        const { as, viewId } = large;
        const value = `area ${(turn += 1) % 10}`;
        const container = { type: 'view', viewId } as const;
        const where = { blockId: 'having', actionId: 'invite.having' };
        const asked = await gate.mint('options', { as, container, ...where, value });
        return { ...asked, answeredBy: [] };
      },
    },
  ];
}

function screensOf({ slack, gate }: Stage): Screen[] {
  const agent = slack.person(agentName(0));
  const maya = slack.person('maya');
  const command = (name: string, text: string, where = HELP_CHANNEL, as = agent): Screen => ({
    name,
    ask: () => gate.mint('command', { as, channel: slack.channel(where), text }),
  });
  const home = (name: string, as: string): Screen => ({
    name,
    ask: async ({ db }) => {
      // Else it is not published again, because nothing has changed.
      await db('home_views').where({ user_id: as }).update({ shown_hash: '' });
      return gate.mintHome(as);
    },
  });
  const here = customerChannel(0);
  return [
    command('Information panel', '/livechat', here),
    command('Invite picker', '/livechat invite', here),
    command('Looking for help (list)', '/livechat list'),
    home('Home, an agent’s', agent),
    home('Home, an administrator’s', maya),
    command('My preferences', '/expertise me'),
    command('/expertise list', '/expertise list'),
    command('/expertise who, all know it', `/expertise who ${ALL}`),
    command('/expertise who, one knows it', `/expertise who ${ONE}`),
    command('/expertise who, of three', `/expertise who ${ALL}, ${THIRTY}, ${ONE}`),
    command('/expertise who, by a prefix', '/expertise who thirty'),
    command('/expertise who, a person', `/expertise who @${agentName(0)}`),
    command('Ask for help (form)', '/livechat ask', here),
    command('Edit expertise, all know it', `/expertise edit ${ALL}`, HELP_CHANNEL, maya),
    command('Merge expertise', `/expertise merge ${ALL} into ${THIRTY}`, HELP_CHANNEL, maya),
    command('Delete expertise', `/expertise delete ${ALL}`, HELP_CHANNEL, maya),
    command('Desks', '/livechat desks', HELP_CHANNEL, maya),
    command('Administrators', '/livechat admins', HELP_CHANNEL, maya),
  ];
}

type Measured = { name: string; empty: Summary; large: Summary };

/** In turn in the one workspace and in the other, each first as often as second, so that both meet the same noise. */
async function measure(stage: Stage, screens: readonly Screen[], both: readonly Workspace[]): Promise<Measured[]> {
  const times = screens.map(() => ({ empty: [] as number[], large: [] as number[] }));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const inOrder = round % 2 === 0 ? both : both.toReversed();
    for (const [index, screen] of screens.entries()) {
      for (const workspace of inOrder) {
        const time = await waited(stage, workspace, await screen.ask(workspace));
        if (round >= WARM_UP) times[index]?.[workspace.name].push(time);
        await wait(CALM_MS);
      }
    }
  }
  return screens.map(({ name }, index) => ({
    name,
    empty: summarise(times[index]?.empty ?? []),
    large: summarise(times[index]?.large ?? []),
  }));
}

const thousands = (count: number): string => count.toLocaleString('en');

function print(report: Report, measured: readonly Measured[], seconds: number): void {
  report.heading(
    `Milliseconds until a screen reached Slack: ${thousands(LARGE.agents)} agents, ${thousands(LARGE.expertise)} expertise, ${thousands(PAST.open)} open and ${thousands(PAST.closed)} closed conversations; and an empty workspace (${ROUNDS} pairs, in turn)`,
  );
  report.table([
    ['', 'empty: min', 'median', 'p95', 'large: min', 'median', 'p95', 'times'],
    ...measured.map(({ name, empty, large }) => [
      name,
      empty.min,
      empty.median,
      empty.p95,
      large.min,
      large.median,
      large.p95,
      (large.median / empty.median).toFixed(2),
    ]),
  ]);
  report.line(`  The large workspace was made in ${seconds.toFixed(0)} s.`);
  for (const { name, empty, large } of measured) {
    const times = large.median / empty.median;
    report.aim({
      what: `${name}: large beside empty workspace (medians)`,
      measured: times,
      limit: FACTOR,
      unit: 'times',
    });
  }
}

/** Opens every screen in both workspaces, each served by a built program of its own. */
export async function measureScreens(report: Report, databases: Databases): Promise<void> {
  const slack = await startSeededSlack(LARGE, 1, () => performance.timeOrigin + performance.now());
  const gate = await openGate(slack);
  const answers = watchAnswers(slack);
  const both: Workspace[] = [];
  try {
    const begun = performance.now();
    for (const name of ['empty', 'large'] as const) both.push(await open(slack, databases, name));
    const seconds = (performance.now() - begun) / 1000;
    const stage = { slack, gate, answers };
    const screens = [...screensOf(stage), ...(await typing(stage, both))];
    print(report, await measure(stage, screens, both), seconds);
    for (const { name, program } of both) {
      report.line(`  Warnings and errors logged in the ${name} workspace: ${program.complaints.length}.`);
      for (const complaint of program.complaints.slice(0, 3)) report.line(`    ${complaint.slice(0, 300)}`);
    }
  } finally {
    answers.close();
    for (const { db, program } of both) {
      await program.stop();
      await db.destroy();
    }
    gate.close();
    await slack.close();
  }
}
