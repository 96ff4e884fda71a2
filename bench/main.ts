/**
 * `npm run bench [-- --database sqlite|postgres|postgres://…] [--only answers|calls|screens|choosing|forwards]`: speed, size and Slack calls
 * of the built program.
 */
import { parseArgs } from 'node:util';
import { connect, migrate } from '../src/store/db.ts';
import { makeCards } from './cards.ts';
import { countCalls } from './calls.ts';
import { openDatabases, type Databases } from './database.ts';
import { measureDecisions } from './decisions.ts';
import { measureEngine } from './engine.ts';
import { CARDS, measureLatency } from './latency.ts';
import { machine, openReport, type Report } from './report.ts';
import { measureScreens } from './screens.ts';
import { seedDatabase, startSeededSlack, type Team } from './seed.ts';
import { measureStart } from './start.ts';

const TEAM: Team = { agents: 1000, expertise: 200 };

type Part = (report: Report, databases: Databases) => Promise<void>;

/** How fast it starts and answers, with a thousand agents. */
const measureAnswers: Part = async (report, databases) => {
  // Finer than a millisecond: the local Slack notes when each call came.
  const slack = await startSeededSlack(TEAM, CARDS, () => performance.timeOrigin + performance.now());
  try {
    const seededUrl = await databases.fresh();
    const db = connect(seededUrl);
    await migrate(db);
    await seedDatabase(db, slack, TEAM, new Date());
    const cards = await makeCards(db, slack, CARDS);
    await db.destroy();
    await measureStart(report, { apiUrl: slack.apiUrl, databases, seededUrl });
    await measureLatency(report, { slack, databaseUrl: seededUrl, cards });
  } finally {
    await slack.close();
  }
};

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['answers', measureAnswers],
  ['calls', countCalls],
  ['screens', measureScreens],
  ['choosing', measureDecisions],
  ['forwards', measureEngine],
]);

const { values } = parseArgs({
  options: { database: { type: 'string', default: 'sqlite' }, only: { type: 'string', multiple: true } },
});
const names = values.only ?? [...PARTS.keys()];
const parts = names.map((name) => {
  const part = PARTS.get(name);
  if (part === undefined) throw new Error(`--only is one of ${[...PARTS.keys()].join(', ')}.`);
  return part;
});
const begun = performance.now();
const report = openReport((text) => process.stdout.write(text));
const databases = await openDatabases(values.database);

try {
  report.line(`${machine(databases.name)}. ${TEAM.agents} agents, ${TEAM.expertise} expertise.`);
  for (const part of parts) await part(report, databases);
  report.heading('Aims');
  report.aims();
  report.line(`\nTook ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
} finally {
  await databases.close();
}
