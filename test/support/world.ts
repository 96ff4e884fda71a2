/** Beckon as it runs, connected to a local Slack: real Bolt, real sockets or HTTP, a real database. Only the clock is moved by hand. */
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { pino } from 'pino';
import { connect, type Somebody } from '../../sandbox/driver.ts';
import { ManifestFile, withSteps } from '../../sandbox/manifest-with-steps.ts';
import { manifestSchema } from '../../sandbox/server/manifest.ts';
import { startSlack, type LocalSlack } from '../../sandbox/server/start.ts';
import { createApp, type Beckon } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import type { Db } from '../../src/store/db.ts';
import { makeClock, type Clock } from './clock.ts';

export type World = {
  slack: LocalSlack;
  beckon: Beckon;
  clock: Clock;
  /** Where Slack's signed requests go; '' in Socket Mode. */
  requestUrl: string;
  /** Where bots' requests go. */
  apiUrl: string;
  /** Somebody of the workspace. What they do has been answered when it resolves; what follows from it waits for `settle`. */
  as: (handle: string) => Promise<Somebody>;
  /** Lets everything that is under way or due happen, in Slack and in Beckon, until nothing is left. */
  settle: () => Promise<void>;
  /** Stops Beckon and starts it again on the same database, as after a crash or an update. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

const readManifest = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));
const manifest = manifestSchema.parse(readManifest('manifest.json'));
export const manifestWithSteps = manifestSchema.parse(
  withSteps(ManifestFile.parse(readManifest('manifest.json')), readManifest('manifest-steps.json')),
);
export const secrets = {
  signingSecret: 'secret',
  botToken: 'xoxb-test',
  appToken: 'xapp-test',
  beckon: 'a secret of the tests, long enough',
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

type Options = {
  apiRate?: number;
  mode?: 'socket' | 'http';
  logLevel?: string;
  /** The app as a paid plan allows it, with its steps. */ steps?: boolean;
};

/** Commands and clicks are acknowledged before they are worked on; a person looks at the screen until the answer is there. */
function patient(somebody: Somebody, answered: () => Promise<void>): Somebody {
  const waiting =
    <A extends unknown[], T>(act: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const result = await act(...args);
      await answered();
      return result;
    };
  return {
    ...somebody,
    command: waiting(somebody.command),
    press: waiting(somebody.press),
    choose: waiting(somebody.choose),
    submit: waiting(somebody.submit),
    shortcut: waiting(somebody.shortcut),
    openHome: waiting(somebody.openHome),
    runStep: waiting(somebody.runStep),
  };
}

/** Starts a local Slack with its first people and channels, and Beckon on `db`. */
export async function startWorld(
  db: Db,
  { apiRate = 6000, mode = 'socket', logLevel = 'silent', steps = false }: Options = {},
): Promise<World> {
  const clock = makeClock();
  const slack = await startSlack({
    ...secrets,
    manifest: steps ? manifestWithSteps : manifest,
    now: () => clock.now().getTime(),
  });
  const port = await freePort();
  const config: Config = {
    botToken: secrets.botToken,
    connection:
      mode === 'http'
        ? { mode, signingSecret: secrets.signingSecret, port }
        : { mode, appToken: secrets.appToken, port },
    host: '127.0.0.1',
    apiRate,
    isPaced: true,
    slackApiUrl: slack.apiUrl,
    databaseUrl: 'unused: the database is passed in',
    logLevel,
    secret: secrets.beckon,
    webhooksAllowPrivate: true,
  };
  const requestUrl = mode === 'http' ? `http://127.0.0.1:${port}/slack/events` : '';
  if (mode === 'http') slack.setRequestUrl(requestUrl);
  let ids = 0;
  const boot = async (): Promise<Beckon> => {
    const made = await createApp(config, {
      db,
      now: clock.now,
      newId: () => `id${++ids}`,
      log: pino({ level: logLevel }),
    });
    await made.serve();
    if (mode === 'socket') await slack.connected();
    return made;
  };
  const workspace = await connect(slack.url);
  const world: World = {
    slack,
    beckon: await boot(),
    clock,
    requestUrl,
    apiUrl: `http://127.0.0.1:${port}/api/v1`,
    as: async (handle) =>
      patient(await workspace.as(handle), async () => {
        await slack.idle();
        await world.beckon.answered();
        await slack.idle();
      }),
    async settle() {
      await slack.idle();
      await world.beckon.settle();
      await slack.idle();
      await world.beckon.settle();
    },
    async restart() {
      await world.beckon.stop();
      world.beckon = await boot();
    },
    async close() {
      workspace.close();
      await world.beckon.stop();
      await slack.close();
    },
  };
  return world;
}
