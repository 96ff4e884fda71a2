import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SelectionOrder } from '../../src/domain/desk.ts';
import { rank, rankToAsk, tierOf, type Candidate, type Ranking } from '../../src/domain/selection.ts';
import { busyness } from '../../src/domain/busy.ts';

const plain: Candidate = {
  userId: 'U1',
  covers: [],
  speaks: false,
  isInCountry: false,
  isPrevious: false,
  isUnknown: false,
  inBuffer: false,
  load: 0,
  inCall: false,
  lastForwardedAt: '',
};

/** Somebody with nothing to say for them but what is given. */
const who = (userId: string, factors: Partial<Candidate> = {}): Candidate => ({ ...plain, userId, ...factors });

const ranked = (order: SelectionOrder, wanted: number, ...candidates: Candidate[]): string[] =>
  rank(candidates, { order, wanted }).map(({ userId }) => userId);

const candidate: fc.Arbitrary<Omit<Candidate, 'userId'>> = fc.record({
  covers: fc.subarray(['a', 'b', 'c']),
  speaks: fc.boolean(),
  isInCountry: fc.boolean(),
  isPrevious: fc.boolean(),
  isUnknown: fc.boolean(),
  inBuffer: fc.boolean(),
  load: fc.integer({ min: 0, max: 4 }),
  inCall: fc.boolean(),
  lastForwardedAt: fc.constantFrom('', '2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z'),
});

/** Two factors as one number: the later only counts where the earlier are equal. */
const worth = ({ covers, speaks }: Candidate): number => 2 * covers.length + Number(speaks);

/** Up to twelve people of whom at most one is the previous agent. */
const people: fc.Arbitrary<Candidate[]> = fc
  .array(candidate, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((one, index) => ({ ...one, userId: `U${index}`, isPrevious: one.isPrevious && index === 0 })));

/** The same people in two orders. */
const shuffled: fc.Arbitrary<[Candidate[], Candidate[]]> = people.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
);

const ranking: fc.Arbitrary<Ranking> = fc.record({
  order: fc.constantFrom('expertise_first' as const, 'language_first' as const),
  wanted: fc.constant(3),
});

describe('Less busy', () => {
  it('is idle first, then fewer than two or not in a call, then fewer, then not in a call', () => {
    const inOrder = [
      [0, false],
      [0, true],
      [1, false],
      [1, true],
      [2, false],
      [3, false],
      [2, true],
      [3, true],
    ] as const;
    const keys = inOrder.map(([load, inCall]) => busyness(load, inCall));
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('Expertise first', () => {
  it.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    ['whose presence is known before more expertise', {}, { isUnknown: true, covers: ['a'] }],
    ['more expertise before the language', { covers: ['a', 'b'] }, { covers: ['a'], speaks: true }],
    ['the language before the country', { speaks: true }, { isInCountry: true, isPrevious: true }],
    ['the country before the previous agent', { isInCountry: true }, { isPrevious: true }],
    ['the previous agent before who is out of the buffer', { isPrevious: true, inBuffer: true }, {}],
    ['who is out of the buffer before who is less busy', { load: 5 }, { inBuffer: true }],
    ['who is less busy before who waited longest', { lastForwardedAt: '2026-03-02T09:00:00.000Z' }, { load: 1 }],
    ['who waited longest before the user id', {}, { lastForwardedAt: '2026-03-02T09:00:00.000Z' }],
  ])('prefers %s', (_rule, better, worse) => {
    expect(ranked('expertise_first', 2, who('U1', worse), who('U2', better))).toEqual(['U2', 'U1']);
  });

  it('ends ties on the user id', () => {
    expect(ranked('expertise_first', 0, who('U2'), who('U1'), who('U3'))).toEqual(['U1', 'U2', 'U3']);
  });
});

describe('Language first', () => {
  it('takes the previous agent outright', () => {
    const best = who('UBEST', { speaks: true, covers: ['a'] });
    expect(ranked('language_first', 1, best, who('UPREV', { isPrevious: true, isUnknown: true }))[0]).toBe('UPREV');
  });

  it('does not take a previous agent who is in a call with two conversations or more', () => {
    const previous = who('UPREV', { isPrevious: true, inCall: true, load: 2 });
    expect(ranked('language_first', 1, previous, who('U1', { speaks: true }))[0]).toBe('U1');
    expect(ranked('language_first', 1, { ...previous, load: 1 }, who('U1', { speaks: true }))[0]).toBe('UPREV');
  });

  it('goes through language with all, any and none of the expertise, then country, then neither', () => {
    const all = { covers: ['a', 'b'] };
    const any = { covers: ['a'] };
    const inOrder = [
      { speaks: true, ...all },
      { speaks: true, ...any },
      { speaks: true },
      { isInCountry: true, ...all },
      { isInCountry: true, ...any },
      { isInCountry: true },
      all,
      any,
      {},
    ];
    expect(inOrder.map((factors) => tierOf(who('U', factors), 2))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('counts everybody as having all of nothing', () => {
    expect(tierOf(who('U', { speaks: true }), 0)).toBe(1);
    expect(tierOf(who('U'), 0)).toBe(7);
  });

  it('puts who is known before who is not inside a tier, never before a better tier', () => {
    expect(ranked('language_first', 1, who('U1', { isUnknown: true }), who('U2'))).toEqual(['U2', 'U1']);
    expect(ranked('language_first', 1, who('U1', { isUnknown: true, speaks: true }), who('U2'))).toEqual(['U1', 'U2']);
  });

  it('leaves the buffer aside for everyone', () => {
    expect(ranked('language_first', 1, who('U1', { inBuffer: true }), who('U2', { load: 1 }))).toEqual(['U1', 'U2']);
    const speak = { speaks: true };
    const inside = who('U1', { ...speak, inBuffer: true });
    expect(ranked('language_first', 1, inside, who('U2', { ...speak, load: 1 }))).toEqual(['U2', 'U1']);
  });
});

describe('Both orders', () => {
  it('do not depend on the order people come in', () => {
    fc.assert(
      fc.property(shuffled, ranking, ([all, otherwise], by) => {
        expect(rank(otherwise, by)).toEqual(rank(all, by));
      }),
    );
  });

  it('keep the winner when somebody is added who cannot win', () => {
    fc.assert(
      fc.property(people, candidate, ranking, (all, one, by) => {
        const [winner] = rank(all, by);
        const added = { ...one, userId: 'UNEW', isPrevious: false };
        const [now] = rank([...all, added], by);
        expect([winner?.userId, 'UNEW']).toContain(now?.userId);
      }),
    );
  });

  it('never prefer somebody worse on an earlier factor', () => {
    fc.assert(
      fc.property(people, (all) => {
        const [winner] = rank(all, { order: 'expertise_first', wanted: 3 });
        for (const other of all.filter(({ isUnknown }) => isUnknown === winner?.isUnknown)) {
          expect(worth(winner ?? other)).toBeGreaterThanOrEqual(worth(other));
        }
      }),
    );
    fc.assert(
      fc.property(people, (all) => {
        const [winner] = rank(all, { order: 'language_first', wanted: 3 });
        for (const other of all) expect(tierOf(winner ?? other, 3)).toBeLessThanOrEqual(tierOf(other, 3));
      }),
    );
  });

  it('ask for presence as if everybody were there', () => {
    fc.assert(
      fc.property(people, ranking, (all, by) => {
        const there = all.map((one) => ({ ...one, isUnknown: false }));
        const asked = rankToAsk(all, by).map(({ userId }) => userId);
        expect(asked).toEqual(rank(there, by).map(({ userId }) => userId));
      }),
    );
  });
});
