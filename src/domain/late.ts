/** Slack tells of things late and in any order: what was said is weighed by when it was said, not by when it is heard of. */

/** Slack's clock and Beckon's may differ by so much; within it what is heard later counts as said later. */
const CLOCKS_APART_MS = 5000;

/** When a message was written: Slack's timestamps are seconds since 1970. */
export const writtenAt = (ts: string): Date => new Date(Math.round(Number(ts) * 1000));

/** Whether something was said before a moment of Beckon's own, for certain. */
export const wasBefore = (said: Date, iso: string): boolean => said.getTime() + CLOCKS_APART_MS < Date.parse(iso);

/** The latest moment of Beckon's own that something said then can be an answer to, ISO 8601 UTC. */
export const answersUntil = (said: Date): string => new Date(said.getTime() + CLOCKS_APART_MS).toISOString();
