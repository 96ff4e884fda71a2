/** How long a person waits, beside a bare Bolt app that only acknowledges; and how many such people can be served. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalSlack } from '../sandbox/server/start.ts';
import type { Card } from './cards.ts';
import { startProgram, type Program } from './program.ts';
import { summarise, type Report, type Summary } from './report.ts';
import { openGate, post, watchAnswers, type Answers, type Gate, type Minted } from './requests.ts';
import { agentName, HELP_CHANNEL } from './seed.ts';

const WARM_UP = 10;
const ONE_BY_ONE = 50;
/** Where each needs a request for help of its own. */
const JOINS_ONE_BY_ONE = 25;
const AT_ONCE = [1, 4, 16];
/** Requests for each number of people at once, or fewer when this time is over. */
const LOAD = 48;
const JOIN_LOAD = 24;
const LOAD_MS = 5000;
const BATCH = 8;

/** Cards that are used up. */
export const CARDS = WARM_UP + JOINS_ONE_BY_ONE + AT_ONCE.length * JOIN_LOAD;

type Act = { name: string; answer: 'modal' | 'reply'; oneByOne: number; load: number; mint: () => Promise<Minted> };

type Bench = { beckon: Program; bare: Program; answers: Answers };

function actsOf(slack: LocalSlack, gate: Gate, cards: readonly Card[]): Act[] {
  let turn = 0;
  const who = () => slack.person(agentName((turn += 1) % 500));
  const channel = slack.channel(HELP_CHANNEL);
  const command = (text: string) => () => gate.mint('command', { as: who(), channel, text });
  const unused = [...cards];
  const join = () => {
    const card = unused.shift();
    if (card === undefined) throw new Error('There are too few help cards to join.');
    const container = { type: 'message', channel, ts: card.ts } as const;
    return gate.mint('action', { as: who(), container, action: { type: 'button', ...card.button }, state: {} });
  };
  const many = { oneByOne: ONE_BY_ONE, load: LOAD };
  return [
    { name: '/expertise list', answer: 'reply', ...many, mint: command('/expertise list') },
    { name: '/expertise me', answer: 'modal', ...many, mint: command('/expertise me') },
    { name: 'Join', answer: 'reply', oneByOne: JOINS_ONE_BY_ONE, load: JOIN_LOAD, mint: join },
  ];
}

type Waited = { ack: number; answer: number };

async function serve({ beckon, answers }: Bench, asked: Minted): Promise<Waited> {
  const answered = answers.to(asked);
  const begun = performance.now();
  const [ack, at] = await Promise.all([post(beckon.url, asked), answered]);
  return { ack, answer: at - begun };
}

/** One after the other, each first to the bare app and then to Beckon, so that both meet the same noise. */
async function oneByOne(bench: Bench, act: Act): Promise<{ bare: Summary; ack: Summary; answer: Summary }> {
  const bare: number[] = [];
  const waited: Waited[] = [];
  for (let count = 0; count < WARM_UP + act.oneByOne; count += 1) {
    const asked = await act.mint();
    bare.push(await post(bench.bare.url, asked));
    waited.push(await serve(bench, asked));
  }
  const kept = waited.slice(WARM_UP);
  return {
    bare: summarise(bare.slice(WARM_UP)),
    ack: summarise(kept.map(({ ack }) => ack)),
    answer: summarise(kept.map(({ answer }) => answer)),
  };
}

type Load = { aSecond: number; ack: Summary };
type Fired = { acks: number[]; took: number };

/** People who act again as soon as they are answered. */
async function fire(
  people: number,
  requests: readonly Minted[],
  once: (asked: Minted) => Promise<number>,
): Promise<Fired> {
  const queue = [...requests];
  const acks: number[] = [];
  const begun = performance.now();
  const person = async () => {
    for (let asked = queue.shift(); asked !== undefined; asked = queue.shift()) acks.push(await once(asked));
  };
  await Promise.all(Array.from({ length: people }, person));
  return { acks, took: performance.now() - begun };
}

function sum(parts: readonly Fired[]): Load {
  const acks = parts.flatMap((part) => part.acks);
  const took = parts.reduce((total, part) => total + part.took, 0);
  return { aSecond: (acks.length / took) * 1000, ack: summarise(acks) };
}

/** In batches, because a trigger must be used within three seconds; making the requests is not counted. */
async function underLoad(bench: Bench, act: Act, people: number): Promise<{ bare: Load; beckon: Load }> {
  const beckon: Fired[] = [];
  const bare: Fired[] = [];
  const size = Math.max(people, BATCH);
  const until = performance.now() + LOAD_MS;
  for (let left = act.load; left > 0 && performance.now() < until; left -= size) {
    const requests: Minted[] = [];
    for (let count = 0; count < Math.min(size, left); count += 1) requests.push(await act.mint());
    beckon.push(await fire(people, requests, async (asked) => (await serve(bench, asked)).ack));
    bare.push(await fire(people, requests, (asked) => post(bench.bare.url, asked)));
  }
  return { bare: sum(bare), beckon: sum(beckon) };
}

const WORDS = { modal: 'views.open sent', reply: 'reply sent' } as const;

const cells = ({ count, min, median, p95 }: Summary) => [count, min, median, p95];

function printLatency(
  report: Report,
  rows: readonly { act: Act; bare: Summary; ack: Summary; answer: Summary }[],
): void {
  report.heading(
    `One person after another, milliseconds after the request was sent (${WARM_UP} more first to warm up)`,
  );
  report.table([
    ['', 'n', 'min', 'median', 'p95'],
    ...rows.flatMap(({ act, bare, ack, answer }) => [
      [`${act.name}: ack, a bare Bolt app`, ...cells(bare)],
      [`${act.name}: ack`, ...cells(ack)],
      [`${act.name}: ${WORDS[act.answer]}`, ...cells(answer)],
    ]),
  ]);
  for (const { act, ack, answer } of rows) {
    report.aim({ what: `${act.name}: ack (median)`, measured: ack.median, limit: 20, unit: 'ms' });
    if (act.answer === 'reply') continue;
    report.aim({ what: `${act.name}: views.open sent (median)`, measured: answer.median, limit: 60, unit: 'ms' });
  }
}

async function measureLoad(report: Report, bench: Bench, acts: readonly Act[]): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const act of acts) {
    for (const people of AT_ONCE) {
      const { bare, beckon } = await underLoad(bench, act, people);
      rows.push([act.name, people, beckon.aSecond, beckon.ack.median, beckon.ack.p95, bare.aSecond, bare.ack.p95]);
    }
  }
  report.heading('Several at once, each acting again when answered (the bare app: when acknowledged)');
  report.table([['', 'at once', 'a second', 'ack median', 'ack p95', 'bare: a second', 'bare: ack p95'], ...rows]);
}

/** Events of the last joins are worked on for a moment after the last answer. */
const CALM_MS = 2000;

/** @param cards `CARDS` of them, in the database at `databaseUrl` and in the local Slack */
export async function measureLatency(
  report: Report,
  { slack, databaseUrl, cards }: { slack: LocalSlack; databaseUrl: string; cards: readonly Card[] },
): Promise<void> {
  const gate = await openGate(slack);
  const answers = watchAnswers(slack);
  const beckon = await startProgram('../src/main.js', { apiUrl: slack.apiUrl, databaseUrl });
  const bare = await startProgram('./bare.js', {});
  gate.passEventsTo(beckon.url);
  const bench = { beckon, bare, answers };
  try {
    const acts = actsOf(slack, gate, cards);
    const rows = [];
    for (const act of acts) rows.push({ act, ...(await oneByOne(bench, act)) });
    printLatency(report, rows);
    await measureLoad(report, bench, acts);
    await wait(CALM_MS);
    report.line(
      `  Resident after the load: ${beckon.memory().toFixed(0)} MB; the bare app: ${bare.memory().toFixed(0)} MB.`,
    );
    report.line(`  Warnings and errors Beckon logged: ${beckon.complaints.length}.`);
    for (const complaint of beckon.complaints.slice(0, 3)) report.line(`    ${complaint.slice(0, 300)}`);
  } finally {
    answers.close();
    await Promise.all([beckon.stop(), bare.stop()]);
    gate.close();
  }
}
