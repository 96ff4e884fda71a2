/** Delivering below Slack's limits: a call that would be refused with 429 is not made, and only its lane waits. */

/** Calls a minute and workspace that Slack allows at least. https://docs.slack.dev/apis/web-api/rate-limits (tiers 3 and 4) */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'conversations.invite': 50,
  'conversations.open': 50,
  'chat.update': 50,
  'views.publish': 100,
};

/** Slack counts a little differently, and other uses of the token count as well: not all of it is used. */
const SHARE = 0.9;
const BURST = 0.8;

/** Slack would refuse this call now; nothing was sent. */
export class OverPace extends Error {
  readonly retryAfterMs: number;

  constructor(method: string, retryAfterMs: number) {
    super(`${method} waits ${Math.ceil(retryAfterMs / 1000)} s so that Slack does not refuse it.`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Takes one call of a method from what is allowed. */
export type Pace = (method: string) => void;

/**
 * @param now milliseconds, of a clock that nobody sets
 * @returns what every call goes through; throws OverPace instead of letting it be made too early
 */
export function makePace(now: () => number): Pace {
  const buckets = new Map<string, { calls: number; at: number; promised: number }>();
  return (method) => {
    const allowed = PER_MINUTE[method];
    if (allowed === undefined) return;
    const perMs = (allowed * SHARE) / 60_000;
    const bucket = buckets.get(method) ?? { calls: allowed * BURST, at: now(), promised: 0 };
    buckets.set(method, bucket);
    bucket.calls = Math.min(allowed * BURST, bucket.calls + (now() - bucket.at) * perMs);
    bucket.at = now();
    if (bucket.calls < 1) {
      // One after the other, so that a hundred that wait do not all come back for the same one.
      bucket.promised = Math.max(bucket.promised + 1 / perMs, now() + (1 - bucket.calls) / perMs);
      throw new OverPace(method, bucket.promised - now());
    }
    bucket.calls -= 1;
  };
}
