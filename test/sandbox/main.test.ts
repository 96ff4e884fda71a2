import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type Somebody, type Workspace } from '../../sandbox/driver.ts';

/** The local workspace as `npm start` runs it, with the real app, in a folder of its own. */
type Running = {
  child: ChildProcess;
  /** what it printed once it was open */
  opened: Promise<string>;
  ended: Promise<{ code: number | null; output: string; errors: string }>;
};

const START_MS = 60_000;

let folder: string;
let running: Running[];
let workspaces: Workspace[];
beforeEach(async () => {
  running = [];
  workspaces = [];
  folder = await mkdtemp(join(tmpdir(), 'local-workspace-'));
});
afterEach(async () => {
  for (const workspace of workspaces) workspace.close();
  for (const { child, ended } of running) {
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}): Running {
  const loader = `file://${resolve('node_modules/tsx/dist/loader.mjs')}`;
  const child = spawn(process.execPath, ['--import', loader, resolve('sandbox/main.ts')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const opened = new Promise<string>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.endsWith('\n')) done(output);
    });
  });
  const ended = new Promise<Awaited<Running['ended']>>((done) => {
    child.once('close', (code) => done({ code, output, errors }));
  });
  const started = { child, opened, ended };
  running.push(started);
  return started;
}

async function maya(line: string): Promise<Somebody> {
  const url = /http:\/\/\S+/.exec(line)?.[0] ?? '';
  const workspace = await connect(url);
  workspaces.push(workspace);
  return workspace.as('maya');
}

const names = (somebody: Somebody) =>
  somebody.until(async () => {
    const messages = await somebody.read('support-help');
    return messages.some((message) => message.ephemeral === true) ? messages.map((message) => message.text) : undefined;
  });

describe('npm start without Slack', () => {
  it(
    'is not for production',
    async () => {
      const { code, errors } = await start({ NODE_ENV: 'production' }).ended;
      expect(code).toBe(1);
      expect(errors).toContain('not for production');
    },
    START_MS,
  );

  it(
    'says so when the port asked for is taken',
    async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      const { code, errors } = await start({ PORT: String(port) }).ended;
      taken.close();
      expect(code).toBe(1);
      expect(errors).toBe(`PORT ${port} is in use: choose another, or leave PORT out\n`);
    },
    START_MS,
  );

  it(
    'ends, saying so, when the app does',
    async () => {
      const { code, errors } = await start({ LOG_LEVEL: 'nonsense' }).ended;
      expect(code).toBe(1);
      expect(errors).toContain('Beckon stopped (exit code 1); so does the local workspace.');
    },
    START_MS,
  );

  it(
    'says so when the port asked for is none',
    async () => {
      const { code, errors } = await start({ PORT: '70000' }).ended;
      expect({ code, errors }).toEqual({ code: 1, errors: 'PORT must be a number from 0 to 65535\n' });
    },
    START_MS,
  );

  it(
    'runs once in a folder, and again after it was killed',
    async () => {
      const first = start();
      const url = /http:\/\/\S+/.exec(await first.opened)?.[0];
      const { code, errors } = await start().ended;
      expect({ code, errors }).toEqual({
        code: 1,
        errors: `Beckon’s local workspace is running already at ${url}\n`,
      });
      first.child.kill('SIGKILL');
      await first.ended;
      const second = start();
      expect(await second.opened).toContain('is open');
      second.child.kill('SIGTERM');
      await second.ended;
      expect(await readdir(join(folder, 'data'))).not.toContain('local.lock');
    },
    START_MS,
  );

  it(
    'remembers what was said last when the app is killed',
    async () => {
      const first = start();
      const somebody = await maya(await first.opened);
      const app = execFileSync('pgrep', ['-P', String(first.child.pid), '-f', 'src/main.ts'], { encoding: 'utf8' });
      await somebody.say('support-help', 'Remember me');
      process.kill(Number(app), 'SIGKILL');
      const { code, errors } = await first.ended;
      expect({ code, errors }).toEqual({
        code: 1,
        errors: 'Beckon stopped (signal SIGKILL); so does the local workspace.\n',
      });
      expect(await readFile(join(folder, 'data', 'local-slack.json'), 'utf8')).toContain('Remember me');
    },
    START_MS,
  );

  it(
    'stops at a state file it cannot read, and leaves it alone',
    async () => {
      const path = join('data', 'local-slack.json');
      await mkdir(join(folder, 'data'));
      await writeFile(join(folder, path), '{"version":');
      const { code, errors } = await start().ended;
      expect({ code, errors }).toEqual({
        code: 1,
        errors: `${path} cannot be read: delete ${path} and ${join('data', 'local.db')} to start anew\n`,
      });
      expect(await readFile(join(folder, path), 'utf8')).toBe('{"version":');
    },
    START_MS,
  );

  it(
    'prints where the workspace and its API are, serves both, and stops when told',
    async () => {
      const { child, opened, ended } = start();
      const somebody = await maya(await opened);
      expect(await somebody.snapshot()).toMatchObject({ appOnline: true, app: { name: 'Beckon' } });
      await somebody.command('support-help', '/expertise help');
      expect((await names(somebody)).length).toBeGreaterThan(1);
      const [api] = /http\S+\/api\/v1/.exec(await opened) ?? [];
      expect((await fetch(`${api}/openapi.json`)).status).toBe(200);
      child.kill('SIGTERM');
      const { code, output, errors } = await ended;
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(output).toMatch(
        /^Beckon’s local workspace is open: http:\/\/127\.0\.0\.1:\d+\nIts API for bots: http:\/\/127\.0\.0\.1:\d+\/api\/v1 \(docs\/bots\.md\)\n$/,
      );
      expect((await readdir(join(folder, 'data'))).toSorted()).toEqual(
        expect.arrayContaining(['local-slack.json', 'local.db']),
      );
    },
    START_MS,
  );

  it(
    'remembers over a restart, and forgets when reset',
    async () => {
      const first = start();
      const before = await maya(await first.opened);
      await before.say('support-help', 'Remember me');
      first.child.kill('SIGTERM');
      await first.ended;

      const after = await maya(await start().opened);
      const said = async () => (await after.read('support-help')).map((message) => message.text);
      expect(await said()).toContain('Remember me');
      await after.send('reset', {});
      expect(await said()).not.toContain('Remember me');
      expect((await after.snapshot()).appOnline).toBe(true);
      await after.command('support-help', '/expertise help');
      expect((await names(after)).length).toBeGreaterThan(1);
    },
    START_MS,
  );
});
