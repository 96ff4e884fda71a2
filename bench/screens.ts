/** How long people wait for what they open, in a workspace as large as they get beside one in which nothing has happened yet. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalSlack } from '../sandbox/server/start.ts';
import { addConversationExpertise } from '../src/store/conversation-expertise.ts';
import { addCustomers, insertConversation } from '../src/store/conversations.ts';
import { connect, migrate, type Db } from '../src/store/db.ts';
import { insertSeat } from '../src/store/seats.ts';
import type { Databases } from './database.ts';
import { seedHistory, type History } from './history.ts';
import { CALM_MS, screensOf, typing, waited, type Name, type Screen, type Stage, type Workspace } from './opened.ts';
import { startProgram } from './program.ts';
import { summarise, type Report, type Summary } from './report.ts';
import { openGate, watchAnswers } from './requests.ts';
import { agentName, customerChannel, DESK, expertiseId, seedDatabase, startSeededSlack, type Team } from './seed.ts';

const LARGE: Team = { agents: 5000, expertise: 1000 };
const PAST: History = { open: 300, closed: 100_000 };
/** What a screen cannot open without: a few agents who know a little, and the conversation it is opened in. */
const EMPTY: Team = { agents: 8, expertise: 3 };
const CONVERSATION = 'measured';

const WARM_UP = 5;
const ROUNDS = 40;
/** Opening may take at most so many times what it takes in an empty workspace. */
const FACTOR = 2;
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
