import { describe, expect, it } from '@jest/globals';
import { jsonOf, wellFormed } from '../../src/domain/well-formed.ts';

const CUT = 'Thanks! 😀'.slice(0, -1);

describe('Text', () => {
  it('that was cut in the middle of an emoji ends in the sign for what cannot be read', () => {
    expect(wellFormed(CUT)).toBe('Thanks! \uFFFD');
    expect(wellFormed('\uDE00\uD83D!')).toBe('\uFFFD\uFFFD!');
  });

  it('that is whole stays as it is', () => {
    for (const text of ['', 'Thanks! 😀👩‍👩‍👧', '\uFFFD', '\\ud83d']) expect(wellFormed(text)).toBe(text);
  });

  it('is well-formed however deep it is in JSON', () => {
    expect(JSON.parse(jsonOf({ a: [{ text: CUT }], size: 2, none: null }))).toEqual({
      a: [{ text: 'Thanks! \uFFFD' }],
      size: 2,
      none: null,
    });
  });

  it('of which somebody typed the escape is left alone', () => {
    const typed = { text: 'Write \\ud83d, or "\\\\ud83d" 😀' };
    expect(JSON.parse(jsonOf(typed))).toEqual(typed);
  });
});
