/** `npm run bench [-- --database sqlite|postgres|postgres://…]`: speed, size and Slack calls of the built program. */
import { parseArgs } from 'node:util';
import { connect, migrate } from '../src/store/db.ts';
import { makeCards } from './cards.ts';
import { countCalls } from './calls.ts';
import { openDatabases } from './database.ts';
import { measureDecisions } from './decisions.ts';
import { measureEngine } from './engine.ts';
import { CARDS, measureLatency } from './latency.ts';
import { machine, openReport } from './report.ts';
import { measureScreens } from './screens.ts';
import { seedDatabase, startSeededSlack, type Team } from './seed.ts';
import { measureStart } from './start.ts';

const TEAM: Team = { agents: 1000, expertise: 200 };

const { values } = parseArgs({ options: { database: { type: 'string', default: 'sqlite' } } });
const begun = performance.now();
const report = openReport((text) => process.stdout.write(text));
const databases = await openDatabases(values.database);
// Finer than a millisecond: the local Slack notes when each call came.
const slack = await startSeededSlack(TEAM, CARDS, () => performance.timeOrigin + performance.now());

try {
  report.line(`${machine(databases.name)}. ${TEAM.agents} agents, ${TEAM.expertise} expertise.`);
  const seededUrl = await databases.fresh();
  const db = connect(seededUrl);
  await migrate(db);
  await seedDatabase(db, slack, TEAM, new Date());
  const cards = await makeCards(db, slack, CARDS);
  await db.destroy();
  await measureStart(report, { apiUrl: slack.apiUrl, databases, seededUrl });
  await measureLatency(report, { slack, databaseUrl: seededUrl, cards });
  await countCalls(report, databases);
  await measureScreens(report, databases);
  await measureDecisions(report, databases);
  await measureEngine(report, databases);
  report.heading('Aims');
  report.aims();
  report.line(`\nTook ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
} finally {
  await slack.close();
  await databases.close();
}
