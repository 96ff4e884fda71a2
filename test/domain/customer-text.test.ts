import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinedText, visitorSaidText } from '../../src/domain/customer-text.ts';

describe('what a visitor wrote on the other side of a bot', () => {
  it('stands behind the name the bot gave, line by line, and calls nobody', () => {
    expect(visitorSaidText('Lea', 'One\n*two* <!here> & <@U1>')).toBe(
      '*Lea*:\n>One\n>*two* &lt;!here&gt; &amp; &lt;@U1&gt;',
    );
    expect(visitorSaidText('*', 'Hi')).toBe('*Visitor*: Hi');
    expect(visitorSaidText('<!here>', '\u202EHi')).toBe('*&lt;!here&gt;*: Hi');
  });

  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'never looks like a line of Beckon’s own (%j)',
    (end) => {
      const text: string = visitorSaidText('Lea', `Hi${end}${joinedText('Ana')}`);
      expect(text).toBe(`*Lea*:\n>Hi\n>${joinedText('Ana')}`);
    },
  );
});

describe('what a customer reads when somebody joins', () => {
  it('is the live chat name in bold, and that they joined', () => {
    expect(joinedText('Ana')).toBe('*Ana* joined the conversation.');
  });

  it.each([
    ['a mention of everybody', '<!here>', '*&lt;!here&gt;* joined the conversation.'],
    ['a mention of somebody', '<@U1>', '*&lt;@U1&gt;* joined the conversation.'],
    ['a link', '<https://x.test|Ana>', '*&lt;x.\u200Btest|Ana&gt;* joined the conversation.'],
    ['an address', 'http://evil.example', '*evil.\u200Bexample* joined the conversation.'],
    ['a host', 'www.evil.example a@x.test', '*www.\u200Bevil.\u200Bexample a@x.\u200Btest* joined the conversation.'],
    ['an address inside an address', 'hthttp://tp://x', '*x* joined the conversation.'],
    ['an emoji by its name', ':sos: Ana ::', '*sos Ana* joined the conversation.'],
    ['an escape', '&lt;!here&gt;', '*&amp;lt;!here&amp;gt;* joined the conversation.'],
    ['marks that would end the bold', '*Ana* _K_ ~x~ `y`', '*Ana K x y* joined the conversation.'],
    ['line breaks', 'Ana\n\r\u2028K', '*Ana K* joined the conversation.'],
    ['a sentence written from right to left', '\u202Eana\u202C \u2066K\u2069', '*ana K* joined the conversation.'],
    ['nothing', ' \n ', '*A colleague* joined the conversation.'],
    ['nothing but marks', '* _*', '*A colleague* joined the conversation.'],
    ['nothing anybody could see', '\u200B\u2060', '*A colleague* joined the conversation.'],
  ])('makes nothing of %s in a name', (_what, name, text) => {
    expect(joinedText(name)).toBe(text);
  });

  it('keeps names of all the world, and emoji made of several characters', () => {
    for (const name of ['Dr. Zoë', 'J.R. Ewing', 'Zoë', '山田', 'Ольга', 'علي', '👩‍👩‍👧‍👦', 'O’Brien']) {
      expect(joinedText(name)).toBe(`*${name}* joined the conversation.`);
    }
  });

  it('is one line without mention, link, control character or stray mark, whatever is typed as a name', () => {
    const nasty = fc.constantFrom(
      '<!here>',
      '<!channel>',
      '<@U1>',
      '*',
      '_',
      '~',
      '`',
      '\n',
      '\r\n',
      '&',
      '\u202E',
      ' ',
      ':',
      ':sos:',
      'http://',
      'x.example',
    );
    const name = fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, (typed) => {
        const text: string = joinedText(typed);
        expect(text).toMatch(/^\*[^*]+\* joined the conversation\.$/);
        expect(text.slice(1).replace('* joined', '')).not.toMatch(/[<>*_~`:]|x\.example/);
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
        expect(text.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
      }),
      { numRuns: 500 },
    );
  });
});
