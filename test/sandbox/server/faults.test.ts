import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import { errorOf, eventsOf, type Listener, page, startListener, startTestSlack, webClient } from './support.ts';

let slack: LocalSlack;
let listener: Listener;
let web: WebClient;
let clock: number;
let channel: string;
beforeEach(async () => {
  clock = 1_764_000_000_000;
  listener = await startListener();
  slack = await startTestSlack({ now: () => clock, requestUrl: listener.url });
  web = webClient(slack);
  channel = slack.channel('acme-support');
});
afterEach(async () => {
  await slack.close();
  await listener.close();
});

const post = () => web.chat.postMessage({ channel, text: 'x' });
const count = async () =>
  (await web.conversations.history({ channel })).messages?.filter((message) => message.text === 'x').length;

describe('faults on demand', () => {
  it('limit the next calls of a method', async () => {
    slack.setKnobs({ rateLimitNext: { calls: 1, retryAfter: 7, method: 'chat.postMessage' } });
    expect((await web.auth.test()).ok).toBe(true);
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
    expect((await post()).ok).toBe(true);
    expect(await count()).toBe(1);
  });

  it('break the next calls', async () => {
    slack.setKnobs({ failNext: { calls: 2 } });
    await expect(web.auth.test()).rejects.toMatchObject({ statusCode: 500 });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect((await post()).ok).toBe(true);
    expect(await count()).toBe(1);
  });

  it('refuse the next calls of a method with an error of choice', async () => {
    slack.setKnobs({ errorNext: { calls: 1, method: 'chat.postMessage', error: 'restricted_action' } });
    expect(await errorOf(post())).toBe('restricted_action');
    expect(await errorOf(post())).toBe('ok');
  });

  it('do the work and cut the connection', async () => {
    slack.setKnobs({ cutNext: { calls: 1, method: 'chat.postMessage' } });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(await count()).toBe(1);
  });

  it('slow every answer down', async () => {
    slack.setKnobs({ latencyMs: 60 });
    const begun = Date.now();
    await web.auth.test();
    expect(Date.now() - begun).toBeGreaterThanOrEqual(55);
  });

  it('deliver every event again', async () => {
    slack.setKnobs({ duplicateEvents: 2 });
    await page(slack, 'message', { as: slack.person('ana'), channel, text: 'thrice' });
    await slack.idle();
    expect(eventsOf(listener).map((event) => event['text'])).toEqual(['thrice', 'thrice', 'thrice']);
    const ids = listener.requests.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('published limits', () => {
  beforeEach(() => slack.setKnobs({ rateLimits: true }));

  it('count per method and minute', async () => {
    const ask = () => web.users.getPresence({ user: slack.person('ana') });
    for (let call = 0; call < 50; call += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ retryAfter: 2 });
    expect((await web.dnd.info({ user: slack.person('ana') })).ok).toBe(true);
    clock += 2000;
    expect((await ask()).ok).toBe(true);
  });

  it('let one message a second into a channel, with short bursts', async () => {
    for (let call = 0; call < 5; call += 1) await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect((await web.chat.postMessage({ channel: slack.channel('support-help'), text: 'elsewhere' })).ok).toBe(true);
    clock += 1000;
    expect((await post()).ok).toBe(true);
  });
});
