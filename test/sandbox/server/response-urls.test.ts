import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import {
  call,
  latestForm,
  latestPayload,
  type Listener,
  page,
  startListener,
  startTestSlack,
  webClient,
} from './support.ts';

let slack: LocalSlack;
let listener: Listener;
let clock: number;
let ana: string;
let channel: string;
beforeEach(async () => {
  clock = 1_764_000_000_000;
  listener = await startListener();
  slack = await startTestSlack({ now: () => clock, requestUrl: listener.url });
  ana = slack.person('ana');
  channel = slack.channel('acme-support');
});
afterEach(async () => {
  await slack.close();
  await listener.close();
});

async function commandUrl(where = channel): Promise<string> {
  await page(slack, 'command', { as: ana, channel: where, text: '/expertise' });
  return latestForm(listener)['response_url'] ?? '';
}

async function post(url: string, body: Record<string, unknown>): Promise<{ status: number; body: string }> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.text() };
}

type Shown = { ts: string; text: string; ephemeral?: boolean; threadTs?: string; user: string };

async function read(as: string, where = channel): Promise<Shown[]> {
  const answer = await fetch(`${slack.url}/client/messages?as=${as}&channel=${where}`);
  return ((await answer.json()) as { messages: Shown[] }).messages;
}

describe('an answer to a command', () => {
  it('is for the person alone unless it says otherwise', async () => {
    const url = await commandUrl();
    expect(await post(url, { text: 'psst' })).toEqual({ status: 200, body: 'ok' });
    expect((await read(ana)).at(-1)).toMatchObject({ text: 'psst', ephemeral: true });
    expect((await read(slack.person('gus'))).at(-1)?.text).not.toBe('psst');
    await post(url, { text: 'hear, hear', response_type: 'in_channel' });
    expect((await read(slack.person('gus'))).at(-1)).toMatchObject({ text: 'hear, hear', user: slack.app.botUser });
  });

  it('works where the app itself may not write', async () => {
    const general = slack.channel('general');
    await post(await commandUrl(general), { text: 'hello', response_type: 'in_channel' });
    expect((await read(ana, general)).at(-1)?.text).toBe('hello');
  });

  it('works five times', async () => {
    const url = await commandUrl();
    for (let use = 1; use <= 5; use += 1) expect((await post(url, { text: `${use}` })).status).toBe(200);
    expect(await post(url, { text: '6' })).toEqual({ status: 404, body: '{"ok":false,"error":"used_url"}' });
  });

  it('works for half an hour', async () => {
    const url = await commandUrl();
    clock += 30 * 60_000;
    expect((await post(url, { text: 'just' })).status).toBe(200);
    clock += 1;
    expect((await post(url, { text: 'late' })).body).toContain('expired_url');
  });

  it.each([
    ['blocks that are wrong', { blocks: [{ type: 'section' }] }, 'invalid_blocks'],
    ['blocks that are no list', { blocks: {} }, 'invalid_blocks'],
    ['nothing to say', {}, 'no_text'],
  ])('with %s is refused without details and costs no use', async (_what, body, error) => {
    const url = await commandUrl();
    expect(await post(url, body)).toEqual({ status: 400, body: `{"ok":false,"error":"${error}"}` });
    for (let use = 1; use <= 5; use += 1) expect((await post(url, { text: 'x' })).status).toBe(200);
  });

  it('goes to no other address', async () => {
    const url = await commandUrl();
    expect((await post(`${url}x`, { text: 'x' })).status).toBe(404);
  });
});

async function click(ephemeral: boolean): Promise<{ url: string; ts: string }> {
  const web = webClient(slack);
  const content = {
    channel,
    text: 'Card',
    blocks: [
      {
        type: 'actions',
        block_id: 'b',
        elements: [{ type: 'button', action_id: 'join', text: { type: 'plain_text', text: 'Join' }, value: '7' }],
      },
    ],
  };
  const sent = ephemeral
    ? await call(web, 'chat.postEphemeral', { ...content, user: ana })
    : await call(web, 'chat.postMessage', content);
  const ts = String(ephemeral ? sent['message_ts'] : sent['ts']);
  const action = { type: 'button', block_id: 'b', action_id: 'join', value: '7' };
  const container = { type: 'message', channel, ts, ephemeral };
  expect(await page(slack, 'action', { as: ana, container, action, state: {} })).toEqual({ ok: true });
  return { url: String(latestPayload(listener)['response_url']), ts };
}

describe('an answer to a click', () => {
  it.each([true, false])('replaces the message it was on (ephemeral: %s)', async (ephemeral) => {
    const { url, ts } = await click(ephemeral);
    await post(url, { replace_original: true, text: 'Joined' });
    expect((await read(ana)).find((message) => message.ts === ts)).toMatchObject({ text: 'Joined' });
  });

  it.each([true, false])('takes the message it was on away (ephemeral: %s)', async (ephemeral) => {
    const { url, ts } = await click(ephemeral);
    await post(url, { delete_original: true });
    expect((await read(ana)).find((message) => message.ts === ts)).toBeUndefined();
  });

  it('says in the payload where the click was, with the message only where all see it', async () => {
    const { ts } = await click(false);
    expect(latestPayload(listener)).toMatchObject({
      type: 'block_actions',
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'privategroup' },
      message: { ts, bot_id: slack.app.botId },
      actions: [{ type: 'button', action_id: 'join', block_id: 'b', value: '7', text: { text: 'Join' } }],
    });
    await click(true);
    expect(latestPayload(listener)).toMatchObject({ container: { is_ephemeral: true } });
    expect(latestPayload(listener)['message']).toBeUndefined();
  });
});
