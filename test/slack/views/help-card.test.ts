import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HelpCard } from '../../../src/services/help/card.ts';
import {
  callsMessage,
  directCallMessage,
  fallbackMessage,
  helpCardMessage,
  names,
} from '../../../src/slack/views/help-card.ts';
import { customers, expectMessage, expertiseNames, note, place, time, userId } from './nasty.ts';

const call = fc.record({
  id: fc.constant('c1'),
  requestId: fc.constant('r1'),
  userId,
  round: fc.nat(3),
  way: fc.constantFrom('mention' as const, 'direct' as const),
  matched: expertiseNames,
  declinedAt: fc.option(time, { nil: undefined }),
  channelId: fc.constant('C1'),
  ts: fc.constant('1.1'),
});

const card: fc.Arbitrary<HelpCard> = fc
  .record({
    requestId: fc.constant('r1'),
    conversationId: fc.constant('c1'),
    state: fc.constantFrom(
      'open' as const,
      'claimed' as const,
      'joined' as const,
      'withdrawn' as const,
      'closed' as const,
    ),
    customers,
    wanted: expertiseNames,
    askedBy: fc.oneof(userId, fc.constant('')),
    askedWith: fc.constantFrom('', 'Website bot', '<!here> *bot*'),
    askedAt: time,
    note,
    message: note.map((text) => Array.from(text).slice(0, 300).join('')),
    joined: fc.option(fc.record({ userId, at: time }), { nil: undefined }),
    cardChannelId: fc.constant('CHELP'),
    cardTs: fc.constantFrom('', '1.1'),
    isDropped: fc.boolean(),
    uncalled: fc.constantFrom(undefined, 'unavailable' as const, 'nobody' as const),
    because: fc.constantFrom('' as const, 'no_answer' as const, 'no_agent' as const, 'alone' as const),
    tried: fc.array(
      fc.record({ userId, state: fc.constantFrom('passed' as const, 'timed_out' as const), reason: fc.constant('') }),
      {
        maxLength: 3,
      },
    ),
    calls: fc.array(call, { maxLength: 3 }),
    deskName: fc.constantFrom('Support', '<!channel>'),
    isClosed: fc.boolean(),
    fallback: fc.record({
      to: fc.constantFrom('', 'UANA', 'S123'),
      way: fc.constantFrom('' as const, 'mention' as const, 'direct' as const),
      channelId: fc.constant(''),
      ts: fc.constant(''),
    }),
    previous: fc.option(fc.record({ link: fc.constant('https://northwind.slack.com/archives/C1'), askedAt: time }), {
      nil: undefined,
    }),
  })
  .chain((rest) => place.map((where) => ({ ...where, ...rest })));

const often = { numRuns: 60 };

describe('the help card', () => {
  it('is a message Slack takes, with nothing of what people typed at work in it, whatever it is about', () => {
    fc.assert(
      fc.property(card, (data) => expectMessage(helpCardMessage(data))),
      often,
    );
  });

  it('says while it is open why nobody has been called, and of nobody why they are not available', () => {
    fc.assert(
      fc.property(card, (data) => {
        const open = { ...data, state: 'open', wanted: ['Billing'], because: '' } as const;
        const text = (uncalled: HelpCard['uncalled'], more = {}) =>
          seen(helpCardMessage({ ...open, uncalled, ...more }));
        expect(text('unavailable')).toContain('Nobody who matches is available now. The first one back is called.');
        expect(text('nobody')).toContain('Nobody else who can be called has this expertise.');
        expect(text('nobody', { wanted: [] })).toContain('Nobody else on the desk can be called.');
        expect(text('nobody', { state: 'withdrawn' })).not.toContain('Nobody else');
      }),
      { numRuns: 5 },
    );
  });

  it('offers to join while nobody has, and not any more afterwards', () => {
    fc.assert(
      fc.property(card, (data) => {
        const offers = JSON.stringify(helpCardMessage(data).blocks).includes('"help.join"');
        expect(offers).toBe(data.state === 'open');
      }),
      often,
    );
  });
});

describe('a call', () => {
  it('is a message Slack takes, in the thread, by direct message and as the last resort', () => {
    fc.assert(
      fc.property(card, call, (data, one) => {
        expectMessage(callsMessage(data, [one, ...data.calls]));
        expectMessage(directCallMessage(data, one));
        expectMessage(fallbackMessage(data));
      }),
      often,
    );
  });
});

const seen = (message: unknown) => JSON.stringify(message);

describe('a call that is over', () => {
  it('says why nobody had to ask, and who was tried', () => {
    fc.assert(
      fc.property(card, (data) => {
        const beckon = { askedBy: '', askedWith: '' };
        const tried = [
          { userId: 'UANA', state: 'passed', reason: '' },
          { userId: 'UBO', state: 'timed_out', reason: '' },
        ] as const;
        const unasked = { ...data, ...beckon, state: 'open', because: 'no_answer', tried } as const;
        expect(seen(helpCardMessage(unasked))).toContain('<@UANA> passed it on, <@UBO> did not answer in time.');
        expect(seen(helpCardMessage(unasked))).toContain('asked by Beckon');
        expect(seen(helpCardMessage({ ...unasked, askedWith: 'Website bot' }))).toContain('asked by Website bot');
        expect(seen(helpCardMessage({ ...unasked, because: 'alone' }))).toContain('Nobody was left in it.');
        expect(seen(helpCardMessage({ ...unasked, because: '', uncalled: undefined }))).not.toContain('Nobody');
      }),
      { numRuns: 5 },
    );
  });

  it('says how soon somebody joined', () => {
    const [data] = fc.sample(card, { numRuns: 1, seed: 1 });
    if (data === undefined) throw new Error('no card');
    const askedAt = '2026-03-02T10:00:00.000Z';
    const said = (at: string) =>
      seen(helpCardMessage({ ...data, state: 'joined', askedAt, joined: { userId: 'UHELP', at } }));
    expect(said('2026-03-02T10:00:30.000Z')).toContain('<@UHELP> joined within a minute.');
    expect(said('2026-03-02T10:01:30.000Z')).toContain('<@UHELP> joined after 1 minute.');
    expect(said('2026-03-02T12:30:00.000Z')).toContain('<@UHELP> joined after more than 2 hours.');
  });

  it('thanks who came and nobody who did nothing', () => {
    fc.assert(
      fc.property(card, call, (data, one) => {
        const joined = { userId: 'UHELP', at: data.askedAt };
        const over = { ...data, state: 'joined', joined, fallback: { ...data.fallback, to: 'UBOSS' } } as const;
        const other = { ...one, userId: 'UIDLE' };
        for (const message of [callsMessage(over, [other]), directCallMessage(over, other), fallbackMessage(over)]) {
          expect(seen(message)).not.toMatch(/thank you/i);
        }
        const helper = { ...one, userId: 'UHELP' };
        expect(seen(callsMessage(over, [other, helper]))).toContain('Thank you.');
        expect(seen(directCallMessage(over, helper))).toContain('Thank you.');
        const closed = { ...over, state: 'closed', joined: undefined } as const;
        expect(seen(callsMessage(closed, [other, helper]))).not.toMatch(/thank you/i);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a list of names', () => {
  it('stars what is asked for and counts what is too much', () => {
    const many = Array.from({ length: 1000 }, (_, n) => `Expertise ${n}`);
    expect(names(many, ['Expertise 1'])).toBe(
      'Expertise 0, :star: Expertise 1, Expertise 2, Expertise 3, Expertise 4, Expertise 5, Expertise 6, Expertise 7, Expertise 8, Expertise 9, 990 more',
    );
    expect(names(['<!channel> & co'])).toBe('&lt;!channel&gt; &amp; co');
    expect(names([])).toBe('');
  });
});
