import type { EventResult, Transport } from './http-transport.ts';
import type { Json } from './json.ts';
import type { Ack, Interactive } from './slack.ts';
import type { PendingEvent, State } from './state.ts';

/** Slack's waits before the second, third and fourth attempt, milliseconds. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

export type Delivery = {
  sendEvent: (envelope: Json) => void;
  /** one attempt, of which nothing is remembered */
  sendOnce: (envelope: Json) => Promise<void>;
  ask: (request: Interactive) => Promise<Ack>;
  /** tries again what is due by the clock passed in */
  tick: () => void;
  /** tries again everything the app has not acknowledged, due or not */
  retryNow: () => void;
  /** counts work the idle promise waits for */
  during: <T>(work: Promise<T>) => Promise<T>;
  /** resolves when nothing is on its way to the app or being answered */
  idle: () => Promise<void>;
  close: () => void;
};

export type DeliveryNeeds = {
  state: () => State;
  now: () => number;
  changed: () => void;
  transport: () => Transport;
  extraCopies: () => number;
  /** the app did not take this event however often it was sent */
  unheard: (envelope: Json) => void;
};

/** Everything that goes to the app: events with retries, commands and interactions once. */
export function openDelivery(needs: DeliveryNeeds): Delivery {
  const flying = new Set<PendingEvent>();
  let underWay = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let idlers: (() => void)[] = [];

  const during = async <T>(work: Promise<T>): Promise<T> => {
    underWay += 1;
    try {
      return await work;
    } finally {
      underWay -= 1;
      if (underWay === 0) {
        for (const wake of idlers) wake();
        idlers = [];
      }
    }
  };

  const attempt = async (event: PendingEvent): Promise<void> => {
    flying.add(event);
    const result = await needs.transport().event(event.envelope, event.attempt, event.reason);
    flying.delete(event);
    // Closing loses nothing: what is not settled is still in the state.
    if (closed) return;
    const again = settle(needs, event, result);
    if (again && event.dueAt <= needs.now() && needs.transport().reachable()) await attempt(event);
    else schedule();
  };

  const launch = (due: (event: PendingEvent) => boolean): void => {
    // With nobody connected an attempt could only fail; the next connection starts them.
    if (closed || !needs.transport().reachable()) return;
    for (const event of needs.state().pendingEvents) {
      if (!flying.has(event) && due(event)) void during(attempt(event));
    }
  };
  const tick = (): void => launch((event) => event.dueAt <= needs.now());

  const schedule = (): void => {
    clearTimeout(timer);
    const next = Math.min(...needs.state().pendingEvents.map((event) => event.dueAt));
    if (closed || !Number.isFinite(next)) return;
    timer = setTimeout(tick, Math.max(1000, next - needs.now()));
    timer.unref();
  };

  return {
    sendEvent: (envelope) => {
      const event = { envelope, attempt: 0, dueAt: 0, reason: '' };
      needs.state().pendingEvents.push(event);
      needs.changed();
      if (!needs.transport().reachable()) return;
      void during(attempt(event));
      for (let copy = 0; copy < needs.extraCopies(); copy += 1) {
        void during(needs.transport().event(envelope, copy + 1, 'http_timeout'));
      }
    },
    sendOnce: async (envelope) => {
      await during(needs.transport().event(envelope, 0, ''));
    },
    ask: (request) => during(needs.transport().ask(request)),
    tick,
    retryNow: () => launch(() => true),
    during,
    idle: () =>
      new Promise((resolve) => {
        // Work may begin in the next turn of the loop, set off by what has just ended.
        setImmediate(() => {
          if (underWay === 0) resolve();
          else idlers.push(resolve);
        });
      }),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** Notes how an attempt ended; true: a further one is to come, at `dueAt`. */
function settle(needs: DeliveryNeeds, event: PendingEvent, result: EventResult): boolean {
  const state = needs.state();
  const wait = RETRY_AFTER_MS[event.attempt];
  needs.changed();
  // A reset forgets what was on its way.
  if (!state.pendingEvents.includes(event)) return false;
  if (result.ok || !result.again || wait === undefined) {
    state.pendingEvents = state.pendingEvents.filter((other) => other !== event);
    if (!result.ok) needs.unheard(event.envelope);
    return false;
  }
  event.attempt += 1;
  event.reason = result.reason;
  event.dueAt = needs.now() + wait;
  return true;
}
