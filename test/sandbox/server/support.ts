import { createServer } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Manifest } from '../../../sandbox/server/manifest.ts';
import { type LocalSlack, type SlackOptions, startSlack } from '../../../sandbox/server/start.ts';

/** What every suite of the local Slack starts from: an app that may do and hear everything. */

export const tokens = { signingSecret: 'local-secret', botToken: 'xoxb-local', appToken: 'xapp-local' };

const SCOPES = [
  'commands',
  'chat:write',
  'channels:read',
  'groups:read',
  'im:read',
  'mpim:read',
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'channels:join',
  'channels:manage',
  'groups:write',
  'channels:write.invites',
  'groups:write.invites',
  'im:write',
  'mpim:write',
  'users:read',
  'dnd:read',
  'usergroups:read',
  'team:read',
];

const EVENTS = [
  'app_home_opened',
  'message.channels',
  'message.groups',
  'message.im',
  'member_joined_channel',
  'member_left_channel',
  'user_change',
  'user_huddle_changed',
  'user_status_changed',
  'dnd_updated_user',
  'team_join',
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'group_archive',
  'group_unarchive',
  'group_rename',
  'channel_shared',
  'channel_unshared',
  'channel_id_changed',
];

export function makeManifest(without: { scopes?: string[]; events?: string[]; escape?: boolean } = {}): Manifest {
  return {
    display_information: { name: 'Beckon', description: 'Brings in the right expert' },
    features: {
      bot_user: { display_name: 'Beckon' },
      slash_commands: [
        {
          command: '/expertise',
          description: 'Who knows what',
          usage_hint: 'list',
          should_escape: without.escape ?? true,
        },
      ],
      shortcuts: [
        { name: 'My preferences', type: 'global', callback_id: 'preferences', description: 'Mine' },
        { name: 'Live chat', type: 'message', callback_id: 'livechat', description: 'Open it' },
      ],
    },
    oauth_config: { scopes: { bot: SCOPES.filter((scope) => without.scopes?.includes(scope) !== true) } },
    settings: {
      event_subscriptions: { bot_events: EVENTS.filter((event) => without.events?.includes(event) !== true) },
    },
  };
}

export function startTestSlack(options: Partial<SlackOptions> = {}): Promise<LocalSlack> {
  return startSlack({ manifest: makeManifest(), ...tokens, ...options });
}

const nothing = (): void => undefined;
/** Refusals are what these tests are about; the client's log of them would drown everything else. */
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** Slack's own client, which neither waits nor repeats. */
export function webClient(slack: LocalSlack, token = tokens.botToken, more: WebClientOptions = {}): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
    ...more,
  });
}

/** Any method with any arguments, also those Slack's types would not let through. */
export async function call(
  web: WebClient,
  method: string,
  args: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return { ...(await web.apiCall(method, args)) };
}

/** Slack's error word of a refused call, `ok` where it was not refused. */
export async function errorOf(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
    return 'ok';
  } catch (error) {
    return platformError(error).error;
  }
}

export type PlatformError = {
  error: string;
  needed?: string;
  errors?: unknown[];
  response_metadata?: { messages?: string[] };
};

export function platformError(error: unknown): PlatformError {
  const data = (error as { data?: PlatformError }).data;
  if (data === undefined) throw error;
  return data;
}

export type RunningApp = { app: App; stop: () => Promise<void> };

/** A real Bolt app connected to a local Slack the way the mode says. */
export async function startBolt(
  slack: LocalSlack,
  mode: 'http' | 'socket',
  register: (app: App) => void,
): Promise<RunningApp> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const logLevel = LogLevel.ERROR;
  if (mode === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: tokens.appToken,
      logLevel,
      clientPingTimeout: 1000,
      installerOptions: { clientOptions },
    });
    const app = new App({
      token: tokens.botToken,
      receiver,
      clientOptions,
      logLevel,
      ignoreSelf: false,
      convoStore: false,
    });
    register(app);
    await app.start();
    return {
      app,
      stop: async () => {
        await app.stop();
      },
    };
  }
  const receiver = new HTTPReceiver({ signingSecret: tokens.signingSecret, logLevel });
  const app = new App({
    token: tokens.botToken,
    receiver,
    clientOptions,
    logLevel,
    ignoreSelf: false,
    convoStore: false,
  });
  register(app);
  const port = await freePort();
  await app.start(port);
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  return {
    app,
    stop: async () => {
      await app.stop();
    },
  };
}

/** A port nobody listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** An app that is nothing but an address: it keeps what Slack sends and answers what it is told to. */
export type Listener = {
  url: string;
  requests: { headers: Record<string, unknown>; body: string }[];
  answer: (status: number, body?: string, headers?: Record<string, string>) => void;
  /** answers nothing until told again */
  hang: () => void;
  close: () => Promise<void>;
};

export async function startListener(): Promise<Listener> {
  const requests: Listener['requests'] = [];
  let reply: { status: number; body: string; headers: Record<string, string> } | undefined;
  reply = { status: 200, body: '', headers: {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (reply !== undefined) response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    requests,
    answer: (status, body = '', headers = {}) => {
      reply = { status, body, headers };
    },
    hang: () => {
      reply = undefined;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The inner events a listener got, in order. */
export function eventsOf(listener: Listener): Record<string, unknown>[] {
  return listener.requests.flatMap(({ headers, body }) => {
    if (headers['content-type'] !== 'application/json') return [];
    const envelope = JSON.parse(body) as { event?: Record<string, unknown> };
    return envelope.event === undefined ? [] : [envelope.event];
  });
}

/** A request of the page, as JSON says it. */
export async function page(
  slack: LocalSlack,
  name: string,
  body: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${slack.url}/client/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** The payload of the latest interaction a listener got. */
export function latestPayload(listener: Listener): Record<string, unknown> {
  const form = new URLSearchParams(listener.requests.at(-1)?.body ?? '');
  return JSON.parse(form.get('payload') ?? '{}') as Record<string, unknown>;
}

/** The form of the latest command a listener got. */
export function latestForm(listener: Listener): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(listener.requests.at(-1)?.body ?? ''));
}
