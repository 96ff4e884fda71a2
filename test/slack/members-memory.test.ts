import { describe, expect, it } from '@jest/globals';
import { membersMemory } from '../../src/slack/members-memory.ts';
import { makeClock } from '../support/clock.ts';

const HOUR_MS = 3_600_000;

describe('who is in a channel', () => {
  it('is known as long as it is taken for true, and kept true by events', () => {
    const clock = makeClock();
    const memory = membersMemory(clock.now);
    memory.came('C1', 'UANA');
    expect(memory.known('C1', HOUR_MS)).toBeUndefined();
    memory.keep('C1', ['UANA', 'UBEN']);
    memory.went('C1', 'UBEN');
    memory.came('C1', 'UCLEO');
    clock.advance({ minutes: 59, seconds: 59 });
    expect(memory.known('C1', HOUR_MS)).toEqual(['UANA', 'UCLEO']);
    clock.advance({ seconds: 1 });
    expect(memory.known('C1', HOUR_MS)).toBeUndefined();
    expect(memory.known('C1', 2 * HOUR_MS)).toEqual(['UANA', 'UCLEO']);
    expect(memory.known('C2', HOUR_MS)).toBeUndefined();
  });

  it('is asked for anew once the clock was set back', () => {
    const clock = makeClock();
    const memory = membersMemory(clock.now);
    memory.keep('C1', ['UANA']);
    clock.advance({ days: -1 });
    expect(memory.known('C1', HOUR_MS)).toBeUndefined();
  });

  it('is never taken from memory by who needs it fresh', () => {
    const memory = membersMemory(makeClock().now);
    memory.keep('C1', ['UANA']);
    expect(memory.known('C1', 0)).toBeUndefined();
  });
});
