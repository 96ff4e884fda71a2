/** Config → database → app → workers; stops cleanly. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { InstallationError } from './slack/installation.ts';
import { connect, type Db, migrate } from './store/db.ts';

/** Long enough for what is under way to be finished; a supervisor usually waits ten seconds. */
const STOP_WITHIN_MS = 9000;

async function run(): Promise<void> {
  const config = loadConfig(process.env);
  const log = pino({ level: config.logLevel });
  const db = await openDatabase(config.databaseUrl);
  const beckon = await createApp(config, { db, now: () => new Date(), newId: randomUUID, log });
  await beckon.start();
  // Before anybody is told: whoever hears of it may stop it at once.
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info(`Stopping on ${signal}.`);
    setTimeout(() => {
      log.warn('Not everything that was under way could be finished. It is taken up again at the next start.');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    await beckon.stop();
    await db.destroy();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  // A fatal answer while Socket Mode reconnects surfaces only here: a supervisor starts Beckon again, in a known state.
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'Something failed that nobody waited for. Beckon stops.');
    process.exit(1);
  });

  const { mode, port } = config.connection;
  const where =
    mode === 'http'
      ? `port ${port}, paths /slack/events and /api/v1`
      : `Socket Mode${port === undefined ? '' : `; bots on port ${port}, path /api/v1`}`;
  log.info(`Beckon is ready (${where}).`);
  // Told to whoever started this process with a channel to it.
  process.send?.('ready');
}

/** @throws ConfigError that says in a line, without the password, why this database cannot be used */
async function openDatabase(url: string): Promise<Db> {
  try {
    const db = connect(url);
    await migrate(db);
    return db;
  } catch (error) {
    throw new ConfigError(`DATABASE_URL cannot be used: ${reasonOf(error, url)}`, { cause: error });
  }
}

function reasonOf(error: unknown, url: string): string {
  // Where a host has several addresses each fails on its own, and the error that holds them all has no message.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const message = first instanceof Error ? first.message : String(first);
  const secrets = [url, ...passwordsOf(url)];
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message);
  // knex puts the whole statement before what the database answered.
  return shown
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?:create|alter|insert|select|begin) .* - /i, '')
    .trim();
}

/** As it stands in the URL, and as it was meant. */
function passwordsOf(url: string): string[] {
  const written = /^[^:]+:\/\/[^:/@]*:(.+)@/.exec(url)?.[1];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}

/** What whoever starts Beckon can mend is said in a line; everything else with where it happened. */
function wordsOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof InstallationError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `PORT ${String(error.port)} is in use by another program. Set PORT to a free one.`;
  }
  return error.stack ?? error.message;
}

run().catch((error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exit(1);
});
