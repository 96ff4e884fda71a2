import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import { page, startTestSlack } from './support.ts';

let slack: LocalSlack;
let opened: WebSocket[];
beforeEach(async () => {
  opened = [];
  slack = await startTestSlack();
});
afterEach(async () => {
  for (const socket of opened) socket.terminate();
  await slack.close();
});

/** A page's live connection, with headers of one's own choosing. */
function follow(as: string, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(`${slack.url.replace('http', 'ws')}/client/events?as=${as}`, { headers });
  opened.push(socket);
  return socket;
}

/** 101 where the connection is taken, else the status it is refused with. */
function knock(as: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = follow(as, headers);
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', reject);
  });
}

const host = (): string => slack.url.replace('http://', '');
const port = (): string => new URL(slack.url).port;

describe('the live connection of a page', () => {
  it.each([
    ['takes the page itself', () => ({ origin: slack.url }), 101],
    ['takes a page at localhost', () => ({ host: `localhost:${port()}`, origin: `http://localhost:${port()}` }), 101],
    ['takes a program, which has no origin', () => ({}), 101],
    ['refuses another site', () => ({ origin: 'http://evil.example' }), 403],
    ['refuses another program’s page on this machine', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['refuses a page without a site', () => ({ origin: 'null' }), 403],
    [
      'refuses a foreign name pointed here',
      () => ({ host: `evil.example:${port()}`, origin: `http://evil.example:${port()}` }),
      403,
    ],
  ])('%s', async (_rule, headers, status) => {
    expect(await knock(slack.person('maya'), headers() as Record<string, string>)).toBe(status);
  });

  it('refuses somebody who is not there', async () => {
    expect(await knock('U404')).toBe(404);
    expect(await knock('')).toBe(404);
  });

  it('is nothing a plain request can have', async () => {
    const answer = await fetch(`http://${host()}/client/events?as=${slack.person('maya')}`);
    expect(answer.status).toBe(404);
  });

  it('outlives a page that says too much', async () => {
    const [loud, quiet] = [follow(slack.person('maya')), follow(slack.person('maya'))];
    await Promise.all([once(loud, 'open'), once(quiet, 'open')]);
    loud.send('x'.repeat(5000));
    await once(loud, 'close');
    const heard = once(quiet, 'message');
    await page(slack, 'message', { as: slack.person('maya'), channel: slack.channel('general'), text: 'still here' });
    expect(String(await heard)).toContain('still here');
  });
});

describe('when the server stops', () => {
  it('every page is told so', async () => {
    const socket = follow(slack.person('maya'));
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await slack.close();
    expect(await closed).toEqual([1001, expect.anything()]);
  });

  it('a page that does not say goodbye does not keep it', async () => {
    const socket = follow(slack.person('maya'));
    await once(socket, 'open');
    socket.pause();
    await slack.close();
    expect(socket.readyState).toBe(WebSocket.OPEN);
    await expect(fetch(slack.url)).rejects.toThrow('fetch failed');
  });
});
