/** Sends notices whose taker may be slow: as many at once as there is room for, each at its own pace. */
import { claimNotices, type Door } from '../store/outbox.ts';
import type { RunOnce } from './loop.ts';
import { deliverOne, gatherMarks, type DeliveryOptions } from './outbox.ts';

export type Pool = {
  /** Begins what is due, as far as there is room, and answers how many; it does not wait for them. */
  readonly begin: RunOnce;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
  /** Begins what is due, waits for it, and answers how many that were. */
  readonly drain: RunOnce;
};

type Options = DeliveryOptions & {
  door: Door;
  /** One of a lane is under way at most, so this many lanes may hang before others wait. */
  atOnce: number;
  /** There is room again, and the next of its lane may be due. */
  onFinished: () => void;
  /** What became of one could not be written down: it is claimed again when its lease ends. */
  onBroken: (error: unknown) => void;
};

export function deliveryPool(options: Options): Pool {
  const { db, now, leaseMs, door, atOnce, onFinished, onBroken } = options;
  const underWay = new Set<Promise<void>>();
  const marks = gatherMarks(options);
  const begin = async (): Promise<number> => {
    const limit = atOnce - underWay.size;
    if (limit <= 0) return 0;
    const claimed = await claimNotices(db, { now: now(), leaseMs, limit, door });
    for (const notice of claimed) {
      const delivery: Promise<void> = deliverOne(options, notice, marks)
        .catch(onBroken)
        .finally(() => {
          underWay.delete(delivery);
          onFinished();
        });
      underWay.add(delivery);
    }
    return claimed.length;
  };
  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    begin,
    idle,
    async drain() {
      const begun = await begin();
      await idle();
      return begun;
    },
  };
}
