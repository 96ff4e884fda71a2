import { createServer, type Server } from 'node:http';
import type { Knobs } from '../protocol.ts';
import { changeId, setExternal } from './channels.ts';
import { openDelivery } from './deliver.ts';
import { envelope } from './events.ts';
import { openLimits } from './faults.ts';
import { httpTransport, type Transport } from './http-transport.ts';
import { sendJson } from './http.ts';
import { openLive } from './live.ts';
import { botScopes, type Manifest } from './manifest.ts';
import { route, routeLive, type Routes } from './routes.ts';
import { runUnheard } from './runs.ts';
import { addPerson, type NewPerson } from './people.ts';
import { northwind } from './northwind.ts';
import { plant, type Seed } from './seed.ts';
import type { Call, Slack } from './slack.ts';
import { openSockets } from './sockets.ts';
import { openStateFile } from './state-file.ts';
import { findDirect } from './state.ts';
import type { Mount } from './static-files.ts';

export type SlackOptions = {
  /** 0 or absent: any free one */
  port?: number;
  manifest: Manifest;
  signingSecret: string;
  botToken: string;
  appToken: string;
  /** folders with the page's files, looked through in order; a bare path is served at `/` */
  clientDir?: readonly (string | Mount)[];
  /** where everything is remembered; absent: in memory only */
  stateFile?: string;
  seed?: Seed;
  /** epoch milliseconds; the clock of triggers, response addresses, retries and message times */
  now?: () => number;
  /** the app's address: present, the app gets signed HTTP requests; absent, Socket Mode */
  requestUrl?: string;
  /** called when somebody resets the workspace: before anything is forgotten (stop the app), and after (start it again) */
  beforeReset?: () => Promise<void>;
  onReset?: () => Promise<void>;
};

export type LocalSlack = {
  url: string;
  /** the base of the Web API, with a slash at the end */
  apiUrl: string;
  /** the app's own ids */
  app: { id: string; botId: string; botUser: string };
  teamId: string;
  /** a person's id by handle; throws where there is none */
  person: (handle: string) => string;
  /** a channel's id by name; throws where there is none */
  channel: (name: string) => string;
  /** the direct messages of the app and this person, once opened */
  directMessage: (handle: string) => string | undefined;
  /** resolves once the app is connected by Socket Mode */
  connected: () => Promise<void>;
  setRequestUrl: (url: string) => void;
  setKnobs: (knobs: Knobs) => void;
  /** every Web API call received so far, oldest first */
  calls: () => readonly Call[];
  forgetCalls: () => void;
  /** resolves when nothing is on its way to the app and no Web API call is being answered */
  idle: () => Promise<void>;
  /** retries what has become due after the clock was moved */
  tick: () => void;
  /** retries every unacknowledged event now */
  retryNow: () => void;
  /** asks Socket Mode clients to reconnect, as Slack does every few hours */
  disconnectSockets: (reason?: string) => void;
  /** somebody new joins the workspace, a member unless told otherwise; answers the id */
  addPerson: (handle: string, realName: string, more?: NewPerson) => string;
  /** shares a channel with another organisation or ends that */
  setExternal: (name: string, external: boolean) => void;
  /** gives a channel a new id and tells the app; answers it */
  changeChannelId: (name: string) => string;
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

/**
 * Starts a Slack of one's own on this machine's loopback address.
 *
 * @throws StateFileError when there is a state file that cannot be read
 */
export async function startSlack(options: SlackOptions): Promise<LocalSlack> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? northwind;
  const planted = plant(seed, options.manifest, now());
  const live = openLive();
  const file = openStateFile(options.stateFile, () => slack.state);
  const online = (isOnline: boolean): void => {
    live.push({ type: 'app', online: isOnline });
    if (!isOnline) return;
    delivery.retryNow();
    for (const wake of waiting.splice(0)) wake();
  };
  const waiting: (() => void)[] = [];
  const sockets = openSockets(planted.app.id, online);
  let http: Transport | undefined;
  const setRequestUrl = (url: string): void => {
    http = httpTransport(url, options.signingSecret, (reached) => live.push({ type: 'app', online: reached }));
    delivery.retryNow();
  };
  const delivery = openDelivery({
    state: () => slack.state,
    now,
    changed: () => file.changed(),
    transport: () => http ?? sockets,
    extraCopies: () => slack.knobs.duplicateEvents ?? 0,
    unheard: (event) => runUnheard(slack, event),
  });

  const slack: Slack = {
    state: planted,
    manifest: options.manifest,
    scopes: new Set(botScopes(options.manifest)),
    secrets: { signing: options.signingSecret, botToken: options.botToken, appToken: options.appToken },
    now,
    url: '',
    knobs: {},
    ephemerals: {},
    calls: [],
    changed: file.changed,
    push: live.push,
    sendEvent: delivery.sendEvent,
    sendOnce: (event) => delivery.sendOnce(envelope(slack, event)),
    ask: delivery.ask,
    appOnline: () => (http ?? sockets).online(),
    setKnobs: (knobs) => {
      slack.knobs = knobs;
      live.push({ type: 'knobs', knobs });
    },
    reset: async () => {
      await options.beforeReset?.();
      slack.state = plant(seed, options.manifest, now());
      slack.ephemerals = {};
      slack.calls = [];
      slack.setKnobs({});
      file.changed();
      await options.onReset?.();
      live.push({ type: 'reset' });
    },
  };
  slack.state = (await file.load()) ?? planted;

  const mounts = (options.clientDir ?? []).map((dir) => (typeof dir === 'string' ? { url: '/', folder: dir } : dir));
  const socketUrl = (): string =>
    `${slack.url.replace('http', 'ws')}/link/?ticket=${sockets.ticket()}&app_id=${slack.state.app.id}`;
  const server = httpServer({ slack, live, mounts, during: delivery.during, limits: openLimits(now), socketUrl });
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/client/events') === true) routeLive({ slack, live }, request, socket, head);
    else sockets.accept(request, socket, head);
  });
  slack.url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  if (options.requestUrl !== undefined) setRequestUrl(options.requestUrl);
  return {
    url: slack.url,
    apiUrl: `${slack.url}/api/`,
    ...directory(slack),
    connected: () => (sockets.online() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    setRequestUrl,
    setKnobs: slack.setKnobs,
    calls: () => slack.calls,
    forgetCalls: () => {
      slack.calls = [];
    },
    idle: delivery.idle,
    tick: delivery.tick,
    retryNow: delivery.retryNow,
    disconnectSockets: (reason = 'refresh_requested') => sockets.disconnect(reason),
    reset: slack.reset,
    close: async () => {
      delivery.close();
      sockets.close();
      live.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await file.flush();
    },
  };
}

/** Finding and changing things by the names a story uses. */
function directory(slack: Slack) {
  const person = (handle: string): string => {
    const found = Object.values(slack.state.people).find((known) => known.name === handle);
    if (found === undefined) throw new Error(`nobody is called "${handle}"`);
    return found.id;
  };
  const channelOf = (name: string) => {
    const found = Object.values(slack.state.channels).find((known) => known.name === name && known.kind !== 'im');
    if (found === undefined) throw new Error(`no channel is called "${name}"`);
    return found;
  };
  return {
    app: slack.state.app,
    teamId: slack.state.team.id,
    person,
    channel: (name: string) => channelOf(name).id,
    directMessage: (handle: string) => findDirect(slack.state, person(handle), slack.state.app.botUser)?.id,
    addPerson: (handle: string, realName: string, more: NewPerson = {}) => addPerson(slack, handle, realName, more),
    setExternal: (name: string, external: boolean) => setExternal(slack, channelOf(name), external),
    changeChannelId: (name: string) => changeId(slack, channelOf(name)),
  };
}

function httpServer(routes: Routes): Server {
  return createServer((request, response) => {
    route(routes, request, response).catch((error: unknown) => {
      // A bug of the local Slack itself: the app sees a 500, the cause goes where a developer looks.
      process.stderr.write(`local Slack: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'internal_error' });
    });
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
