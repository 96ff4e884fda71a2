import { describe, expect, it } from '@jest/globals';
import { leftOutWords } from '../../../src/slack/views/left-out.ts';

describe('who is left out of a call', () => {
  it.each([
    [{ unavailable: 0, often: 0, next: 0 }, ['Billing'], 3, ''],
    [{ unavailable: 1, often: 0, next: 0 }, ['Billing'], 2, ' 1 more knows Billing: 1 is not available.'],
    [
      { unavailable: 2, often: 1, next: 1 },
      ['Billing', '<!here>'],
      3,
      ' 4 more know Billing, &lt;!here&gt;: 2 are not available, 1 has been called as often this hour as they want to be and 1 can be called next.',
    ],
    [
      { unavailable: 0, often: 2, next: 0 },
      [],
      0,
      ' 2 are on the desk: 2 have been called as often this hour as they want to be.',
    ],
  ])('is said by number (%j, %j)', (leftOut, wanted, called, words) => {
    expect(leftOutWords(leftOut, wanted, called)).toBe(words);
  });
});
