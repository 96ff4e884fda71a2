import { createServer } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
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

/** Slack's own client, which neither waits nor repeats. */
export function webClient(slack: LocalSlack, token = tokens.botToken, more: WebClientOptions = {}): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...more,
  });
}

/** Slack's error word of a refused call, `ok` where it was not refused. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
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
  const logLevel = 'error' as never;
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
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
