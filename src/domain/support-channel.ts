/** How conversations begin in a channel that belongs to a desk. */

/** By hand only; a customer's message opens the channel's conversation; a customer's top-level message opens one in its thread. */
export type Mode = 'by_hand' | 'conversation' | 'threads';

export const MODES: readonly Mode[] = ['by_hand', 'conversation', 'threads'];

export const MODE_NAMES: Record<Mode, string> = {
  by_hand: 'By hand',
  conversation: 'One conversation',
  threads: 'A conversation per thread',
};

/** Further messages of the same person within this time of the first one belong to its thread's conversation. */
const SAME_QUESTION_MINUTES = 5;

/** Two Slack timestamps so close that the messages are one question, whichever of them is heard of first. */
export const isSameQuestion = (ts: string, otherTs: string): boolean =>
  Math.abs(Number(ts) - Number(otherTs)) <= SAME_QUESTION_MINUTES * 60;
