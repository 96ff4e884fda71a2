/** From starting the process until it is ready, and the memory it then holds. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Databases } from './database.ts';
import { startProgram, type Program } from './program.ts';
import { summarise, type Report } from './report.ts';

const TIMES = 3;
/** Long enough for the garbage of starting to be collected or not, as it is in an idle process. */
const IDLE_MS = 3000;

type Place = { apiUrl: string; databases: Databases; seededUrl: string };

async function startings(begin: () => Promise<Program>): Promise<number[]> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const program = await begin();
    times.push(program.readyAfter);
    await program.stop();
  }
  return times;
}

export async function measureStart(report: Report, { apiUrl, databases, seededUrl }: Place): Promise<void> {
  const fresh = summarise(
    await startings(async () => startProgram('../src/main.js', { apiUrl, databaseUrl: await databases.fresh() })),
  );
  const existing = summarise(await startings(() => startProgram('../src/main.js', { apiUrl, databaseUrl: seededUrl })));
  const bare = summarise(await startings(() => startProgram('./bare.js', {})));
  const idle = await startProgram('../src/main.js', { apiUrl, databaseUrl: seededUrl });
  await wait(IDLE_MS);
  const memory = idle.memory();
  await idle.stop();

  report.heading(`Start to ready, milliseconds (${TIMES} times each), and memory`);
  report.table([
    ['', 'min', 'median', 'max'],
    ['fresh database, with its migrations', fresh.min, fresh.median, fresh.p95],
    ['existing database, 1,000 agents', existing.min, existing.median, existing.p95],
    ['a bare Bolt app', bare.min, bare.median, bare.p95],
  ]);
  report.line(`  Resident ${IDLE_MS / 1000} s after start: ${memory.toFixed(0)} MB.`);
  report.aim({ what: 'Start to ready, fresh database (median)', measured: fresh.median, limit: 2000, unit: 'ms' });
  report.aim({
    what: 'Start to ready, existing database (median)',
    measured: existing.median,
    limit: 2000,
    unit: 'ms',
  });
  report.aim({ what: 'Resident memory, idle after start', measured: memory, limit: 150, unit: 'MB' });
}
