import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainWords } from '../../src/slack/plain-words.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('what people wrote, as Slack hands it over,', () => {
  it.each([
    ['Q&amp;A: is 3 &lt; 4?', 'Q&A: is 3 < 4?'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['<@U0123ABCD> can you?', '@somebody can you?'],
    ['<@U0123ABCD|ana> can you?', '@ana can you?'],
    ['<@W0123|@ana>', '@ana'],
    ['see <#C0123|general> and <#C9>, <#C8|>', 'see #general and #a-channel, #a-channel'],
    ['<!here> <!channel> <!everyone> <!here|here>', '@here @channel @everyone @here'],
    ['<!subteam^S1|@law> <!subteam^S1>', '@law @a-group'],
    ['<!date^1700000000^{date}|14 November>', '14 November'],
    ['<!date^1700000000^{date}>.', '.'],
    ['<https://x.test/?a=1&amp;b=2> <https://x.test|our page>', 'https://x.test/?a=1&b=2 our page'],
    ['<mailto:ana@x.test|ana@x.test> <tel:+491>', 'ana@x.test +491'],
    ['&lt;!here&gt; typed by hand', '<!here> typed by hand'],
    ['', ''],
  ])('reads %j as %j', (text, words) => {
    expect(plainWords(text)).toBe(words);
  });

  it('is what was typed, where it was nothing but words', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (typed) => plainWords(escaped(typed)) === typed));
  });

  it('holds no mention that anything could make of it again, once escaped', () => {
    const part = fc.constantFrom(
      '<@U1>',
      '<!here>',
      '<',
      '>',
      '|',
      '&lt;',
      '&gt;',
      '&amp;',
      '<#C1|a>',
      '<https://x|y>',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(escaped(plainWords(parts.join('')))).not.toMatch(/[<>]/);
      }),
    );
  });
});
