import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-workspace-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the local workspace in a folder of its own until it ends by itself. */
function run(env: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  return new Promise((done) => {
    const loader = resolve('node_modules/tsx/dist/loader.mjs');
    const child = spawn(process.execPath, ['--import', `file://${loader}`, resolve('sandbox/main.ts')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8');
    });
    child.once('close', (code) => done({ code, errors }));
  });
}

describe('npm start without Slack', () => {
  it('is not for production', async () => {
    const { code, errors } = await run({ NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(errors).toContain('not for production');
  }, 30_000);

  it('ends, saying so, when the app does', async () => {
    const { code, errors } = await run({ LOG_LEVEL: 'nonsense' });
    expect(code).toBe(1);
    expect(errors).toContain('Beckon stopped (exit code 1); so does the local workspace.');
  }, 30_000);
});
