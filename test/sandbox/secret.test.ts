import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keptSecret } from '../../sandbox/secret.ts';
import { loadConfig } from '../../src/config.ts';

describe('the secret of a local workspace', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-secret-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once, kept for its owner alone, and good enough for Beckon', () => {
    const path = join(folder, 'data', 'secret');
    const made = keptSecret(path);
    expect(keptSecret(path)).toBe(made);
    expect(readFileSync(path, 'utf8').trim()).toBe(made);
    expect(statSync(path).mode & 0o077).toBe(0);
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', BECKON_SECRET: made };
    expect(loadConfig(env).secret).toBe(made);
  });

  it('is made anew where the file was broken', () => {
    const path = join(folder, 'broken');
    writeFileSync(path, 'half of i');
    const made = keptSecret(path);
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    expect(keptSecret(path)).toBe(made);
  });
});
