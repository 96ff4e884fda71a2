import { describe, expect, it } from '@jest/globals';
import { readAwayEmoji } from '../../src/domain/away-emoji.ts';

const many = (count: number): string => Array.from({ length: count }, (_, i) => `:e${i}:`).join(' ');

describe('out-of-office emoji', () => {
  it.each([
    [':palm_tree: :face_with_thermometer:', [':palm_tree:', ':face_with_thermometer:']],
    [' :palm_tree:,:baby:;\n:+1: ', [':palm_tree:', ':baby:', ':+1:']],
    [':palm_tree::baby:', [':palm_tree:', ':baby:']],
    [':wave::skin-tone-3: :Palm_Tree: :palm_tree:', [':wave::skin-tone-3:', ':palm_tree:']],
    ['', []],
  ])('are read from %j', (typed, emoji) => {
    expect(readAwayEmoji(typed)).toEqual(emoji);
  });

  it.each(['palm_tree', ':palm tree:', '🌴', ':<!here>:', ':', '::'])('are not %j', (typed) => {
    expect(() => readAwayEmoji(typed)).toThrow(expect.objectContaining({ code: 'invalid', field: 'away_emoji' }));
  });

  it('are twenty at most', () => {
    expect(readAwayEmoji(many(20))).toHaveLength(20);
    expect(() => readAwayEmoji(many(21))).toThrow(/up to 20; you typed 21/);
  });
});
