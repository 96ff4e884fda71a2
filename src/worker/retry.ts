/** When to try again. */

const BASE_MS = 1000;
const CAP_MS = 5 * 60_000;

/** Doubles from one second to five minutes. `attempts` counts the ones made. */
export const backoffMs = (attempts: number): number => Math.min(BASE_MS * 2 ** Math.max(0, attempts - 1), CAP_MS);

export const describeError = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);
