/**
 * Slack's requests, one by one: the local Slack makes them as it would send them (fresh trigger, response address), a gate in
 * place of the app keeps them, and they are sent, signed and timed, when the benchmark wants.
 */
import { createHmac } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Requests } from '../sandbox/requests.ts';
import type { Call } from '../sandbox/server/slack.ts';
import type { LocalSlack } from '../sandbox/server/start.ts';
import { SECRETS } from './seed.ts';

/** A request of Slack that nobody has got yet. */
export type Minted = {
  body: string;
  type: 'application/x-www-form-urlencoded' | 'application/json';
  /** what the answer names: a trigger, a response address, a view to be shown anew, somebody whose Home is published */
  answeredBy: readonly string[];
};

export type Gate = {
  /** What the local Slack sends when a person does this. A trigger lives three seconds. */
  mint: <Name extends keyof Requests>(name: Name, act: Requests[Name]) => Promise<Minted>;
  /** The event of looking at Home. */
  mintHome: (as: string) => Promise<Minted>;
  /** From now on events go to this app, and nowhere before. */
  passEventsTo: (url: URL) => void;
  close: () => void;
};

const FORM = 'application/x-www-form-urlencoded';
const JSON_BODY = 'application/json';

export async function openGate(slack: LocalSlack): Promise<Gate> {
  const kept: string[] = [];
  let events: URL | undefined;
  let homeOpened: ((body: string) => void) | undefined;
  const take = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await buffer(incoming)).toString();
    if (incoming.headers['content-type'] === FORM) kept.push(body);
    else if (homeOpened !== undefined && body.includes('"app_home_opened"')) homeOpened(body);
    else if (events !== undefined) await post(events, { body, type: JSON_BODY });
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
    mint: async (name, what) => {
      const text = await act(slack, name, what);
      const body = kept.shift();
      if (body === undefined) throw new Error(`The local Slack sent nothing for ${name}: ${text}`);
      return minted(body);
    },
    mintHome: async (as) => {
      const opened = new Promise<string>((resolve) => {
        homeOpened = resolve;
      });
      await act(slack, 'home', { as, tab: 'home' });
      const body = await opened;
      homeOpened = undefined;
      return { body, type: JSON_BODY, answeredBy: [`home ${as}`] };
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

/** Does something as a person that sends the app nothing it answers. */
export async function act<Name extends keyof Requests>(
  slack: LocalSlack,
  name: Name,
  what: Requests[Name],
): Promise<string> {
  const answer = await fetch(`${slack.url}/client/${name}`, {
    method: 'POST',
    headers: { 'content-type': JSON_BODY },
    body: JSON.stringify(what),
  });
  return answer.text();
}

function minted(body: string): Minted {
  const form = new URLSearchParams(body);
  const payload: unknown = JSON.parse(form.get('payload') ?? JSON.stringify(Object.fromEntries(form)));
  const text = (key: string) => String(Object.entries(payload ?? {}).find(([name]) => name === key)?.[1] ?? '');
  const responseUrl = text('response_url');
  const answeredBy = [text('trigger_id'), responseUrl && new URL(responseUrl).pathname];
  return { body, type: FORM, answeredBy: answeredBy.filter((key) => key !== '') };
}

/** Sends a request as Slack does, signed and on a connection of its own; resolves with the milliseconds until the whole answer was there. */
export function post(url: URL, { body, type }: Pick<Minted, 'body' | 'type'>): Promise<number> {
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

/** What a view call answers: the trigger that opened it, the view that was open, or whose Home it is. */
function keyOf({ args }: Call): string {
  const text = (key: string) => (typeof args[key] === 'string' ? args[key] : '');
  return text('trigger_id') || text('view_id') || `home ${text('user_id')}`;
}

/** Watches what arrives at the local Slack of this process: modals by trigger or view, Homes by person, replies by their response address. */
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
    if (!path.startsWith('/api/views.')) return;
    for (const call of slack.calls().slice(-LOOK_BACK)) {
      if (!call.method.startsWith('views.')) continue;
      const { method, at, answer } = call;
      const error = 'error' in answer ? `${method} was answered ${String(answer['error'])}` : undefined;
      waiting.get(keyOf(call))?.(error, at - performance.timeOrigin);
    }
  };
  subscribe('http.server.request.start', started);
  subscribe('http.server.response.finish', finished);
  return {
    to: ({ answeredBy: keys }) =>
      new Promise((resolve, reject) => {
        const since = performance.now();
        const settle = (error: string | undefined, at: number): void => {
          // An earlier call for the same view or Home.
          if (at < since) return;
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
