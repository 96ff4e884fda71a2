/** Everything that happens without somebody waiting for it: what came in, what is due, what goes out. */
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { standingsDue } from './services/agent/stand.ts';
import { closeQuiet } from './services/conversation/close-quiet.ts';
import type { Deps } from './services/deps.ts';
import { due } from './services/due.ts';
import { tellUndelivered } from './services/undelivered/tell.ts';
import { webhookGivenUp } from './services/webhook/outgoing.ts';
import { DELIVERY_TIMEOUT_MS } from './slack/client.ts';
import { deliver, giveUp } from './slack/deliver.ts';
import { judge } from './slack/judge.ts';
import { deliverWebhook, judgeWebhook } from './webhooks/deliver.ts';
import { WEBHOOK_TIMEOUT_MS, type WebhookSender } from './webhooks/send.ts';
import { crowd } from './worker/crowd.ts';
import { runHousekeepingOnce } from './worker/housekeeping.ts';
import { runInboxOnce, type InboxOptions } from './worker/inbox.ts';
import { startLoop, type Loop, type RunOnce } from './worker/loop.ts';
import { runOutboxOnce, type DeliveryOptions } from './worker/outbox.ts';
import { deliveryPool, type Pool } from './worker/pool.ts';
import { webhookPauseMs } from './worker/retry.ts';
import { mendTimesOnce } from './worker/set-back.ts';
import { runTimersOnce } from './worker/timers.ts';

/** Work done by another process, or due by the clock, is found within this time; what is done here wakes the workers at once. */
const TICK_MS = 1000;
/**
 * Woken a hundred times a second, who finds nothing to do does not ask the database a hundred times. Somebody looks at what is sent; what
 * came in, is due or goes to a bot's server nobody expects within a tenth of a second.
 */
const REST_MS = 20;
const LONG_REST_MS = 100;
const HOUSEKEEPING_MS = 3_600_000;
/** So long at most nothing happens after a clock was set back. */
const MENDING_MS = 60_000;
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

export type Workers = {
  start(): void;
  /** Something may be due: look now. */
  readonly wake: () => void;
  /** Somebody asks something of this process; to be called once they are answered, when there may be work. */
  readonly ask: () => () => void;
  /** Claims nothing more and resolves when what is under way is finished. */
  stop(): Promise<void>;
  /** Works through everything that is due now, until nothing is. */
  drain(): Promise<void>;
};

type Doors = {
  /** Delivers in Slack. */
  client: WebClient;
  /** Hands a stored event to its listeners. */
  handle: (body: Parameters<InboxOptions['handle']>[0]['body']) => Promise<void>;
  sender: WebhookSender;
  log: Logger;
};

function turns(
  deps: Deps,
  { client, handle, log }: Doors,
  lanes: () => number,
): Record<'inbox' | 'timers' | 'outbox', RunOnce> {
  const { db, now } = deps;
  return {
    inbox: () =>
      runInboxOnce({
        db,
        now,
        handle: ({ body }) => handle(body),
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
      runOutboxOnce(
        {
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
        },
        lanes(),
      ),
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
function webhooksOf(deps: Deps, { sender, log }: Doors, onFinished: () => void): Pool {
  const { db, now } = deps;
  return deliveryPool({
    db,
    now,
    door: 'webhook',
    atOnce: WEBHOOKS_AT_ONCE,
    leaseMs: 3 * WEBHOOK_TIMEOUT_MS,
    giveUpAfterMs: WEBHOOKS_FOR_MS,
    // What waits behind one that nobody took for a day is given up with it.
    attemptsMin: 1,
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

/** All workers of this process; none runs before `start`. */
export function workersOf(deps: Deps, doors: Doors): Workers {
  const loops: Loop[] = [];
  /** The others go by the clock alone: what they read would stand in the way of whoever woke them. */
  const woken: Loop[] = [];
  const wake = (): void => {
    for (const loop of woken) loop.wake();
  };
  /** What one worker does may be the next one's work. */
  const rousing =
    (turn: RunOnce): RunOnce =>
    async () => {
      const worked = await turn();
      if (worked > 0) wake();
      return worked;
    };
  const { ask, lanes, givingWay } = crowd(wake);
  const { inbox, timers, outbox } = turns(deps, doors, lanes);
  const webhooks = webhooksOf(deps, doors, wake);
  const quiet = () => closeQuiet(deps);
  const onError = (err: unknown) => doors.log.error({ err }, 'A worker could not reach the database.');
  const every = (everyMs: number, turn: RunOnce, restMs = 0): Loop => {
    const loop = startLoop(turn, { everyMs, onError, restMs });
    loops.push(loop);
    return loop;
  };

  return {
    wake,
    ask,
    start() {
      woken.push(every(TICK_MS, givingWay(rousing(outbox)), REST_MS));
      for (const turn of [inbox, timers, webhooks.begin]) woken.push(every(TICK_MS, rousing(turn), LONG_REST_MS));
      every(STANDINGS_MS, () => standingsDue(deps));
      every(MENDING_MS, () => mendTimesOnce(deps));
      every(HOUSEKEEPING_MS, () => runHousekeepingOnce(deps));
      every(QUIET_MS, rousing(quiet));
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await stopWebhooks(webhooks, doors.sender);
    },
    async drain() {
      let worked = 1;
      while (worked > 0) {
        worked = 0;
        for (const turn of [inbox, timers, outbox, webhooks.drain, quiet]) worked += await turn();
      }
    },
  };
}
