import { describe, expect, it } from '@jest/globals';
import { changed, changedSet, settle } from '../../src/domain/change.ts';

describe('a field of a form', () => {
  it.each([
    ['nobody touched it', undefined, 'A', true, { write: undefined, stayed: false }],
    ['this person changed it', { from: 'A', to: 'B' }, 'A', true, { write: 'B', stayed: false }],
    ['and somebody else another one', { from: 'A', to: 'B' }, 'A', false, { write: 'B', stayed: false }],
    ['and somebody else to the same', { from: 'A', to: 'B' }, 'B', false, { write: undefined, stayed: false }],
    ['and somebody else to something else', { from: 'A', to: 'B' }, 'C', false, { write: undefined, stayed: true }],
    ['Slack escaped what it showed', { from: 'R&amp;D', to: 'B' }, 'R&D', true, { write: 'B', stayed: false }],
  ])('is decided when %s', (_when, change, current, untouched, settled) => {
    expect(settle(change, current, untouched)).toEqual(settled);
  });

  it('is no change when it holds what it showed', () => {
    expect(changed(['de', 'en'], ['de', 'en'])).toBeUndefined();
    expect(changed(['de', 'en'], ['en', 'de'])).toEqual({ from: ['de', 'en'], to: ['en', 'de'] });
  });

  it('with several values is what was added and what was taken out', () => {
    expect(changedSet(['a', 'b'], ['b', 'c'])).toEqual({ add: ['c'], remove: ['a'] });
  });
});
