import { describe, expect, it } from '@jest/globals';
import { gathering } from '../../src/worker/gather.ts';

describe('gathering', () => {
  it('does what comes at one moment together, and answers each its own', async () => {
    const rounds: (readonly number[])[] = [];
    const doubled = gathering((all: readonly number[]) => {
      rounds.push(all);
      return Promise.resolve((one: number) => one * 2);
    });
    expect(await Promise.all([1, 2, 3].map(doubled))).toEqual([2, 4, 6]);
    expect(rounds).toEqual([[1, 2, 3]]);
  });

  it('does what comes meanwhile next, together', async () => {
    const rounds: (readonly number[])[] = [];
    const late: Promise<number>[] = [];
    const same: (one: number) => Promise<number> = gathering((all: readonly number[]) => {
      rounds.push(all);
      if (rounds.length === 1) late.push(same(2), same(3));
      return Promise.resolve((one: number) => one);
    });
    expect(await same(1)).toBe(1);
    expect(await Promise.all(late)).toEqual([2, 3]);
    expect(await same(4)).toBe(4);
    expect(rounds).toEqual([[1], [2, 3], [4]]);
  });

  it('fails all of those that were done together, and works for the next', async () => {
    let fails = true;
    const done = gathering(async (all: readonly number[]) => {
      if (fails) throw new Error('down');
      return Promise.resolve((one: number) => all.indexOf(one));
    });
    const both = await Promise.allSettled([done(1), done(2)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await done(3)).toBe(0);
  });
});
