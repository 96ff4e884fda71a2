/** Servers of HTTP and whoever connects to them: real sockets, and patience of tenths of a second. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { freePortFrom } from '../../sandbox/free-port.ts';
import { apiServer, closeServer, type Serving } from '../../src/api/door.ts';
import { slackLogger } from '../../src/slack/client.ts';
import { httpReceiver } from '../../src/slack/http-receiver.ts';

const host = '127.0.0.1';
/** Nothing here may wait as long as the servers of Beckon do. */
const impatient: Serving = {
  limits: { headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 20 },
  close: (server) => closeServer(server, 300),
};
const patient: Serving = { ...impatient, limits: { connectionsCheckingInterval: 20 } };

type Door = { start: () => Promise<unknown>; stop: () => Promise<unknown> };
type MakeDoor = (port: number, listener: RequestListener, serving: Serving) => Door;

const beside: MakeDoor = (port, listener, serving) => apiServer(listener, { port, host }, serving);
const withSlack: MakeDoor = (port, api, serving) => {
  const logger = slackLogger(pino({ level: 'silent' }));
  const receiver = httpReceiver({ signingSecret: 'secret', port, logger, api, ...serving });
  return { start: () => receiver.start({ port, host }), stop: () => receiver.stop() };
};

describe.each([
  ['of the API alone', beside],
  ['that takes Slack’s requests too', withSlack],
])('the server %s', (_what, make) => {
  let port: number;
  let door: Door;
  let connected: Socket[];
  let asked: Promise<ServerResponse>;
  let open: (serving: Serving) => Promise<void>;
  beforeEach(async () => {
    port = await freePortFrom(0);
    connected = [];
    let tell: (response: ServerResponse) => void;
    asked = new Promise((resolve) => {
      tell = resolve;
    });
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      if (request.url === '/api/now') response.end('now');
      else tell(response);
    };
    open = async (serving) => {
      door = make(port, listener, serving);
      await door.start();
    };
  });
  afterEach(async () => {
    for (const socket of connected) socket.destroy();
    await door.stop();
  });

  /** Sends `words`; what the server says until it has hung up, and its first words. */
  async function say(words: string): Promise<{ heard: Promise<string>; answer: Promise<unknown> }> {
    const socket = connect(port, host);
    connected.push(socket);
    const said: Buffer[] = [];
    const answer = new Promise((resolve) => {
      socket.on('data', (chunk: Buffer) => resolve(said.push(chunk)));
    });
    const heard = new Promise<string>((resolve) => {
      socket.on('error', () => undefined).once('close', () => resolve(Buffer.concat(said).toString('utf8')));
    });
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve);
    });
    if (words !== '') socket.write(words);
    return { heard, answer };
  }

  const HALF = 'POST /slack/events HTTP/1.1\r\nHost: beckon\r\nContent-Length: 100\r\n\r\n{"type":';
  const silent: [string, string][] = [
    ['says nothing', ''],
    ['stops amid its headers', 'GET /api/now HTTP/1.1\r\nHost: bec'],
    ['stops amid its body', HALF],
    ['leaves out what it announced of its body', HALF.replace('/slack/events', '/api/later')],
  ];

  it.each(silent)('hangs up on who %s', async (_who, words) => {
    await open(impatient);
    const { heard } = await say(words);
    expect(await heard).toMatch(/^$|^HTTP\/1.1 408 /);
  });

  it.each(silent)('stops although somebody %s', async (_who, words) => {
    await open(patient);
    const { heard } = await say(words);
    await door.stop();
    expect(await heard).toBe('');
  });

  it('hangs up at once, when it stops, on who waits with the next request', async () => {
    await open({ ...patient, close: (server) => closeServer(server, 60_000) });
    const { heard, answer } = await say('GET /api/now HTTP/1.1\r\nHost: beckon\r\n\r\n');
    await answer;
    await door.stop();
    expect(await heard).toContain('HTTP/1.1 200 OK');
  });

  it('answers what is under way before it stops', async () => {
    await open({ ...patient, close: (server) => closeServer(server, 60_000) });
    const { heard } = await say('GET /api/later HTTP/1.1\r\nHost: beckon\r\n\r\n');
    const response = await asked;
    const stopped = door.stop();
    response.end('here it is');
    await stopped;
    expect(await heard).toContain('here it is');
  });
});
