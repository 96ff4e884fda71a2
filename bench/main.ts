/** `npm run bench [-- --database sqlite|postgres|postgres://…]`: speed, size and Slack calls of the built program. */
import { parseArgs } from 'node:util';
import { connect, migrate } from '../src/store/db.ts';
import { makeCards } from './cards.ts';
import { countCalls } from './calls.ts';
import { openDatabases } from './database.ts';
import { CARDS, measureLatency } from './latency.ts';
import { machine, openReport } from './report.ts';
import { AGENTS, EXPERTISE, seedDatabase, startSeededSlack } from './seed.ts';
import { measureStart } from './start.ts';

const { values } = parseArgs({ options: { database: { type: 'string', default: 'sqlite' } } });
const begun = performance.now();
const report = openReport((text) => process.stdout.write(text));
const databases = await openDatabases(values.database);
// Finer than a millisecond: the local Slack notes when each call came.
const slack = await startSeededSlack(CARDS, () => performance.timeOrigin + performance.now());

try {
  report.line(`${machine(databases.name)}. ${AGENTS} agents, ${EXPERTISE} expertise.`);
  const seededUrl = await databases.fresh();
  const db = connect(seededUrl);
  await migrate(db);
  await seedDatabase(db, slack, new Date());
  const cards = await makeCards(db, slack, CARDS);
  await db.destroy();
  await measureStart(report, { apiUrl: slack.apiUrl, databases, seededUrl });
  await measureLatency(report, { slack, databaseUrl: seededUrl, cards });
  await countCalls(report, databases);
  report.heading('Aims');
  report.aims();
  report.line(`\nTook ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
} finally {
  await slack.close();
  await databases.close();
}
