/** The process itself: what it says before it gives up, and how it stops. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as openSocket, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect as sitDown, type Somebody, type Workspace } from '../sandbox/driver.ts';
import { freePortFrom } from '../sandbox/free-port.ts';
import { manifestSchema } from '../sandbox/server/manifest.ts';
import { startSlack, type LocalSlack } from '../sandbox/server/start.ts';
import { connect } from '../src/store/db.ts';
import { secrets } from './support/world.ts';

// Processes start from their sources here, on machines that have other things to do.
jest.setTimeout(60_000);

type Ended = { code: number | null; signal: NodeJS.Signals | null; output: string; errors: string };
type Running = { child: ChildProcess; ready: Promise<unknown>; ended: Promise<Ended> };

const manifest = manifestSchema.parse(JSON.parse(readFileSync('manifest.json', 'utf8')));
const loader = `file://${resolve('node_modules/tsx/dist/loader.mjs')}`;

let folder: string;
let slack: LocalSlack;
let workspace: Workspace;
let running: Running[];
beforeEach(async () => {
  running = [];
  folder = await mkdtemp(join(tmpdir(), 'beckon-main-'));
  slack = await startSlack({ ...secrets, manifest });
  workspace = await sitDown(slack.url);
});
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  workspace.close();
  await slack.close();
  await rm(folder, { recursive: true, force: true });
});

function start(env: Record<string, string>): Running {
  const child = spawn(process.execPath, ['--import', loader, resolve('src/main.ts')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code, signal) => done({ code, signal, output, errors }));
  });
  const ready = Promise.race([
    new Promise((done) => {
      child.once('message', done);
    }),
    ended.then((how) => Promise.reject(new Error(`it ended before it was ready: ${how.errors}`))),
  ]);
  // Looked at only by those who wait for it.
  ready.catch(() => undefined);
  const started = { child, ready, ended };
  running.push(started);
  return started;
}

const credentials = () => ({
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: secrets.botToken,
  SLACK_APP_TOKEN: secrets.appToken,
});

/** A connection on which so much was said. */
async function connected(port: number, words: string): Promise<Socket> {
  const socket = openSocket(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(words);
  return socket;
}

/** What stands in its database once it has stopped. */
async function openConversations(): Promise<string[]> {
  const db = connect(`sqlite:${join(folder, 'data/beckon.db')}`);
  try {
    return await db('conversations').whereNull('closed_at').pluck<string[]>('id');
  } finally {
    await db.destroy();
  }
}

const whispers = async (somebody: Somebody): Promise<number> =>
  (await somebody.read('acme-support')).filter(({ ephemeral }) => ephemeral === true).length;

describe('Beckon’s process', () => {
  it('names every missing variable in a line of its own', async () => {
    const { code, errors, output } = await start({}).ended;
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors.trim().split('\n')).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing/),
      expect.stringMatching(/^SLACK_SIGNING_SECRET is missing/),
    ]);
  });

  it('names every bad one, and no value', async () => {
    const bad = { SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'hunter2', PORT: 'hunter2', DATABASE_URL: 'hunter2' };
    const { code, errors } = await start(bad).ended;
    expect(code).toBe(1);
    expect(
      errors
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'PORT', 'DATABASE_URL']);
    expect(errors).not.toContain('hunter2');
  });

  it('says that Slack refused its token, without it', async () => {
    const { code, errors } = await start({ ...credentials(), SLACK_BOT_TOKEN: 'xoxb-hunter2' }).ended;
    expect(code).toBe(1);
    expect(errors).toBe(
      "Slack refused SLACK_BOT_TOKEN: invalid_auth. Copy the bot token from your app's page once more.\n",
    );
  });

  it('says that Slack is out of reach', async () => {
    const { code, errors } = await start({ ...credentials(), SLACK_API_URL: 'http://127.0.0.1:1/api/' }).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^Slack could not be reached\..*\n$/);
  });

  it('says that its database is out of reach, without the password', async () => {
    const { code, errors } = await start({
      ...credentials(),
      DATABASE_URL: 'postgres://beckon:hunter2@127.0.0.1:1/beckon',
    }).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^DATABASE_URL cannot be used: .*ECONNREFUSED.*\n$/);
    expect(errors).not.toContain('hunter2');
  });

  it('says that its database is none', async () => {
    await writeFile(join(folder, 'notes.db'), 'Milk, bread and a great many other things. '.repeat(100));
    const { code, errors } = await start({ ...credentials(), DATABASE_URL: 'sqlite:notes.db' }).ended;
    expect(code).toBe(1);
    expect(errors).toBe('DATABASE_URL cannot be used: file is not a database\n');
  });

  it('says that its database is another program’s', async () => {
    const another = connect(`sqlite:${join(folder, 'another.db')}`);
    await another.schema.createTable('people', (table) => table.text('name'));
    await another.destroy();
    const { code, errors } = await start({ ...credentials(), DATABASE_URL: 'sqlite:another.db' }).ended;
    expect(code).toBe(1);
    expect(errors).toBe('DATABASE_URL cannot be used: table `people` already exists\n');
  });

  it('says that the folder of its database is a file', async () => {
    await writeFile(join(folder, 'data'), '');
    const { code, errors } = await start(credentials()).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^DATABASE_URL cannot be used: EEXIST.*data.*\n$/);
  });

  it('says that its port is taken', async () => {
    const { SLACK_APP_TOKEN: _socket, ...rest } = credentials();
    const port = new URL(slack.url).port;
    const { code, errors } = await start({ ...rest, SLACK_SIGNING_SECRET: 'secret', PORT: port }).ended;
    expect(code).toBe(1);
    expect(errors).toContain(port);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what is under way on %s, and ends well', async (signal) => {
    const { child, ready, ended } = start(credentials());
    await ready;
    const ana = await workspace.as('ana');
    // Slow enough for the signal to come in between.
    slack.setKnobs({ latencyMs: 300 });
    await ana.command('acme-support', '/livechat open');
    child.kill(signal);
    const { code, errors } = await ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(await openConversations()).toHaveLength(1);
    await ana.until(async () => (await whispers(ana)) === 1);
  });

  it.each(['Socket Mode', 'HTTP'])('ends well in %s although connections stay open', async (mode) => {
    const PORT = String(await freePortFrom(0));
    const { SLACK_APP_TOKEN: _socket, ...overHttp } = { ...credentials(), SLACK_SIGNING_SECRET: 'secret' };
    const { child, ready, ended } = start({ ...(mode === 'HTTP' ? overHttp : credentials()), PORT, HOST: '127.0.0.1' });
    await ready;
    const idle = ['', 'GET /api/v1/openapi.json HTTP/1.1\r\nHost: beckon\r\n\r\n', 'POST /slack/ev'];
    const sockets = await Promise.all(idle.map((words) => connected(Number(PORT), words)));
    child.kill('SIGTERM');
    const { code, errors } = await ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const socket of sockets) socket.destroy();
  });

  it('goes on after it was killed where it stopped', async () => {
    const first = start(credentials());
    await first.ready;
    const maya = await workspace.as('maya');
    await maya.command('acme-support', '/livechat ask');
    await maya.until(() => maya.modal());
    await maya.submit({ Note: 'Help' });
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start(credentials());
    await second.ready;
    expect(await openConversations()).toHaveLength(1);
    await maya.command('acme-support', '/livechat close');
    await maya.until(async () => (await whispers(maya)) === 1);
    expect(await openConversations()).toEqual([]);
  });
});
