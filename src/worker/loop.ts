/** A worker: claims what is due, works on it, and waits for more. */

/** Works through what is due now; answers how much it did. */
export type RunOnce = () => Promise<number>;

export type Loop = {
  /** Something may be due: look now instead of at the next tick. */
  wake(): void;
  /** Stops claiming and resolves when what is under way is finished. */
  stop(): Promise<void>;
};

type Options = {
  everyMs: number;
  onError: (error: unknown) => void;
  /** Who found nothing looks again no sooner, however often woken. */
  restMs?: number;
};

/** Runs `runOnce` at once, again while it finds work, then every `everyMs` or when woken. Never two at a time. */
export function startLoop(runOnce: RunOnce, { everyMs, onError, restMs = 0 }: Options): Loop {
  const state = { stopped: false, awake: true, rest: () => {} };
  const isGoing = () => !state.stopped;
  const isIdle = () => !state.awake && isGoing();

  /** Ends early once stopped, or as soon as `isOver`. */
  const pause = (ms: number, isOver: () => boolean) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      state.rest = () => {
        if (isGoing() && !isOver()) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!state.stopped) {
      state.awake = false;
      const worked = await runOnce().catch((error: unknown) => {
        onError(error);
        return 0;
      });
      if (worked > 0) continue;
      if (restMs > 0 && isGoing()) await pause(restMs, () => false);
      if (isIdle()) await pause(everyMs, () => state.awake);
    }
  })();

  return {
    wake() {
      state.awake = true;
      state.rest();
    },
    async stop() {
      state.stopped = true;
      state.rest();
      await running;
    },
  };
}
