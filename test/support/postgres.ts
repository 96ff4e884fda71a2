/**
 * A real PostgreSQL for one test run: started in about a second, gone without trace afterwards. The files are thrown away,
 * so everything that only guards against a power cut is off.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findPostgres, reachable } from './postgres-binaries.ts';

export type PostgresServer = {
  /** of the maintenance database */
  url: string;
  stop: () => Promise<void>;
};

type Owner = { uid: number; gid: number };

const READY_WITHIN_MS = 30_000;

/** `nobody`, for a run as root: PostgreSQL refuses to be root. */
const NOBODY: Owner = { uid: 65_534, gid: 65_534 };

/**
 * The server named by `TEST_POSTGRES_URL`, else one of our own on a free port of this machine.
 *
 * @throws Error when there is none or it does not start, with what it said
 */
export async function startPostgres(rootDir: string): Promise<PostgresServer> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };

  const owner = process.getuid?.() === 0 ? NOBODY : undefined;
  const home = mkdtempSync(join(tmpdir(), 'beckon-postgres-'));
  try {
    if (owner) chownSync(home, owner.uid, owner.gid);
    const found = findPostgres(rootDir);
    const bin = owner ? reachable(found, home) : found;
    createCluster(bin, home, owner);
    return await serve(bin, home, owner);
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** Names sort by language here, as on a usual server and unlike SQLite, so code that leans on either order is found out. */
function createCluster(bin: string, home: string, owner: Owner | undefined): void {
  const args = [
    '-D',
    join(home, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
    '--no-instructions',
  ];
  args.push('--locale=C', '--locale-provider=icu', '--icu-locale=en');
  const made = spawnSync(join(bin, 'initdb'), args, { cwd: home, encoding: 'utf8', ...owner });
  if (made.error) throw made.error;
  if (made.status !== 0) throw new Error(`initdb failed:\n${made.stderr}${made.stdout}`);
}

/**
 * A shell stands between the run and the server and waits for the end of its input. That comes when `stop` is called, and as
 * well when the run is killed: the server never outlives its run.
 */
const GUARD = `
"$1/postgres" -D "$2/data" -h 127.0.0.1 -p "$3" -k "" \\
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \\
  >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT "$server"
wait "$server"
rm -rf "$2"
`;

async function serve(bin: string, home: string, owner: Owner | undefined): Promise<PostgresServer> {
  const port = await freePort();
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', bin, home, String(port)], {
    cwd: home,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...owner,
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = () => finish(guard);
  try {
    await untilReady(url, home);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilReady(url: string, home: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const failure = await connectOnce(url);
    if (failure === undefined) return;
    if (Date.now() > deadline) {
      const log = readFileSync(join(home, 'log'), 'utf8');
      throw new Error(`PostgreSQL did not start within ${READY_WITHIN_MS / 1000} s:\n${log}`, { cause: failure });
    }
    await wait(20);
  }
}

async function connectOnce(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end();
  }
}

async function finish(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  guard.stdin?.end();
  await gone;
}
