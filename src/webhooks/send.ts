/** Posts webhooks, signed after the Standard Webhooks specification, to where they may go and nowhere else. */
import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Agent, errors, request } from 'undici';
import { isPublic } from './addresses.ts';

/** From the first byte to the last, looking the name up included. */
export const WEBHOOK_TIMEOUT_MS = 10_000;
const ANSWER_READ_MAX = 64 * 1024;
/** An endpoint may ask to be left alone this long, not longer. */
const RETRY_AFTER_MAX_MS = 3_600_000;
const GONE = 410;

/** A webhook was not taken; `message` says why, for administrators. */
export class WebhookError extends Error {
  /** The endpoint said that it is gone for good. */
  readonly isGone: boolean;
  /** The endpoint asked to wait this long. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { isGone = false, retryAfterMs }: { isGone?: boolean; retryAfterMs?: number } = {}) {
    super(message);
    this.isGone = isGone;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A host that webhooks may not go to. */
class NotPublic extends Error {}

const NOT_PUBLIC = 'The address belongs to a private network, where Beckon sends nothing.';

type Outgoing = {
  url: string;
  secret: string;
  /** The same however often it is sent. */
  id: string;
  /** When it is sent this time. */
  at: Date;
  body: string;
};

export type WebhookSender = {
  /** @throws WebhookError */
  send(outgoing: Outgoing): Promise<void>;
  /** Whether the host of a URL may be reached, which is asked again at every connection. @throws WebhookError */
  check(url: URL): Promise<void>;
  close(): Promise<void>;
};

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name and hands on only what may be connected to, so that a name cannot mean another address a moment later. */
function publicOnly(hostname: string, options: LookupOptions, done: LookupCallback): void {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    if (!found.every(({ address }) => isPublic(address))) return done(new NotPublic(NOT_PUBLIC), []);
    const [first] = found;
    if (options.all === true) return done(null, found);
    return done(null, first?.address ?? [], first?.family);
  });
}

/** An address in the URL itself is never looked up, so it is checked here. */
function checkLiteral(hostname: string): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublic(address)) throw new NotPublic(NOT_PUBLIC);
}

/** It may have been saved while the configuration allowed more. */
function requirePublic({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw new WebhookError('Webhooks go to `https://` only. Save another URL.');
  checkLiteral(hostname);
}

function waitAsked(header: string | string[] | undefined): number | undefined {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, RETRY_AFTER_MAX_MS) : undefined;
}

function reject(status: number, retryAfter: string | string[] | undefined): never {
  if (status === GONE) throw new WebhookError('The endpoint answered 410: it is gone for good.', { isGone: true });
  if (status >= 300 && status < 400) {
    throw new WebhookError(`The endpoint answered ${status}: it redirects, and redirects are not followed.`);
  }
  const wait = waitAsked(retryAfter);
  throw new WebhookError(`The endpoint answered ${status}.`, wait === undefined ? {} : { retryAfterMs: wait });
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no connection';

/** Never shows the error's own words: they may hold the address, which may hold a secret. */
function explained(error: unknown, timedOut: boolean, timeoutMs: number): WebhookError {
  if (error instanceof WebhookError) return error;
  if (timedOut) return new WebhookError(`The endpoint did not answer within ${timeoutMs / 1000} seconds.`);
  if (error instanceof NotPublic) return new WebhookError(error.message);
  if (error instanceof errors.SocketError) return new WebhookError('The endpoint closed the connection.');
  return new WebhookError(`The endpoint could not be reached (${codeOf(error)}).`);
}

const signedHeaders = ({ secret, id, at, body }: Outgoing): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Beckon-Webhooks/1',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': new Webhook(secret).sign(id, at, body),
});

/** What one process sends webhooks with. It goes to endpoints directly: proxies in the environment are not asked. */
export function webhookSender({
  allowPrivate,
  timeoutMs = WEBHOOK_TIMEOUT_MS,
}: {
  allowPrivate: boolean;
  timeoutMs?: number;
}): WebhookSender {
  const agent = new Agent({
    // Answers are waited for by the signal alone.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs, ...(!allowPrivate && { lookup: publicOnly }) },
  });
  return {
    async send(outgoing) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        if (!allowPrivate) requirePublic(new URL(outgoing.url));
        const headers = signedHeaders(outgoing);
        const answer = await request(outgoing.url, {
          method: 'POST',
          headers,
          body: outgoing.body,
          dispatcher: agent,
          signal,
        });
        // Read, so that the connection can be used again; the status has said everything.
        await answer.body.dump({ limit: ANSWER_READ_MAX, signal }).catch(() => undefined);
        if (answer.statusCode < 200 || answer.statusCode >= 300) {
          reject(answer.statusCode, answer.headers['retry-after']);
        }
      } catch (error) {
        throw explained(error, signal.aborted, timeoutMs);
      }
    },
    async check({ hostname }) {
      if (allowPrivate) return;
      try {
        checkLiteral(hostname);
        if (isIP(hostname.replace(/^\[|\]$/g, '')) === 0) await resolvable(hostname);
      } catch (error) {
        throw error instanceof NotPublic
          ? new WebhookError(error.message)
          : new WebhookError('This host is not known to the internet.');
      }
    },
    close: () => agent.destroy(),
  };
}

const resolvable = (hostname: string): Promise<void> =>
  new Promise((found, failed) => {
    publicOnly(hostname, { all: true }, (error) => (error ? failed(error) : found()));
  });
