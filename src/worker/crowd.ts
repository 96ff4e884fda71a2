/**
 * Who waits for an answer of this process. Whoever asks is answered before what others are to read is sent: Slack lets fifty people a minute
 * into channels, so that sending has time.
 */
import { setTimeout } from 'node:timers/promises';
import type { RunOnce } from './loop.ts';

/** From so many on, each waits for the others. */
const CROWD = 4;
const LANES = 16;
const LANES_IN_CROWD = 4;
const REST_MS = 150;

export type Crowd = {
  /** Somebody asks; to be called once they are answered. */
  readonly ask: () => () => void;
  /** How many lanes may be delivered side by side now. */
  readonly lanes: () => number;
  /** A turn of a worker with a rest after it while many wait. */
  readonly givingWay: (turn: RunOnce) => RunOnce;
};

/** @param answered somebody was answered: there may be work */
export function crowd(answered: () => void): Crowd {
  let waiting = 0;
  const isCrowded = () => waiting >= CROWD;
  return {
    ask() {
      waiting += 1;
      return () => {
        waiting -= 1;
        answered();
      };
    },
    lanes: () => (isCrowded() ? LANES_IN_CROWD : LANES),
    givingWay: (turn) => async () => {
      const worked = await turn();
      if (isCrowded()) await setTimeout(REST_MS);
      return worked;
    },
  };
}
