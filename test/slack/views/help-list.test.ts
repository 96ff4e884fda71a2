import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HelpList, WaitingRow } from '../../../src/services/help/list.ts';
import { helpListModal } from '../../../src/slack/views/help-list.ts';
import { choices, expectModal } from '../../support/forms.ts';
import { customers, expectHarmless, expertiseNames, note, place, time, userId } from './nasty.ts';

const row: fc.Arbitrary<WaitingRow> = fc
  .record({
    requestId: fc.constant('r1'),
    conversationId: fc.constant('c1'),
    customers,
    wanted: expertiseNames,
    askedBy: userId,
    askedWith: fc.constant(''),
    askedAt: time,
    note,
    mayJoin: fc.boolean(),
    isIn: fc.boolean(),
    timeZone: fc.constantFrom('', 'Europe/Berlin', 'Nowhere/Here'),
  })
  .chain((rest) => place.map((where) => ({ ...where, ...rest, matched: rest.wanted.slice(0, 3) })));

const list: fc.Arbitrary<HelpList> = fc.record({
  rows: fc.array(row, { maxLength: 20, size: 'max' }),
  more: fc.nat(5000),
  page: fc.nat(200),
  filter: fc.record({ mine: fc.boolean(), myLanguages: fc.boolean(), deskId: fc.constantFrom('', 'e0', 'gone') }),
  desks: choices(300),
});

describe('the list of what looks for help', () => {
  it('is valid and harmless with twenty rows of anything', () => {
    fc.assert(
      fc.property(list, (data) => {
        const view = helpListModal(data);
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 40 },
    );
  });

  it('stars what the reader knows and offers no Join to who is in', () => {
    const [one] = fc.sample(row, { numRuns: 1, seed: 1 });
    if (one === undefined) throw new Error('no row');
    const shown = (change: Partial<WaitingRow>): string =>
      JSON.stringify(
        helpListModal({
          rows: [{ ...one, wanted: ['Billing'], mayJoin: true, ...change }],
          more: 0,
          page: 0,
          filter: { mine: false, myLanguages: false, deskId: '' },
          desks: [],
        }).blocks,
      );
    expect(shown({ matched: ['Billing'], isIn: false })).toMatch(/:star:[\s\S]*help\.join/);
    expect(shown({ mayJoin: false, isIn: false })).not.toMatch(/help\.join|help\.panel/);
    expect(shown({ matched: [], isIn: true })).not.toMatch(/:star:|"help\.join"/);
  });
});
