import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import { page, startTestSlack, tokens, webClient } from './support.ts';

type Envelope = Record<string, unknown> & { type: string; envelope_id?: string; payload?: Record<string, unknown> };

/** One bare connection: what arrived, and a way to wait for more. */
type Connection = { socket: WebSocket; next: () => Promise<Envelope>; closed: Promise<void> };

let slack: LocalSlack;
let connections: Connection[];
beforeEach(async () => {
  connections = [];
  slack = await startTestSlack();
});
afterEach(async () => {
  for (const { socket } of connections) socket.terminate();
  await slack.close();
});

async function connect(): Promise<Connection> {
  const connection = await open();
  expect(await connection.next()).toMatchObject({ type: 'hello', connection_info: { app_id: slack.app.id } });
  return connection;
}

async function open(): Promise<Connection> {
  const { url = '' } = await webClient(slack, tokens.appToken).apps.connections.open();
  const socket = new WebSocket(url);
  const arrived: Envelope[] = [];
  const readers: ((envelope: Envelope) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const envelope = JSON.parse(data.toString('utf8')) as Envelope;
    const reader = readers.shift();
    if (reader === undefined) arrived.push(envelope);
    else reader(envelope);
  });
  const connection = {
    socket,
    next: () => {
      const first = arrived.shift();
      return first === undefined ? new Promise<Envelope>((resolve) => readers.push(resolve)) : Promise.resolve(first);
    },
    closed: new Promise<void>((resolve) => socket.once('close', () => resolve())),
  };
  connections.push(connection);
  return connection;
}

function ack({ socket }: Connection, envelope: Envelope, payload?: unknown): void {
  socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, ...(payload === undefined ? {} : { payload }) }));
}

const say = (text: string) =>
  page(slack, 'message', { as: slack.person('ana'), channel: slack.channel('acme-support'), text });

const refused = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = new WebSocket(address);
    socket.once('open', () => {
      socket.close();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

describe('Socket Mode', () => {
  it('lets a ticket in once, and nobody without', async () => {
    const { url = '' } = await webClient(slack, tokens.appToken).apps.connections.open();
    expect(await refused(url)).toBe(false);
    expect(await refused(url)).toBe(true);
    expect(await refused(`${slack.url.replace('http', 'ws')}/link/`)).toBe(true);
  });

  it('wraps events in envelopes and is content with an acknowledgement', async () => {
    const connection = await connect();
    await say('hello');
    const envelope = await connection.next();
    expect(envelope).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: { type: 'event_callback', event: { type: 'message', text: 'hello' } },
    });
    ack(connection, envelope);
    await slack.idle();
    slack.retryNow();
    await say('again');
    expect((await connection.next()).payload).toMatchObject({ event: { text: 'again' } });
  });

  it('keeps events while nobody is connected', async () => {
    await say('is anybody there?');
    const connection = await connect();
    expect((await connection.next()).payload).toMatchObject({ event: { text: 'is anybody there?' } });
  });

  it('sends an event again when the connection that got it is lost', async () => {
    const first = await connect();
    await say('hello');
    const before = await first.next();
    first.socket.terminate();
    await first.closed;
    const second = await connect();
    const again = await second.next();
    expect(again.payload?.['event_id']).toBe(before.payload?.['event_id']);
    expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'connection_failed' });
  });

  it('shows what a command was acknowledged with', async () => {
    const connection = await connect();
    const [as, channel] = [slack.person('ana'), slack.channel('acme-support')];
    const answered = page(slack, 'command', { as, channel, text: '/expertise list' });
    const envelope = await connection.next();
    expect(envelope).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/expertise', text: 'list', user_id: as, channel_name: 'privategroup' },
    });
    ack(connection, envelope, { text: 'None yet.' });
    expect(await answered).toEqual({ ok: true });
    const seen = await fetch(`${slack.url}/client/messages?as=${as}&channel=${channel}`);
    const { messages } = (await seen.json()) as { messages: { text: string; ephemeral?: boolean }[] };
    expect(messages.at(-1)).toMatchObject({ text: 'None yet.', ephemeral: true });
  });

  it('shares the work among connections', async () => {
    const both = [await connect(), await connect()];
    await say('one');
    await say('two');
    const envelopes = await Promise.all(both.map((connection) => connection.next()));
    expect(
      new Set(envelopes.map(({ payload }) => (payload?.['event'] as { text?: string } | undefined)?.text)),
    ).toEqual(new Set(['one', 'two']));
  });

  it('asks clients to come back when told to', async () => {
    const connection = await connect();
    slack.disconnectSockets();
    expect(await connection.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  });

  it('takes ten connections', async () => {
    for (let count = 0; count < 10; count += 1) await connect();
    const eleventh = await open();
    expect(await eleventh.next()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
  });
});
