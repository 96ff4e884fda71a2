/** Fresh databases of the kind asked for, thrown away afterwards. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { summarise } from './report.ts';

export type Databases = {
  /** what the figures are of */
  name: string;
  /** the address of a new, empty database */
  fresh: () => Promise<string>;
  close: () => Promise<void>;
};

/**
 * @param kind `sqlite`, `postgres` (`TEST_POSTGRES_URL`, else one started for this run) or the address of a PostgreSQL server
 * @throws Error for any other kind, or when PostgreSQL does not start
 */
export async function openDatabases(kind: string): Promise<Databases> {
  if (kind === 'sqlite') return sqlite();
  if (kind.startsWith('postgres://')) return postgres(kind, () => undefined);
  if (kind !== 'postgres') throw new Error('--database is “sqlite”, “postgres” or postgres://…');
  const given = process.env['TEST_POSTGRES_URL'] ?? '';
  if (given !== '') return postgres(given, () => undefined);
  const { url, stop } = await ownPostgres();
  const databases = await postgres(url, stop);
  return { ...databases, name: `${databases.name}, without durability` };
}

function sqlite(): Databases {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-bench-'));
  return {
    name: `SQLite, one file on a disk whose durable write takes ${durableWriteMs(folder).toFixed(1)} ms`,
    fresh: () => Promise.resolve(`sqlite:${join(folder, `${randomUUID()}.db`)}`),
    close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

/** What every commit waits for at least; differs a hundredfold between machines. */
function durableWriteMs(folder: string): number {
  const file = openSync(join(folder, 'durable'), 'w');
  const times = Array.from({ length: 20 }, () => {
    const begun = performance.now();
    writeSync(file, Buffer.alloc(4096));
    fsyncSync(file);
    return performance.now() - begun;
  });
  closeSync(file);
  return summarise(times).median;
}

async function postgres(server: string, stop: () => void): Promise<Databases> {
  const made: string[] = [];
  const [row] = await run(server, 'show server_version');
  return {
    name: `PostgreSQL ${String(row?.['server_version'])}`,
    fresh: async () => {
      const name = `beckon_bench_${randomUUID().replaceAll('-', '')}`;
      await run(server, `create database ${name}`);
      made.push(name);
      return Object.assign(new URL(server), { pathname: `/${name}` }).href;
    },
    close: async () => {
      for (const name of made) await run(server, `drop database ${name} with (force)`);
      stop();
    },
  };
}

async function run(server: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

// Nothing outside test/ imports from it, and the server the tests start ends with the process that started it: this one ends
// with the benchmark, however that ends.
const START = `
process.on('disconnect', () => process.exit());
const { startPostgres } = await import('./test/support/postgres.ts');
process.send((await startPostgres(process.cwd())).url);
`;

/** A server of our own without durability (no fsync): faster at writing than a real one. */
async function ownPostgres(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', START], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(typeof message === 'string' ? message : ''));
    child.once('exit', () => reject(new Error('PostgreSQL did not start.')));
  });
  return { url, stop: () => child.kill() };
}
