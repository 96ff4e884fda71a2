import { describe, expect, it } from '@jest/globals';
import { crowd } from '../../src/worker/crowd.ts';

const nothing = () => {};

describe('whoever waits for an answer', () => {
  it('does not slow what is sent down alone', async () => {
    const { ask, lanes, givingWay } = crowd(nothing);
    ask();
    expect(lanes()).toBe(16);
    expect(await givingWay(() => Promise.resolve(3))()).toBe(3);
  });

  it('is answered before it with three others, until one of them is answered', () => {
    const { ask, lanes } = crowd(nothing);
    const answered = [ask(), ask(), ask(), ask()];
    expect(lanes()).toBe(4);
    answered[0]?.();
    expect(lanes()).toBe(16);
  });

  it('has a rest of the worker to be answered in, which goes on afterwards', async () => {
    const { ask, givingWay } = crowd(nothing);
    for (let one = 0; one < 4; one += 1) ask();
    const begun = performance.now();
    expect(await givingWay(() => Promise.resolve(2))()).toBe(2);
    expect(performance.now() - begun).toBeGreaterThan(40);
  });

  it('wakes the workers once answered', () => {
    let woken = 0;
    const { ask } = crowd(() => {
      woken += 1;
    });
    const answered = ask();
    expect(woken).toBe(0);
    answered();
    expect(woken).toBe(1);
  });
});
