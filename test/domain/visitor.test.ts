import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { channelNameFor, checkWords, countryOf } from '../../src/domain/visitor.ts';

describe('the channel of a visitor', () => {
  it.each([
    ['Lea Martin', '3f2a9c41-77aa-4c1e-9d2b-0c9e8d7f6a5b', 'visitor-lea-martin-0c9e8d7f6a5b'],
    ['  O’Brien & Söhne  ', 'id12', 'visitor-o-brien-sohne-id12'],
    ['山田', 'ID_12', 'visitor-id12'],
    ['', 'id12', 'visitor-id12'],
  ])('of %j is called what Slack takes', (name, id, channel) => {
    expect(channelNameFor(name, id)).toBe(channel);
  });

  it('has a name Slack takes whatever a bot calls its visitor, and the same one for the same conversation', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.uuid(), (name, id) => {
        const channel = channelNameFor(name, id);
        expect(channel).toMatch(/^visitor(-[a-z0-9]+)+$/);
        expect(channel.length).toBeLessThanOrEqual(80);
        expect(channelNameFor(name, id)).toBe(channel);
      }),
    );
  });
});

describe('a country', () => {
  it.each([
    ['FR', 'FR'],
    [' ca ', 'CA'],
    ['XK', 'XK'],
    ['ZZ', undefined],
    ['XX', undefined],
    ['AAA', undefined],
    ['F1', undefined],
    ['', undefined],
    ['\0\0', undefined],
  ])('%j is %j', (typed, code) => {
    expect(countryOf(typed)).toBe(code);
  });
});

describe('what a visitor wrote', () => {
  it('is kept as it is, without blanks around it', () => {
    expect(checkWords('  one\n\n two ')).toBe('one\n\n two');
  });

  it.each([[''], [' \n '], ['\u200B'], ['x'.repeat(3001)]])(
    'is refused when there is nothing or too much of it',
    (text) => {
      expect(() => checkWords(text)).toThrow(expect.objectContaining({ code: 'invalid', field: 'text' }));
    },
  );
});
