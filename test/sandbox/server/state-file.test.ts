import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { page, startTestSlack, webClient } from './support.ts';

let folder: string;
let stateFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-slack-'));
  stateFile = join(folder, 'data', 'slack.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the state file', () => {
  it('lets a restart remember messages, Home and ids', async () => {
    const before = await startTestSlack({ stateFile });
    const channel = before.channel('acme-support');
    const { ts = '' } = await webClient(before).chat.postMessage({ channel, text: 'still here' });
    const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    await webClient(before).views.publish({ user_id: before.person('ana'), view: home });
    await before.close();

    const after = await startTestSlack({ stateFile });
    expect(after.channel('acme-support')).toBe(channel);
    const history = await webClient(after).conversations.history({ channel, limit: 1 });
    expect(history.messages?.[0]).toMatchObject({ ts, text: 'still here' });
    const seen = await fetch(`${after.url}/client/home?as=${after.person('ana')}`);
    expect(await seen.json()).toMatchObject({ view: { blocks: [{ type: 'divider' }] } });
    const next = await webClient(after).chat.postMessage({ channel, text: 'later' });
    expect(Number(next.ts)).toBeGreaterThan(Number(ts));
    await after.close();
  });

  it('holds no ephemeral messages, which Slack forgets too', async () => {
    const slack = await startTestSlack({ stateFile });
    await webClient(slack).chat.postEphemeral({
      channel: slack.channel('acme-support'),
      user: slack.person('ana'),
      text: 'between us',
    });
    await slack.close();
    expect(await readFile(stateFile, 'utf8')).not.toContain('between us');
    expect(await readdir(join(folder, 'data'))).toEqual(['slack.json']);
  });

  it('is left alone, and named, when it cannot be read', async () => {
    const first = await startTestSlack({ stateFile });
    await webClient(first).chat.postMessage({ channel: first.channel('acme-support'), text: 'x' });
    await first.close();
    await writeFile(stateFile, '{"version":');
    await expect(startTestSlack({ stateFile })).rejects.toThrow(`${stateFile} cannot be read`);
    expect(await readFile(stateFile, 'utf8')).toBe('{"version":');
  });

  it('forgets everything on reset, telling those who must start anew', async () => {
    const steps: string[] = [];
    const slack = await startTestSlack({
      stateFile,
      beforeReset: async () => {
        steps.push('before');
      },
      onReset: async () => {
        steps.push('after');
      },
    });
    const channel = slack.channel('acme-support');
    await webClient(slack).chat.postMessage({ channel, text: 'forget me' });
    expect(await page(slack, 'reset', { as: slack.person('maya') })).toEqual({ ok: true });
    expect(steps).toEqual(['before', 'after']);
    const history = await webClient(slack).conversations.history({ channel });
    expect(history.messages?.some((message) => message.text === 'forget me')).toBe(false);
    await slack.close();
    expect(await readFile(stateFile, 'utf8')).not.toContain('forget me');
  });
});
