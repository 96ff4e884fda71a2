import { describe, expect, it } from '@jest/globals';
import { emojiGlyph, findEmoji, withEmoji } from '../../../../sandbox/client/text/emoji.ts';

describe('emoji', () => {
  it.each([
    ['star', '⭐'],
    ['+1', '👍'],
    ['thumbsup', '👍'],
    ['palm_tree', '🌴'],
    ['face_with_thermometer', '🤒'],
    ['hash', '#️⃣'],
    ['one', '1️⃣'],
    ['flag-de', '🇩🇪'],
  ])('draws :%s:', (name, glyph) => {
    expect(emojiGlyph(name)).toBe(glyph);
  });

  it('replaces names in plain text and leaves the rest', () => {
    expect(withEmoji('Well :tada: at 10:30:00 :nothing_here:')).toBe('Well 🎉 at 10:30:00 :nothing_here:');
  });

  it('finds those that begin with what was typed first', () => {
    expect(findEmoji('tad', 3)[0]).toEqual({ name: 'tada', glyph: '🎉' });
  });
});
