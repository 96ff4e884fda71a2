/** Built programs, started as people start them: a process of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SECRETS } from './seed.ts';

export type Program = {
  /** where it takes Slack's requests */
  url: URL;
  /** milliseconds from starting the process until it was ready */
  readyAfter: number;
  /** resident memory in MB; NaN where the system does not say */
  memory: () => number;
  /** warnings and errors it logged */
  complaints: readonly string[];
  /** ends it and resolves when it is gone */
  stop: () => Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

/** pino's levels from `warn` on. */
const isComplaint = (line: string): boolean => /"level":[456]0/.test(line);

function listen(child: ChildProcess): string[] {
  const complaints: string[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    complaints.push(...lines.filter(isComplaint));
  });
  return complaints;
}

function residentMb(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  const kb = existsSync(file) ? /VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Number(kb) / 1024;
}

/** Starts Beckon as `npm start` does, or the bare app beside it, with HTTP instead of Socket Mode. */
export async function startProgram(
  script: '../src/main.js' | './bare.js',
  settings: { apiUrl?: string; databaseUrl?: string; env?: Record<string, string> },
): Promise<Program> {
  const port = await freePort();
  const env = {
    ...process.env,
    SLACK_BOT_TOKEN: SECRETS.botToken,
    SLACK_SIGNING_SECRET: SECRETS.signingSecret,
    SLACK_APP_TOKEN: '',
    SLACK_API_URL: settings.apiUrl,
    DATABASE_URL: settings.databaseUrl,
    LOG_LEVEL: 'info',
    PORT: String(port),
    ...settings.env,
  };
  const begun = performance.now();
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const complaints = listen(child);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready.`)));
  });
  return {
    url: new URL(`http://127.0.0.1:${port}/slack/events`),
    readyAfter: performance.now() - begun,
    memory: () => residentMb(child.pid),
    complaints,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
