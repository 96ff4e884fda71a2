import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PassOutcome } from '../../../src/services/forward/pass.ts';
import type { TurnView } from '../../../src/services/forward/turn-view.ts';
import { forwarderMessage, passedReply, turnMessage } from '../../../src/slack/views/turn.ts';
import { decision, forwarded, turn } from './deciding.ts';
import { customers, expectHarmless, expectMessage, note, place } from './nasty.ts';

const view = fc
  .record({
    turn,
    forward: forwarded,
    before: fc.array(turn, { maxLength: 3 }),
    decision,
    customers,
    forwarderId: fc.constantFrom('', 'UANA'),
    forwardedWith: fc.constantFrom('', 'Website bot', '<!here> *bot*'),
    answerMinutes: fc.constantFrom(0, 5),
    isIn: fc.boolean(),
    isClosed: fc.boolean(),
    transcript: note,
  })
  .map(({ forward, decision: { record, considered }, ...rest }) => ({
    ...rest,
    note: forward.note,
    wished: record,
    chosen: considered[0],
  }))
  .chain((rest) => place.map((where) => ({ ...where, ...rest })));

describe('the message that offers a turn', () => {
  it('is valid and harmless with any data, while it lasts and once it is over', () => {
    fc.assert(
      fc.property(view, (data) => {
        const message = turnMessage(data);
        expectMessage(message);
        expectHarmless(message.blocks);
      }),
    );
  });

  it('is valid for whoever forwarded it and reads that nobody answered', () => {
    fc.assert(
      fc.property(place, forwarded, fc.array(turn, { minLength: 1, maxLength: 12 }), (where, forward, turns) => {
        const named = turns.map((one) => ({ ...one, name: '<!here> &' }));
        expectMessage(forwarderMessage({ ...where, forward, isClosed: false, helpChannelId: 'CHELP', turns: named }));
      }),
    );
  });
});

describe('Pass', () => {
  const [one] = fc.sample(view, { numRuns: 1, seed: 1 });
  if (one === undefined) throw new Error('no turn');
  const late = (state: TurnView['turn']['state'], has?: { userId: string; name: string; since: string }): string =>
    passedReply({
      ...one,
      conversationId: 'c1',
      outcome: 'stale',
      turn: { ...one.turn, state },
      has,
    } satisfies PassOutcome);
  const ben = { userId: 'UBEN', name: 'Ben', since: '2026-03-02T10:42:00.000Z' };

  it('says who has it since when, in the reader’s own time', () => {
    expect(late('timed_out', ben)).toContain('<@UBEN> has had it since <!date^1772448120^{time}|10:42 UTC>.');
  });

  it('says what else keeps it from being passed on', () => {
    expect(late('answered', ben)).toContain('You have answered it');
    expect(late('arriving')).toContain('again in a moment');
    expect(late('passed')).toContain('passed it on already');
    expect(late('ended')).toContain('not your turn any more');
  });
});
