import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { startLoop } from '../../src/worker/loop.ts';

const NEVER_BY_ITSELF = { everyMs: 3_600_000, onError: () => {} };

/** A worker whose runs a test starts and ends: each run says `run` and waits for `done` with how much it did. */
function makeWork() {
  const steps = new EventEmitter();
  let running = 0;
  let most = 0;
  let runs = 0;
  const runOnce = async (): Promise<number> => {
    runs += 1;
    running += 1;
    most = Math.max(most, running);
    const done = once(steps, 'done');
    setImmediate(() => steps.emit('run'));
    const [worked] = (await done) as [number | Error];
    running -= 1;
    if (worked instanceof Error) throw worked;
    return worked;
  };
  return {
    runOnce,
    begun: () => once(steps, 'run'),
    finish: (worked: number | Error) => steps.emit('done', worked),
    runs: () => runs,
    mostAtOnce: () => most,
  };
}

describe('a worker', () => {
  it('runs at once, again while there is work, then rests until it is woken', async () => {
    const work = makeWork();
    const loop = startLoop(work.runOnce, NEVER_BY_ITSELF);
    await work.begun();
    work.finish(3);
    await work.begun();
    work.finish(0);
    await new Promise(setImmediate);
    expect(work.runs()).toBe(2);
    loop.wake();
    await work.begun();
    expect(work.runs()).toBe(3);
    const stopped = loop.stop();
    work.finish(0);
    await stopped;
    expect(work.mostAtOnce()).toBe(1);
  });

  it('looks again when it was woken while it worked: what came meanwhile may have been missed', async () => {
    const work = makeWork();
    const loop = startLoop(work.runOnce, NEVER_BY_ITSELF);
    await work.begun();
    loop.wake();
    work.finish(0);
    await work.begun();
    expect(work.runs()).toBe(2);
    const stopped = loop.stop();
    work.finish(5);
    await stopped;
    expect(work.runs()).toBe(2);
  });

  it('rests where it found nothing, however often woken, until it is stopped', async () => {
    const work = makeWork();
    const loop = startLoop(work.runOnce, { ...NEVER_BY_ITSELF, restMs: 3_600_000 });
    await work.begun();
    loop.wake();
    work.finish(1);
    await work.begun();
    work.finish(0);
    await new Promise(setImmediate);
    loop.wake();
    await new Promise(setImmediate);
    expect(work.runs()).toBe(2);
    await loop.stop();
    expect(work.runs()).toBe(2);
  });

  it('looks once it has rested, when it was woken meanwhile', async () => {
    const work = makeWork();
    const loop = startLoop(work.runOnce, { ...NEVER_BY_ITSELF, restMs: 1 });
    await work.begun();
    work.finish(0);
    loop.wake();
    await work.begun();
    expect(work.runs()).toBe(2);
    const stopped = loop.stop();
    work.finish(0);
    await stopped;
  });

  it('finishes what is under way before it has stopped', async () => {
    const work = makeWork();
    const loop = startLoop(work.runOnce, NEVER_BY_ITSELF);
    await work.begun();
    const order: string[] = [];
    const stopped = (async () => {
      await loop.stop();
      order.push('stopped');
    })();
    await new Promise(setImmediate);
    order.push('still at work');
    work.finish(1);
    await stopped;
    expect(order).toEqual(['still at work', 'stopped']);
  });

  it('stops at once while it rests', async () => {
    const work = makeWork();
    const loop = startLoop(work.runOnce, NEVER_BY_ITSELF);
    await work.begun();
    work.finish(0);
    await new Promise(setImmediate);
    await loop.stop();
    expect(work.runs()).toBe(1);
  });

  it('tells of a failure and goes on', async () => {
    const work = makeWork();
    const told: unknown[] = [];
    const loop = startLoop(work.runOnce, { ...NEVER_BY_ITSELF, onError: (error) => told.push(error) });
    await work.begun();
    const failure = new Error('no database');
    work.finish(failure);
    await new Promise(setImmediate);
    loop.wake();
    await work.begun();
    expect(told).toEqual([failure]);
    const stopped = loop.stop();
    work.finish(0);
    await stopped;
  });
});
