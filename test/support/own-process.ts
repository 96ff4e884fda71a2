/** Beckon in a process of its own, from its sources, that is killed as by the machine it runs on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { secrets } from './world.ts';

const loader = `file://${resolve('node_modules/tsx/dist/loader.mjs')}`;

type OwnProcess = {
  /** Resolves once it is at work. */
  start: () => Promise<void>;
  /** At once, without a word; nothing where none runs. */
  kill: () => Promise<void>;
};

/** @param environment where its Slack and its database are, and what else it needs to know */
export function ownProcess(environment: () => Record<string, string>): OwnProcess {
  let child: ChildProcess | undefined;
  return {
    async start() {
      child = spawn(process.execPath, ['--import', loader, resolve('src/main.ts')], {
        env: {
          PATH: process.env['PATH'],
          SLACK_BOT_TOKEN: secrets.botToken,
          SLACK_APP_TOKEN: secrets.appToken,
          LOG_LEVEL: 'silent',
          ...environment(),
        },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      await once(child, 'message');
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
