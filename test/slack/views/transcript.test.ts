import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transcriptEnd, transcriptModal } from '../../../src/slack/views/transcript.ts';
import { expectModal } from '../../support/forms.ts';
import { customers, expectMessage, place } from './nasty.ts';

const text = fc.oneof(
  fc.constantFrom('', '\n\n', '<!channel>', '😀'.repeat(50_000), 'word '.repeat(20_000), '&\n'.repeat(30_000)),
  fc.string({ unit: 'grapheme', maxLength: 5000 }),
);

const shown = (said: string) =>
  transcriptModal({
    conversationId: 'c1',
    customers: [],
    channelId: 'C1',
    threadTs: '',
    channelName: 'visitor-lea',
    isPrivate: true,
    link: '',
    text: said,
  });

describe('a transcript', () => {
  it('is shown validly, whatever was said', () => {
    fc.assert(
      fc.property(text, place, customers, (said, where, who) => {
        expectModal(transcriptModal({ ...where, conversationId: 'c1', customers: who, text: said }));
        const end = transcriptEnd(said);
        if (end.length > 0) expectMessage({ text: 'x', blocks: end });
      }),
    );
  });

  it('is shown whole, line by line', () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `Visitor: line ${index}`);
    const words = JSON.stringify(shown(lines.join('\n')));
    for (const line of lines) expect(words).toContain(line);
  });

  it('keeps its lines, each quoted, and nothing in it is at work', () => {
    const said = 'Lea: hello\n\n  two\r\n<!here> *three*';
    const quoted = '>Lea: hello\n>\n>  two\n>&lt;!here&gt; *three*';
    expect(transcriptEnd(said).slice(1)).toEqual([{ type: 'section', text: { type: 'mrkdwn', text: quoted } }]);
    expect(JSON.stringify(shown(said).blocks)).toContain(JSON.stringify(quoted));
  });

  it('ends in the message that says whose the conversation is', () => {
    const [, end] = transcriptEnd(`${'x'.repeat(5000)} the end`);
    expect(JSON.stringify(end)).toMatch(/…x+ the end/);
    expect(transcriptEnd(' \n ')).toEqual([]);
  });
});
