import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isDisturbable,
  isDndFresh,
  isInHuddle,
  isPresenceFresh,
  presenceNow,
  unavailableBecause,
  type Unavailable,
} from '../../src/domain/availability.ts';
import type { Person, Signals } from '../../src/domain/person.ts';
import { person } from '../support/make.ts';

const now = new Date('2026-03-02T09:00:00.000Z');
const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString();
const ahead = (seconds: number): string => ago(-seconds);

const NO_SIGNALS: Signals = {
  presence: 'unknown',
  presenceAt: undefined,
  dndStartsAt: undefined,
  dndEndsAt: undefined,
  dndAt: undefined,
};

type Facts = Partial<Person & Signals>;
const somebody = (facts: Facts = {}): Person & Signals => ({ ...person('UANA'), ...NO_SIGNALS, ...facts });
const because = (facts: Facts = {}, pausedUntil?: string): Unavailable | undefined =>
  unavailableBecause(somebody(facts), { pausedUntil }, { awayEmoji: [':palm_tree:'], now });

/** One way to be unavailable for each reason, in the design's order. */
const REASONS: readonly { reason: Unavailable; facts: Facts; pausedUntil?: string }[] = [
  { reason: 'not_a_member', facts: { isGuest: true } },
  { reason: 'paused', facts: {}, pausedUntil: ahead(1) },
  { reason: 'out_of_office', facts: { statusEmoji: ':palm_tree:' } },
  { reason: 'do_not_disturb', facts: { dndStartsAt: ago(60), dndEndsAt: ahead(60) } },
  { reason: 'away', facts: { presence: 'away', presenceAt: ago(1) } },
];

describe('somebody is left out', () => {
  it.each(REASONS)('because of $reason', ({ reason, facts, pausedUntil }) => {
    expect(because(facts, pausedUntil)).toBe(reason);
  });

  it('for the first reason of the design, whatever else is true of them', () => {
    fc.assert(
      fc.property(fc.subarray([...REASONS], { minLength: 1 }), (reasons) => {
        const facts = Object.assign({}, ...reasons.map((each) => each.facts)) as Facts;
        const pausedUntil = reasons.find((each) => each.pausedUntil !== undefined)?.pausedUntil;
        expect(because(facts, pausedUntil)).toBe(reasons[0]?.reason);
      }),
    );
  });

  it.each([
    ['a bot', { isBot: true }],
    ['an outsider', { isOutsider: true }],
    ['deactivated', { isDeactivated: true }],
  ])('who is %s', (_what, facts) => {
    expect(because(facts)).toBe('not_a_member');
  });

  it('for nothing, when nothing is known against them', () => {
    expect(because()).toBeUndefined();
    expect(because({ presence: 'active', presenceAt: ago(5) })).toBeUndefined();
  });

  it.each([
    ['a pause that ends now', {}, ahead(0)],
    ['an emoji that means nothing here', { statusEmoji: ':rocket:' }, undefined],
    ['an out-of-office emoji whose time is up', { statusEmoji: ':palm_tree:', statusUntil: ago(0) }, undefined],
    ['a huddle, as desks do not mind one by default', { huddleUntil: ahead(600) }, undefined],
    ['a presence nobody knows', { presence: 'unknown', presenceAt: ago(1) }, undefined],
    ['having been away longer than a quarter of an hour ago', { presence: 'away', presenceAt: ago(901) }, undefined],
  ] as const)('not for %s', (_what, facts, pausedUntil) => {
    expect(because(facts, pausedUntil)).toBeUndefined();
  });

  it('when they are out of office until later', () => {
    expect(because({ statusEmoji: ':palm_tree:', statusUntil: ahead(1) })).toBe('out_of_office');
  });
});

describe('presence', () => {
  it.each([
    [0, true, 'active'],
    [60, true, 'active'],
    [61, false, 'active'],
    [900, false, 'active'],
    [901, false, 'unknown'],
  ] as const)('heard of %d seconds ago is fresh: %s, and counts as %s', (seconds, fresh, counts) => {
    const signals = { presence: 'active', presenceAt: ago(seconds) } as const;
    expect(isPresenceFresh(signals, now)).toBe(fresh);
    expect(presenceNow(signals, now)).toBe(counts);
  });

  it('is unknown when it was heard of later than now, because the clock was set back since', () => {
    const signals = { presence: 'active', presenceAt: ahead(86_400) } as const;
    expect(isPresenceFresh(signals, now)).toBe(false);
    expect(presenceNow(signals, now)).toBe('unknown');
    expect(presenceNow({ ...signals, presenceAt: ahead(30) }, now)).toBe('active');
  });

  it('is not fresh when Slack could not say, however lately it was asked', () => {
    expect(isPresenceFresh({ presence: 'unknown', presenceAt: ago(0) }, now)).toBe(false);
  });

  it('is unknown when nobody ever asked', () => {
    expect(presenceNow(NO_SIGNALS, now)).toBe('unknown');
    expect(isPresenceFresh(NO_SIGNALS, now)).toBe(false);
  });
});

describe('do not disturb', () => {
  it.each([
    ['before its window', ahead(1), ahead(60), true],
    ['at its first instant', ago(0), ahead(60), false],
    ['inside its window', ago(60), ahead(1), false],
    ['at its last instant', ago(60), ago(0), true],
    ['without an end', ago(60), undefined, true],
    ['without a beginning', undefined, ahead(60), true],
  ])('%s: disturbable', (_when, dndStartsAt, dndEndsAt, expected) => {
    expect(isDisturbable({ dndStartsAt, dndEndsAt }, now)).toBe(expected);
  });

  it('is asked for again after an hour', () => {
    expect(isDndFresh({ dndAt: ago(86_400) }, now)).toBe(true);
    expect(isDndFresh({ dndAt: ago(86_401) }, now)).toBe(false);
    expect(isDndFresh({ dndAt: undefined }, now)).toBe(false);
  });
});

describe('a huddle', () => {
  it('ends by itself when its end was missed', () => {
    expect(isInHuddle({ huddleUntil: ahead(1) }, now)).toBe(true);
    expect(isInHuddle({ huddleUntil: ago(0) }, now)).toBe(false);
    expect(isInHuddle({ huddleUntil: undefined }, now)).toBe(false);
  });
});
