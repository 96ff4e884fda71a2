import { describe, expect, it } from '@jest/globals';
import { parseInline, parseMrkdwn, type Inline } from '../../../../sandbox/client/text/mrkdwn.ts';

const text = (words: string): Inline => ({ type: 'text', text: words });

describe('mrkdwn inside a line', () => {
  it.each([
    ['*bold*', 'bold'],
    ['_italic_', 'italic'],
    ['~strike~', 'strike'],
  ])('draws %s', (source, type) => {
    expect(parseInline(source)).toEqual([{ type, children: [text(source.slice(1, -1))] }]);
  });

  it('nests styles', () => {
    expect(parseInline('*a _b_*')).toEqual([
      { type: 'bold', children: [text('a '), { type: 'italic', children: [text('b')] }] },
    ]);
  });

  it.each(['snake_case_name', '2*3*4', '* not bold *', '**', '_', 'a ~ b ~ c'])('leaves %s alone', (source) => {
    expect(parseInline(source)).toEqual([text(source)]);
  });

  it('formats nothing inside code', () => {
    expect(parseInline('`*a* &lt;b&gt;`')).toEqual([{ type: 'code', text: '*a* <b>' }]);
  });

  it('turns back the three escaped characters, once', () => {
    expect(parseInline('&lt;b&gt; &amp;lt;')).toEqual([text('<b> &lt;')]);
  });

  it('reads links with and without words', () => {
    expect(parseInline('<https://a.example/x?a=1&amp;b=2|*the* page>')).toEqual([
      {
        type: 'link',
        url: 'https://a.example/x?a=1&b=2',
        children: [{ type: 'bold', children: [text('the')] }, text(' page')],
      },
    ]);
    expect(parseInline('<mailto:a@b.example>')).toEqual([
      { type: 'link', url: 'mailto:a@b.example', children: [text('a@b.example')] },
    ]);
  });

  it('links a bare address without the full stop after it', () => {
    expect(parseInline('see https://a.example/b.')).toEqual([
      text('see '),
      { type: 'link', url: 'https://a.example/b', children: [text('https://a.example/b')] },
      text('.'),
    ]);
  });

  it('never makes a link of a script address', () => {
    expect(parseInline('<javascript:alert(1)|x>')).toEqual([text('<javascript:alert(1)|x>')]);
  });

  it('reads mentions of people, channels, groups and everyone', () => {
    expect(parseInline('<@U1|ana><#C1|help><!subteam^S1|@team><!here>')).toEqual([
      { type: 'user', id: 'U1', label: 'ana' },
      { type: 'channel', id: 'C1', label: 'help' },
      { type: 'group', id: 'S1', label: '@team' },
      { type: 'everyone', label: '@here' },
    ]);
  });

  it('reads a date with a link and its fallback', () => {
    expect(parseInline('<!date^1700000000^{date_short_pretty} {ago}^https://a.example|Nov 14>')).toEqual([
      {
        type: 'date',
        at: 1_700_000_000,
        format: '{date_short_pretty} {ago}',
        url: 'https://a.example',
        fallback: 'Nov 14',
      },
    ]);
  });

  it('shows the fallback of a date no calendar knows', () => {
    expect(parseInline('<!date^99999999999999999^{date}|once>')).toEqual([text('once')]);
  });

  it('knows emoji by name and keeps what is none', () => {
    expect(parseInline(':star: :wave::skin-tone-3: at 10:30:20')).toEqual([
      { type: 'emoji', name: 'star', glyph: '⭐' },
      text(' '),
      { type: 'emoji', name: 'wave::skin-tone-3', glyph: '👋🏼' },
      text(' at 10:30:20'),
    ]);
    expect(parseInline(':our_logo:')).toEqual([{ type: 'emoji', name: 'our_logo', glyph: '' }]);
  });

  it('keeps the marks inside an address out of the styling around it', () => {
    expect(parseInline('*<https://a.example/a*b|x>*')).toEqual([
      { type: 'bold', children: [{ type: 'link', url: 'https://a.example/a*b', children: [text('x')] }] },
    ]);
  });
});

describe('mrkdwn as pieces', () => {
  it('gathers quoted lines, escaped or not', () => {
    expect(parseMrkdwn('a\n&gt; b\n>c\nd')).toEqual([
      { type: 'lines', lines: [[text('a')]] },
      { type: 'quote', lines: [[text('b')], [text('c')]] },
      { type: 'lines', lines: [[text('d')]] },
    ]);
  });

  it('quotes everything after three marks', () => {
    expect(parseMrkdwn('>>> a\nb')).toEqual([{ type: 'quote', lines: [[text('a')], [text('b')]] }]);
  });

  it('keeps a block of code as it is, over several lines', () => {
    expect(parseMrkdwn('before\n```\n*a*\n  b\n```\nafter')).toEqual([
      { type: 'lines', lines: [[text('before')]] },
      { type: 'pre', text: '*a*\n  b' },
      { type: 'lines', lines: [[text('after')]] },
    ]);
  });

  it('shows an unclosed block as typed', () => {
    expect(parseMrkdwn('a ```b')).toEqual([
      { type: 'lines', lines: [[text('a ')]] },
      { type: 'lines', lines: [[text('```b')]] },
    ]);
  });

  it('hangs bullets', () => {
    expect(parseMrkdwn('• a\n• b')).toEqual([
      { type: 'bullet', mark: '•', line: [text('a')] },
      { type: 'bullet', mark: '•', line: [text('b')] },
    ]);
  });
});
