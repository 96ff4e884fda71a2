import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apart } from '../../../src/slack/views/conversation-row.ts';
import { placeLink } from '../../../src/slack/views/blocks.ts';
import { spoken } from '../../../src/slack/views/spoken.ts';
import { customers, place } from './nasty.ts';

const thread = (seconds: number) => ({
  channelId: 'C1',
  threadTs: `${1_772_444_527 + seconds}.000100`,
  channelName: 'globex-shared',
  isPrivate: false,
  link: '',
});

const linked = (n: number) => placeLink({ ...thread(n), link: `https://northwind.slack.com/archives/C1/p${n}` });

const named = (end: string) =>
  spoken('Close', {
    threadTs: '',
    channelName: `acme-corporation-international-customer-support-department-for-${end}`,
    customers: ['Gus'],
  });

describe('what a button says aloud', () => {
  it('begins with the words on it and names the customer, the thread by the reader’s clock, and the channel', () => {
    const about = { ...thread(0), customers: ['Olga Petrova'] };
    expect(spoken('Join', { ...about, timeZone: 'Europe/Berlin' })).toBe(
      'Join: Olga Petrova, thread of 2 Mar, 10:42, #globex-shared',
    );
    expect(spoken('Join', { ...about, threadTs: '' })).toBe('Join: Olga Petrova, #globex-shared');
    expect(spoken('Join', { ...about, threadTs: '', customers: [] })).toBe('Join: the customer, #globex-shared');
  });

  it('says the time in UTC where several people read it, or their zone is none', () => {
    expect(spoken('Join', thread(0))).toContain('2 Mar, 09:42 UTC');
    expect(spoken('Join', { ...thread(0), timeZone: 'Nowhere/Here' })).toContain('2 Mar, 09:42 UTC');
  });

  it('is never longer than Slack takes, and differs for two threads of one channel, whoever is in them', () => {
    const verb = fc.constantFrom('Join', 'Open panel', 'Close conversation', 'Still need help', 'Join as well');
    fc.assert(
      fc.property(verb, place, customers, fc.constantFrom('', 'Asia/Tokyo'), (word, at, who, timeZone) => {
        const first = spoken(word, { ...at, customers: who, timeZone, threadTs: '1772444527.000100' });
        const second = spoken(word, { ...at, customers: who, timeZone, threadTs: '1772444587.000100' });
        expect(Array.from(first).length).toBeLessThanOrEqual(75);
        expect(first.startsWith(word)).toBe(true);
        expect(first).not.toBe(second);
      }),
    );
  });

  it('keeps both ends of a channel’s name, where those of one customer differ', () => {
    expect(named('emea')).toMatch(/^Close: Gus, #acme.*…\S*emea$/);
    expect(named('emea')).not.toBe(named('apac'));
  });
});

describe('a row of a list', () => {
  it('names when a thread was begun, by day and time', () => {
    expect(placeLink(thread(0))).toMatch(
      /^thread in #globex-shared \(<!date\^1772444520\^{date_short_pretty}, {time}\|/,
    );
  });

  it('is numbered where two threads were begun in one minute, wherever their links lead', () => {
    const [first, second] = apart([linked(0), linked(1)]);
    expect(first).toBe(linked(0));
    expect(second).toBe(`${linked(1)}  ·  no. 2`);
  });

  it('is numbered where it would look like another all the same', () => {
    expect(apart(['a', 'b', 'a', 'a'])).toEqual(['a', 'b', 'a  ·  no. 2', 'a  ·  no. 3']);
  });
});
