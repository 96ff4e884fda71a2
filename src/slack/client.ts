/** How Beckon calls Slack: for people who wait, for reading, and for delivering. */
import { WebClient, type WebAPICallResult, type WebClientOptions } from '@slack/web-api';
import type { LogLevel, Logger } from '@slack/bolt';
import type { Logger as Pino } from 'pino';
import { makePace, type Pace } from './pace.ts';

/** A trigger lives three seconds; what takes longer is of no use to the person who waits. */
const INTERACTIVE_TIMEOUT_MS = 2500;
/** The port answers *unknown* after this long. */
const READ_TIMEOUT_MS = 1000;
/** A notice's lease must be longer than this. */
export const DELIVERY_TIMEOUT_MS = 10_000;

// `rejectRateLimitedCalls`: otherwise one 429 pauses every method of the client (node-slack-sdk's queue), so that opening a modal
// would wait for a background call. `retryConfig` is always given: Socket Mode would else put 100 retries into shared options.
const options = (slackApiUrl: string, logger: Logger, timeout: number): WebClientOptions => ({
  slackApiUrl,
  logger,
  timeout,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
});

/** Options of Bolt's own clients: they open modals and answer people. */
export const interactiveOptions = (slackApiUrl: string, logger: Logger): WebClientOptions => ({
  ...options(slackApiUrl, logger, INTERACTIVE_TIMEOUT_MS),
  retryConfig: { retries: 1, minTimeout: 100, maxTimeout: 100 },
});

export const readingClient = (token: string, slackApiUrl: string, logger: Logger): WebClient =>
  new WebClient(token, options(slackApiUrl, logger, READ_TIMEOUT_MS));

/** A call whose arguments cannot be written down: nothing was sent, and nothing ever will be. */
export class Unsendable extends Error {}

function canBeSent(args: Record<string, unknown>): boolean {
  try {
    for (const value of Object.values(args))
      encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** A client whose every call goes through `pace` first. The library binds its methods to `apiCall` when it is made. */
class PacedClient extends WebClient {
  readonly #pace: Pace;

  constructor(token: string, given: WebClientOptions, pace: Pace) {
    super(token, given);
    this.#pace = pace;
  }

  override async apiCall(method: string, args?: Record<string, unknown>): Promise<WebAPICallResult> {
    this.#pace(method);
    try {
      return await super.apiCall(method, args);
    } catch (error) {
      if (canBeSent(args ?? {})) throw error;
      throw new Unsendable(`The arguments of ${method} cannot be written down.`, { cause: error });
    }
  }
}

/** Delivers notices, never faster than Slack allows; the outbox decides about trying again. */
export const deliveringClient = (token: string, slackApiUrl: string, logger: Logger, isPaced = true): WebClient =>
  new PacedClient(
    token,
    options(slackApiUrl, logger, DELIVERY_TIMEOUT_MS),
    isPaced ? makePace(() => performance.now()) : () => undefined,
  );

/** Slack's libraries log through Beckon's logger. Their debug lines hold payloads and are never passed on. */
export function slackLogger(log: Pino): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const error = parts.find((part) => part instanceof Error);
      log[level](
        error === undefined ? {} : { err: error },
        parts
          .filter((part) => part !== error)
          .map(String)
          .join(' '),
      );
    };
  return {
    debug: () => undefined,
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the enum of @slack/logger, which is not ours to import
    getLevel: () => 'info' as LogLevel,
    setName: () => undefined,
  };
}
