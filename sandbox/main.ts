/** The local workspace: a Slack on this machine, and the ordinary app connected to it. What `npm start` runs without Slack variables. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mounts } from './client-mounts.ts';
import { manifestSchema, type Manifest } from './server/manifest.ts';
import { ManifestFile, withSteps } from './manifest-with-steps.ts';
import { freePortFrom } from './free-port.ts';
import { takeLock } from './lock.ts';
import { keptSecret } from './secret.ts';
import { type LocalSlack, type SlackOptions, startSlack } from './server/start.ts';
import { StateFileError } from './server/state-file.ts';

const here = fileURLToPath(import.meta.url);
/** Compiled, this file lies one folder deeper. */
const root = join(dirname(here), extname(here) === '.js' ? '../..' : '..');
const DATABASE = join('data', 'local.db');
const STATE = join('data', 'local-slack.json');
const LOCK = join('data', 'local.lock');
const SECRET = join('data', 'local-secret');
const FIRST_PORT = 3000;
const PORTS_TRIED = 20;
/** The app finishes what is under way; whatever takes longer is cut off. */
const STOP_MS = 8000;

type Secrets = Pick<SlackOptions, 'signingSecret' | 'botToken' | 'appToken'>;

/** The app as a process of its own, exactly as it runs against slack.com. */
type App = { ended: Promise<string>; stop: () => Promise<void> };

function startApp(slack: LocalSlack, secrets: Secrets, apiPort: number): App {
  const main = join(dirname(here), '..', 'src', `main${extname(here)}`);
  // Whatever lets this process run TypeScript lets the app do so too.
  const child = spawn(process.execPath, [...process.execArgv, main], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PORT: String(apiPort),
      HOST: '127.0.0.1',
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_APP_TOKEN: secrets.appToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      DATABASE_URL: `sqlite:${DATABASE}`,
      LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
      BECKON_SECRET: process.env['BECKON_SECRET']?.trim() || keptSecret(SECRET),
      // Whoever tries webhooks out receives them on this machine.
      WEBHOOKS_ALLOW_PRIVATE: 'true',
    },
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`));
  });
  return { ended, stop: () => stopProcess(child, ended) };
}

async function stopProcess(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}

async function forgetDatabase(): Promise<void> {
  await Promise.all(['', '-wal', '-shm', '-journal'].map((suffix) => rm(`${DATABASE}${suffix}`, { force: true })));
}

async function readProjectFile(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(root, name), 'utf8'));
}

/** With the workflow steps, so that they can be tried without a paid plan. */
async function readManifest(): Promise<Manifest> {
  const manifest = ManifestFile.parse(await readProjectFile('manifest.json'));
  return manifestSchema.parse(withSteps(manifest, await readProjectFile('manifest-steps.json')));
}

/** On the port asked for, or the first free one from 3000 on. */
async function startOnFreePort(options: SlackOptions): Promise<LocalSlack> {
  const asked = process.env['PORT']?.trim();
  if (asked !== undefined && asked !== '') {
    if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65_535) throw new Error('PORT must be a number from 0 to 65535');
    const slack = await startUnlessTaken(options, Number(asked));
    if (slack === undefined) throw new Error(`PORT ${asked} is in use: choose another, or leave PORT out`);
    return slack;
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    const slack = await startUnlessTaken(options, port);
    if (slack !== undefined) return slack;
  }
  return startSlack({ ...options, port: 0 });
}

async function startUnlessTaken(options: SlackOptions, port: number): Promise<LocalSlack | undefined> {
  try {
    return await startSlack({ ...options, port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function run(): Promise<void> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'the local workspace is for trying Beckon out, not for production: set SLACK_BOT_TOKEN and the rest',
    );
  }
  const lock = takeLock(LOCK);
  const secrets = {
    signingSecret: randomBytes(16).toString('hex'),
    botToken: `xoxb-local-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-local-${randomBytes(12).toString('hex')}`,
  };
  let app: App | undefined;
  let stopping = false;
  const watch = (running: App): void => {
    void running.ended.then((how) => {
      if (stopping || app !== running) return undefined;
      stopping = true;
      const said = `Beckon stopped (${how}); so does the local workspace.`;
      // Closing writes down what was said last.
      return slack
        .close()
        .catch(() => undefined)
        .then(() => fail(said));
    });
  };
  /** whether it connected, and did not end before */
  const begin = (): Promise<boolean> => {
    const running = startApp(slack, secrets, apiPort);
    app = running;
    watch(running);
    return Promise.race([slack.connected().then(() => true), running.ended.then(() => false)]);
  };
  const slack: LocalSlack = await startOnFreePort({
    ...secrets,
    manifest: await readManifest(),
    stateFile: STATE,
    clientDir: mounts,
    beforeReset: async () => {
      const before = app;
      app = undefined;
      await before?.stop();
      await forgetDatabase();
    },
    onReset: async () => {
      await begin();
    },
  });
  lock.setUrl(slack.url);
  // The same after a reset, so that a bot that is being tried finds it again.
  const apiPort = await freePortFrom(Number(new URL(slack.url).port) + 1);
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void (app?.stop() ?? Promise.resolve()).then(() => slack.close()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const connected = await begin();
  if (connected) {
    const api = `http://127.0.0.1:${apiPort}/api/v1`;
    process.stdout.write(`Beckon’s local workspace is open: ${slack.url}\nIts API for bots: ${api} (docs/bots.md)\n`);
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof StateFileError) return `${error.message}: delete ${STATE} and ${DATABASE} to start anew`;
  return error instanceof Error ? error.message : String(error);
}

function fail(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

await run().catch((error: unknown) => fail(wordsOf(error)));
