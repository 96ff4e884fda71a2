/** When to try again. */

const BASE_MS = 1000;
const MINUTE_MS = 60_000;
/** The longest pause of what is not for webhooks. */
export const BACKOFF_MAX_MS = 5 * MINUTE_MS;

const doubling = (attempts: number, capMs: number): number => Math.min(BASE_MS * 2 ** Math.max(0, attempts - 1), capMs);

/** Doubles from one second to five minutes. `attempts` counts the ones made. */
export const backoffMs = (attempts: number): number => doubling(attempts, BACKOFF_MAX_MS);

/** Doubles from one second to a quarter of an hour: an endpoint may be down for long, and what waits for it is tried for a day. */
export const webhookPauseMs = (attempts: number): number => doubling(attempts, 15 * MINUTE_MS);

export const describeError = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);
