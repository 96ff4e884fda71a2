import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { UndeliveredItem } from '../../../src/services/undelivered/list.ts';
import {
  readDecision,
  undeliveredBlocks,
  undeliveredMessage,
  undeliveredModal,
} from '../../../src/slack/views/undelivered.ts';
import { reasonWords } from '../../../src/slack/views/undelivered-words.ts';
import { expectModal } from '../../support/forms.ts';
import { expectHarmless, expectMessage, note, place, time } from './nasty.ts';

const item: fc.Arbitrary<UndeliveredItem> = fc.record({
  what: fc.constantFrom('notice', 'event'),
  id: fc.constantFrom('n1', 'Ev0123456789'),
  kind: fc.constantFrom('help.card', 'asker.told', 'message', 'something.new', '', '<!channel>'),
  error: fc.oneof(note, fc.constantFrom('channel_not_found', 'An API error occurred: is_archived', 'x')),
  since: time,
  userId: fc.constantFrom('', 'UANA'),
  place: fc.option(place, { nil: undefined }),
  channelId: fc.constantFrom('', 'C1'),
});

describe('what could not be delivered', () => {
  it('is listed validly, whatever it is', () => {
    const lists = fc.record({
      items: fc.array(item, { maxLength: 15 }),
      count: fc.integer({ min: 0, max: 5000 }),
      page: fc.integer({ min: 0, max: 3 }),
      pages: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(lists, (list) => {
        const view = undeliveredModal(list, ':white_check_mark: Done.');
        expectModal(view);
        expectHarmless(view);
      }),
    );
  });

  it('says that all is well where there is nothing', () => {
    const empty = JSON.stringify(undeliveredModal({ items: [], count: 0, page: 0, pages: 1 }));
    expect(empty).toContain('Everything was delivered');
    expect(empty).not.toContain('button');
  });

  it('is counted in words', () => {
    expectMessage(undeliveredMessage({ notices: 3, events: 1 }));
    expect(JSON.stringify(undeliveredBlocks({ notices: 3, events: 0 }))).toContain(
      '3 messages could not be delivered.',
    );
    expect(undeliveredMessage({ notices: 1, events: 1 }).text).toContain(
      '1 message could not be delivered and 1 event from Slack could not be worked on',
    );
  });

  it('names one by what it is and the page it stands on', () => {
    const list = { items: fc.sample(item, 1).map((each) => ({ ...each, id: 'n7' })), count: 1, page: 2, pages: 3 };
    const values = [...JSON.stringify(undeliveredModal(list)).matchAll(/"value":"(\{.*?\})"/g)];
    expect(values.map(([, value]) => readDecision(JSON.parse(`"${value}"`) as string))).toEqual([
      { what: list.items[0]?.what, id: 'n7', page: 2 },
      { what: list.items[0]?.what, id: 'n7', page: 2 },
    ]);
  });

  it.each([
    ['not_in_channel', /\/invite @Beckon.*try again.*`not_in_channel`/s],
    ['An API error occurred: restricted_action', /restricted.*`restricted_action`/s],
    ['some_new_error', /Slack refused it: `some_new_error`/],
    ['A request error occurred: connect ECONNREFUSED', /failed for too long: A request error/],
  ])('says why in words: %s', (error, words) => {
    expect(reasonWords(error)).toMatch(words);
  });
});
