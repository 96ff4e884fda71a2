/** Builds Beckon: Bolt, its doors in reading order, and the workers. */
import type { RequestListener } from 'node:http';
import { App, SocketModeReceiver, type Receiver } from '@slack/bolt';
import type { ExtendedErrorHandlerArgs } from '@slack/bolt/dist/App.js';
import type { Logger } from 'pino';
import { apiListener } from './api/api.ts';
import { apiServer, serving, type Listening } from './api/door.ts';
import type { Config } from './config.ts';
import type { Deps } from './services/deps.ts';
import { registerAsk } from './slack/ask.ts';
import { registerAsker } from './slack/asker.ts';
import { registerAwayEmoji } from './slack/away-emoji.ts';
import { boundary } from './slack/boundary.ts';
import {
  deliveringClient,
  DELIVERY_TIMEOUT_MS,
  interactiveOptions,
  readingClient,
  slackLogger,
} from './slack/client.ts';
import { registerAdministrators } from './slack/administrators.ts';
import { channelMaker } from './slack/channels.ts';
import { registerArchivedDesks } from './slack/archived-desks.ts';
import { registerDesks } from './slack/desks.ts';
import { registerEvents } from './slack/events.ts';
import { registerExpertise } from './slack/expertise.ts';
import { registerExpertiseDelete } from './slack/expertise-delete.ts';
import { registerExpertiseMerge } from './slack/expertise-merge.ts';
import { registerForward } from './slack/forward.ts';
import { registerHelpList } from './slack/help-list.ts';
import { registerHome } from './slack/home.ts';
import { httpReceiver } from './slack/http-receiver.ts';
import { registerInvite } from './slack/invite.ts';
import { installationOf, type Installation } from './slack/installation.ts';
import { registerJoin } from './slack/join.ts';
import { registerLeave } from './slack/leave.ts';
import { registerLivechat } from './slack/livechat.ts';
import { registerOpen } from './slack/open.ts';
import { membersMemory, type MembersMemory } from './slack/members-memory.ts';
import { registerPanel } from './slack/panel.ts';
import { registerPause } from './slack/pause.ts';
import { registerPreferences } from './slack/preferences.ts';
import { slackReads } from './slack/reads.ts';
import { storing } from './slack/receiver.ts';
import { isAnsweredAtOnce, registerSteps } from './slack/steps.ts';
import { registerSupportChannels } from './slack/support-channels.ts';
import { registerThread } from './slack/thread.ts';
import { registerTokens } from './slack/tokens.ts';
import { registerTranscript } from './slack/transcript.ts';
import { registerTurn } from './slack/turn.ts';
import { registerUndelivered } from './slack/undelivered.ts';
import { registerWebhook } from './slack/webhook.ts';
import { registerWhy } from './slack/why.ts';
import type { Db } from './store/db.ts';
import { storeEvent } from './store/inbox.ts';
import { saveWorkspace } from './store/workspaces.ts';
import { webhookPort } from './webhooks/port.ts';
import { webhookSender } from './webhooks/send.ts';
import { workersOf } from './workers.ts';

/** After Slack refreshes a socket the client waits about this long before it connects again; commands in the gap fail. */
const SOCKET_PING_MS = 2000;

export type Surroundings = { db: Db; now: () => Date; newId: () => string; log: Logger };

export type Beckon = {
  /** The Bolt app; tests hand it events. */
  readonly bolt: App;
  readonly deps: Deps;
  /** Serves Slack and bots. */
  serve(): Promise<void>;
  /** The same, and starts the workers. */
  start(): Promise<void>;
  /** Takes no more requests, finishes what is under way, stops the workers. */
  stop(): Promise<void>;
  /** Resolves when whatever Slack has sent so far is stored or answered. */
  answered(): Promise<void>;
  /** Works through everything that is due now, in and out, until nothing is. For tests, which start no workers. */
  settle(): Promise<void>;
};

function receiverFor({ connection, slackApiUrl }: Config, log: Logger, api: RequestListener): Receiver {
  const logger = slackLogger(log);
  if (connection.mode === 'socket') {
    return new SocketModeReceiver({
      appToken: connection.appToken,
      logger,
      clientPingTimeout: SOCKET_PING_MS,
      installerOptions: { clientOptions: { ...interactiveOptions(slackApiUrl, logger), timeout: DELIVERY_TIMEOUT_MS } },
    });
  }
  return httpReceiver({ signingSecret: connection.signingSecret, port: connection.port, logger, api, ...serving });
}

/** In Socket Mode bots' requests come to a port of their own. */
const apiPort = ({ connection, host }: Config): Listening | undefined =>
  connection.mode === 'socket' && connection.port !== undefined ? { port: connection.port, host } : undefined;

function boltFor(config: Config, installation: Installation, receiver: Receiver, log: Logger): App {
  const { botId, botUserId, teamId, enterpriseId } = installation;
  const logger = slackLogger(log);
  const app = new App({
    receiver,
    logger,
    clientOptions: interactiveOptions(config.slackApiUrl, logger),
    extendedErrorHandler: true,
    authorize: () =>
      Promise.resolve({
        botToken: config.botToken,
        botId,
        botUserId,
        teamId,
        ...(enterpriseId !== undefined && { enterpriseId }),
      }),
  });
  // Rethrown, so that the inbox tries a failed event again; for everything else the boundary has told the person.
  app.error(({ error, body }: ExtendedErrorHandlerArgs) => {
    log.error({ err: error, type: body['type'] }, 'A listener failed.');
    return body['type'] === 'event_callback' ? Promise.reject(error) : Promise.resolve();
  });
  return app;
}

function mount(app: App, deps: Deps, slack: { home: Installation; memory: MembersMemory }): void {
  app.use(boundary(deps));
  registerExpertise(app, deps);
  registerExpertiseMerge(app, deps);
  registerExpertiseDelete(app, deps);
  registerPreferences(app, deps);
  registerPause(app, deps);
  registerDesks(app, deps);
  registerArchivedDesks(app, deps);
  registerAwayEmoji(app, deps);
  registerAdministrators(app, deps);
  registerTokens(app, deps);
  registerTranscript(app, deps);
  registerWebhook(app, deps);
  registerUndelivered(app, deps);
  registerSupportChannels(app, deps);
  registerLivechat(app, deps);
  registerOpen(app, deps);
  registerPanel(app, deps);
  registerThread(app, deps);
  registerAsk(app, deps);
  registerAsker(app, deps);
  registerInvite(app, deps);
  registerForward(app, deps);
  registerTurn(app, deps);
  registerWhy(app, deps);
  registerLeave(app, deps);
  registerJoin(app, deps);
  registerHelpList(app, deps);
  registerHome(app, deps);
  registerSteps(app, deps);
  registerEvents(app, deps, slack);
}

/**
 * Builds everything, asking Slack once which workspace the token belongs to.
 *
 * @throws InstallationError when Slack refuses the token or cannot be reached
 */
export async function createApp(config: Config, { db, now, newId, log }: Surroundings): Promise<Beckon> {
  const logger = slackLogger(log);
  const client = readingClient(config.botToken, config.slackApiUrl, logger);
  const installation = await installationOf(client);
  const { workspaceId, botUserId, url } = installation;
  await saveWorkspace(db, { id: workspaceId, botUserId, url, now: now() });
  const warn = (error: unknown, method: string) => log.warn({ err: error, method }, 'Slack did not answer a question.');
  const memory = membersMemory(now);
  const allowPrivate = config.webhooksAllowPrivate;
  const sender = webhookSender({ allowPrivate });
  const deps: Deps = {
    db,
    now,
    newId,
    slack: slackReads({ client, home: installation, now, memory, warn }),
    webhooks: webhookPort({ sender, master: config.secret ?? '', allowPrivate, now, newId }),
  };

  const workers = workersOf(deps, {
    client: deliveringClient(config.botToken, config.slackApiUrl, logger, config.isPaced),
    handle: (body) => app.processEvent({ body, ack: () => Promise.resolve() }),
    sender,
    log,
  });
  const keep = (eventId: string, body: Record<string, unknown>) =>
    storeEvent(db, { workspaceId, eventId, body, now: now() });
  const making = deliveringClient(config.botToken, config.slackApiUrl, logger, config.isPaced);
  const api = apiListener(
    { ...deps, makeChannel: channelMaker(making, warn) },
    { workspaceId, rate: config.apiRate, log, ask: workers.ask },
  );
  const bots = apiServer(api, apiPort(config));
  const receiver = storing(receiverFor(config, log, api), { keep, done: workers.wake, isAnsweredAtOnce });
  const app = boltFor(config, installation, receiver, log);
  mount(app, deps, { home: installation, memory });

  const serve = async () => {
    const { connection, host } = config;
    if (connection.mode === 'http' && host !== '') await app.start({ port: connection.port, host });
    else await app.start();
    await bots.start();
  };

  return {
    bolt: app,
    deps,
    serve,
    async start() {
      workers.start();
      await serve();
    },
    async stop() {
      // Side by side: whoever is slow to hang up must not keep the workers from finishing what they have begun.
      await Promise.all([receiver.stop(), bots.stop(), workers.stop()]);
      await receiver.settled();
    },
    answered: () => receiver.settled(),
    async settle() {
      await receiver.settled();
      await workers.drain();
    },
  };
}
