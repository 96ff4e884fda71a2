import { describe, expect, it } from '@jest/globals';
import { makePace, OverPace } from '../../src/slack/pace.ts';

const INVITE = 'conversations.invite';

/** How many calls go through at this moment. */
function through(pace: (method: string) => void, method = INVITE): number {
  for (let calls = 0; ; calls += 1) {
    try {
      pace(method);
    } catch (error) {
      if (error instanceof OverPace) return calls;
      throw error;
    }
  }
}

describe('The pace of calls', () => {
  it('lets a burst through, then as many as Slack allows a minute, and never more', () => {
    let now = 0;
    const pace = makePace(() => now);
    const burst = through(pace);
    expect(burst).toBe(40);
    let later = 0;
    for (let second = 0; second < 60; second += 1) {
      now += 1000;
      later += through(pace);
    }
    expect(later).toBeGreaterThanOrEqual(44);
    expect(later).toBeLessThanOrEqual(45);
  });

  it('says how long to wait, after which the call goes through', () => {
    let now = 0;
    const pace = makePace(() => now);
    through(pace);
    const refused = () => pace(INVITE);
    expect(refused).toThrow(OverPace);
    now += 1334;
    expect(refused).not.toThrow();
  });

  it('sends those who wait one after the other', () => {
    const pace = makePace(() => 0);
    through(pace);
    const waits = [1, 2, 3].map(() => {
      try {
        pace(INVITE);
      } catch (error) {
        if (error instanceof OverPace) return Math.round(error.retryAfterMs / 1000);
      }
      return 0;
    });
    // One was told to wait when the burst was counted.
    expect(waits).toEqual([3, 4, 5]);
  });

  it('counts each method for itself, and leaves alone what has no limit of its own', () => {
    const pace = makePace(() => 0);
    through(pace);
    expect(() => pace('chat.update')).not.toThrow();
    for (let calls = 0; calls < 1000; calls += 1) pace('chat.postMessage');
  });
});
