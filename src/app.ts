/** Builds Beckon: Bolt, its doors in reading order, and the workers. */
import type { RequestListener } from 'node:http';
import { App, SocketModeReceiver, type Receiver } from '@slack/bolt';
import type { ExtendedErrorHandlerArgs } from '@slack/bolt/dist/App.js';
import type { Logger } from 'pino';
import { apiListener } from './api/api.ts';
import { apiServer, type Listening } from './api/door.ts';
import type { Config } from './config.ts';
import type { Deps } from './services/deps.ts';
import { standingsDue } from './services/agent/stand.ts';
import { closeQuiet } from './services/conversation/close-quiet.ts';
import { due } from './services/due.ts';
import { tellUndelivered } from './services/undelivered/tell.ts';
import { webhookGivenUp } from './services/webhook/outgoing.ts';
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
import { deliver, giveUp } from './slack/deliver.ts';
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
import { judge } from './slack/judge.ts';
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
import { deliverWebhook, judgeWebhook } from './webhooks/deliver.ts';
import { webhookPort } from './webhooks/port.ts';
import { webhookSender, WEBHOOK_TIMEOUT_MS, type WebhookSender } from './webhooks/send.ts';
import { runHousekeepingOnce } from './worker/housekeeping.ts';
import { runInboxOnce } from './worker/inbox.ts';
import { startLoop, type Loop, type RunOnce } from './worker/loop.ts';
import { runOutboxOnce, type DeliveryOptions } from './worker/outbox.ts';
import { deliveryPool, type Pool } from './worker/pool.ts';
import { webhookPauseMs } from './worker/retry.ts';
import { runTimersOnce } from './worker/timers.ts';

/** Work done by another process, or due by the clock, is found within this time; what is done here wakes the workers at once. */
const TICK_MS = 1000;
const HOUSEKEEPING_MS = 3_600_000;
/** Choosing brings up to date what it needs; this only keeps it from being much. */
const STANDINGS_MS = 5000;
/** Conversations close themselves after days; minutes do not matter. */
const QUIET_MS = 600_000;
/** A notice takes several Slack calls at most; its lease must outlast them. */
const LEASE_MS = 4 * DELIVERY_TIMEOUT_MS;
/** So many endpoints may hang before others wait for them. */
const WEBHOOKS_AT_ONCE = 64;
/** What an endpoint did not take for a day is set aside. */
const WEBHOOKS_FOR_MS = 86_400_000;
/** What endpoints have not answered by then is sent again after the next start. */
const WEBHOOKS_STOP_MS = 4000;
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
  return httpReceiver({ signingSecret: connection.signingSecret, port: connection.port, logger, api });
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

/** The workers' turns: everything that happens without somebody waiting for it. */
function turns(config: Config, app: App, deps: Deps, log: Logger): Record<'inbox' | 'timers' | 'outbox', RunOnce> {
  const { db, now } = deps;
  const client = deliveringClient(config.botToken, config.slackApiUrl, slackLogger(log));
  return {
    inbox: () =>
      runInboxOnce({
        db,
        now,
        handle: ({ body }) => app.processEvent({ body, ack: () => Promise.resolve() }),
        onError: (err, row) => log.error({ err, eventId: row.eventId }, 'An event failed and will be tried again.'),
        onSetAside: (row) => tellUndelivered(deps, row.workspaceId),
      }),
    timers: () =>
      runTimersOnce({
        db,
        now,
        handle: (timer) => due(deps, timer),
        onError: (err, timer) => log.error({ err, kind: timer.kind }, 'A timer failed and will be tried again.'),
      }),
    outbox: () =>
      runOutboxOnce({
        db,
        now,
        leaseMs: LEASE_MS,
        judge,
        onGivenUp: (row, why) => giveUp(deps, row.workspaceId, row.notice, why),
        onSetAside: (row) => tellUndelivered(deps, row.workspaceId),
        deliver: ({ notice: row, sending }) =>
          deliver(
            {
              client,
              deps,
              sending,
              workspaceId: row.workspaceId,
              noticeId: row.id,
              announcedAt: row.createdAt,
              maybeSent: row.state === 'sending',
            },
            row.notice,
          ),
        onError: complaining(log),
      }),
  };
}

const complaining =
  (log: Logger): DeliveryOptions['onError'] =>
  (err, row, hopeless) =>
    log[hopeless ? 'error' : 'warn'](
      { err, kind: row.notice.kind, attempts: row.attempts },
      hopeless ? 'A notice could not be delivered and was set aside.' : 'A notice will be delivered again.',
    );

/** Webhooks leave beside everything else: nobody in Slack waits for an endpoint. */
function webhooksOf(deps: Deps, sender: WebhookSender, log: Logger, onFinished: () => void): Pool {
  const { db, now } = deps;
  return deliveryPool({
    db,
    now,
    door: 'webhook',
    atOnce: WEBHOOKS_AT_ONCE,
    leaseMs: 3 * WEBHOOK_TIMEOUT_MS,
    giveUpAfterMs: WEBHOOKS_FOR_MS,
    pauseMs: webhookPauseMs,
    judge: judgeWebhook,
    deliver: ({ notice: row }) =>
      deliverWebhook(
        { deps, sender, workspaceId: row.workspaceId, noticeId: row.id, announcedAt: row.createdAt },
        row.notice,
      ),
    onGivenUp: (row) => webhookGivenUp(deps, row.workspaceId, row.notice),
    onSetAside: (row) => tellUndelivered(deps, row.workspaceId),
    onError: complaining(log),
    onFinished,
    onBroken: (err) => log.error({ err }, 'What became of a webhook could not be kept.'),
  });
}

/** Lets what is under way finish for a moment, then breaks it off. */
async function stopWebhooks(webhooks: Pool, sender: WebhookSender): Promise<void> {
  const late = setTimeout(() => void sender.close(), WEBHOOKS_STOP_MS);
  await webhooks.idle();
  clearTimeout(late);
  await sender.close();
}

/** What one worker does may be the next one's work. */
const rousing =
  (turn: RunOnce, wake: () => void): RunOnce =>
  async () => {
    const worked = await turn();
    if (worked > 0) wake();
    return worked;
  };

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

  const loops: Loop[] = [];
  const wake = () => {
    for (const loop of loops) loop.wake();
  };
  const keep = (eventId: string, body: Record<string, unknown>) =>
    storeEvent(db, { workspaceId, eventId, body, now: now() });
  const making = deliveringClient(config.botToken, config.slackApiUrl, logger);
  const api = apiListener(
    { ...deps, makeChannel: channelMaker(making, warn) },
    { rate: config.apiRate, log, done: wake },
  );
  const bots = apiServer(api, apiPort(config));
  const receiver = storing(receiverFor(config, log, api), { keep, done: wake, isAnsweredAtOnce });
  const app = boltFor(config, installation, receiver, log);
  mount(app, deps, { home: installation, memory });
  const { inbox, timers, outbox } = turns(config, app, deps, log);
  const webhooks = webhooksOf(deps, sender, log, wake);
  const onError = (err: unknown) => log.error({ err }, 'A worker could not reach the database.');

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
      for (const turn of [inbox, timers, outbox, webhooks.begin]) {
        loops.push(startLoop(rousing(turn, wake), { everyMs: TICK_MS, onError }));
      }
      loops.push(startLoop(() => standingsDue(deps), { everyMs: STANDINGS_MS, onError }));
      loops.push(startLoop(() => runHousekeepingOnce({ db, now }), { everyMs: HOUSEKEEPING_MS, onError }));
      loops.push(
        startLoop(
          rousing(() => closeQuiet(deps), wake),
          { everyMs: QUIET_MS, onError },
        ),
      );
      await serve();
    },
    async stop() {
      await Promise.all([receiver.stop(), bots.stop()]);
      await receiver.settled();
      await Promise.all(loops.map((loop) => loop.stop()));
      await stopWebhooks(webhooks, sender);
    },
    answered: () => receiver.settled(),
    async settle() {
      await receiver.settled();
      const all = [inbox, timers, outbox, webhooks.drain, () => closeQuiet(deps)];
      const workedOn = async () => {
        let worked = 0;
        for (const turn of all) worked += await turn();
        return worked;
      };
      while ((await workedOn()) > 0);
    },
  };
}
