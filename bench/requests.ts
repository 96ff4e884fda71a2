/**
 * Slack's requests, one by one: the local Slack makes them as it would send them (fresh trigger, response address), a gate in
 * place of the app keeps them, and they are sent, signed and timed, when the benchmark wants.
 */
import { createHmac } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Requests } from '../sandbox/protocol.ts';
import type { LocalSlack } from '../sandbox/server/start.ts';
import { SECRETS } from './seed.ts';

/** A request of Slack that nobody has got yet. */
export type Minted = { body: string; triggerId: string; responsePath: string };

export type Gate = {
  /** What the local Slack sends when a person does this. A trigger lives three seconds. */
  mint: <Name extends keyof Requests>(name: Name, act: Requests[Name]) => Promise<Minted>;
  /** From now on events go to this app. */
  passEventsTo: (url: URL) => void;
  close: () => void;
};

export async function openGate(slack: LocalSlack): Promise<Gate> {
  const kept: string[] = [];
  let events: URL | undefined;
  const take = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await buffer(incoming)).toString();
    if (incoming.headers['content-type'] === 'application/x-www-form-urlencoded') kept.push(body);
    else if (events !== undefined) await post(events, body, 'application/json');
    response.end();
  };
  const server = createServer((incoming, response) => void take(incoming, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate has no port.');
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/`);
  return {
    mint: async (name, act) => {
      const answer = await fetch(`${slack.url}/client/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(act),
      });
      const text = await answer.text();
      const body = kept.shift();
      if (body === undefined) throw new Error(`The local Slack sent nothing for ${name}: ${text}`);
      return minted(body);
    },
    passEventsTo: (url) => {
      events = url;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function minted(body: string): Minted {
  const form = new URLSearchParams(body);
  const payload: unknown = JSON.parse(form.get('payload') ?? JSON.stringify(Object.fromEntries(form)));
  const text = (key: string) => String(Object.entries(payload ?? {}).find(([name]) => name === key)?.[1] ?? '');
  const responseUrl = text('response_url');
  return { body, triggerId: text('trigger_id'), responsePath: responseUrl && new URL(responseUrl).pathname };
}

/** Sends a body as Slack does, signed and on a connection of its own; resolves with the milliseconds until the whole answer was there. */
export function post(url: URL, body: string, type = 'application/x-www-form-urlencoded'): Promise<number> {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRETS.signingSecret).update(`v0:${at}:${body}`).digest('hex');
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${signature}`,
  };
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request(url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - begun);
        else reject(new Error(`The app answered ${response.statusCode}.`));
      });
    });
    sent.once('error', reject).end(body);
  });
}

export type Answers = {
  /** Resolves with the time (of `performance.now`) at which the app's answer to this request reached the local Slack. */
  to: (asked: Minted) => Promise<number>;
  close: () => void;
};

type Finished = { request: IncomingMessage; response: ServerResponse };

const FAILS_AFTER_MS = 10_000;
/** More requests than are ever under way at once. */
const LOOK_BACK = 100;

/** Watches what arrives at the local Slack of this process: modals by their trigger, replies by their response address. */
export function watchAnswers(slack: LocalSlack): Answers {
  const waiting = new Map<string, (error: string | undefined, at: number) => void>();
  const arrivals = new WeakMap<IncomingMessage, number>();
  const started = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as Node documents this channel
    arrivals.set((message as Finished).request, performance.now());
  };
  const finished = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as Node documents this channel
    const { request: got, response } = message as Finished;
    const path = got.url ?? '';
    if (path.startsWith('/response/')) {
      const error = response.statusCode === 200 ? undefined : `the reply was answered ${response.statusCode}`;
      waiting.get(path)?.(error, arrivals.get(got) ?? Number.NaN);
    }
    if (path !== '/api/views.open') return;
    for (const { method, args, at, answer } of slack.calls().slice(-LOOK_BACK)) {
      if (method !== 'views.open') continue;
      const error = 'error' in answer ? `views.open was answered ${String(answer['error'])}` : undefined;
      waiting.get(String(args['trigger_id']))?.(error, at - performance.timeOrigin);
    }
  };
  subscribe('http.server.request.start', started);
  subscribe('http.server.response.finish', finished);
  return {
    to: ({ triggerId, responsePath }) =>
      new Promise((resolve, reject) => {
        const keys = [triggerId, responsePath].filter((key) => key !== '');
        const settle = (error: string | undefined, at: number): void => {
          for (const key of keys) waiting.delete(key);
          clearTimeout(timer);
          if (error === undefined) resolve(at);
          else reject(new Error(`A person would have got no answer: ${error}.`));
        };
        const timer = setTimeout(() => settle('nothing came', Number.NaN), FAILS_AFTER_MS);
        for (const key of keys) waiting.set(key, settle);
      }),
    close: () => {
      unsubscribe('http.server.request.start', started);
      unsubscribe('http.server.response.finish', finished);
    },
  };
}
