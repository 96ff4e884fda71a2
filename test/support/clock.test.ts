import { expect, it } from '@jest/globals';
import { makeClock } from './clock.ts';

it('stands still until it is moved', () => {
  const clock = makeClock('2026-03-02T09:00:00.000Z');
  const before = clock.now();
  clock.advance({ minutes: 4, seconds: 59, milliseconds: 1 });
  expect(before.toISOString()).toBe('2026-03-02T09:00:00.000Z');
  expect(clock.now().toISOString()).toBe('2026-03-02T09:04:59.001Z');
});
