import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

type Outcome = { code: number; stdout: string; stderr: string };

function manifest(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'scripts/manifest.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('npm run manifest', () => {
  it('prints the manifest', async () => {
    const { code, stdout } = await manifest();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ settings: { socket_mode_enabled: true } });
  });

  it('prints the HTTP variant for an address, with or without its path', async () => {
    const [plain, whole] = await Promise.all([
      manifest('--url', 'https://b.example.com'),
      manifest('--url', 'https://b.example.com/slack/events'),
    ]);
    expect(plain.stdout).toContain('"request_url": "https://b.example.com/slack/events"');
    expect(whole.stdout).toBe(plain.stdout);
  });

  it('adds the steps on demand, over HTTP too', async () => {
    const [plain, http] = await Promise.all([
      manifest('--steps'),
      manifest('--steps', '--url', 'https://b.example.com'),
    ]);
    for (const { stdout } of [plain, http]) {
      expect(JSON.parse(stdout)).toMatchObject({
        functions: { ask_for_help: { title: 'Ask for help and wait' } },
        settings: { function_runtime: 'remote', org_deploy_enabled: true },
      });
    }
    expect(http.stdout).toContain('"request_url": "https://b.example.com/slack/events"');
  });

  it.each([
    ['an address that is none', ['--url', 'beckon'], 'not a web address'],
    ['http', ['--url', 'http://b.example.com'], 'must begin with https://'],
    ['a query', ['--url', 'https://b.example.com/?x=1'], 'plain address'],
    ['a forgotten value', ['--url'], 'argument missing'],
    ['an unknown option', ['--port', '1'], 'Unknown option'],
    ['a stray word', ['https://b.example.com'], 'Unexpected argument'],
  ])('refuses %s in words', async (_what, args, words) => {
    const { code, stdout, stderr } = await manifest(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toContain('Usage: npm run manifest');
    expect(stderr).not.toContain('    at ');
  });
});
