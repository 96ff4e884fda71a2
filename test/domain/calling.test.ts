import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalledBy } from '../../src/domain/agent.ts';
import { isCallable, leftOut, rankCalls, toAskPresenceOf, wayToCall, type Callable } from '../../src/domain/calling.ts';
import type { Presence } from '../../src/domain/person.ts';
import { person } from '../support/make.ts';

const now = new Date('2026-03-02T09:00:00.000Z');
const circumstances = { awayEmoji: [':palm_tree:'], now };
const justNow = '2026-03-02T08:59:30.000Z';

type Traits = {
  userId: string;
  presence?: Presence;
  presenceAt?: string;
  covers?: readonly string[];
  isOnDesk?: boolean;
  calledLately?: number;
  conversations?: number;
  calledBy?: CalledBy;
  callsAnHour?: number;
  statusEmoji?: string;
};

function candidate({ userId, ...traits }: Traits): Callable {
  const { presence = 'unknown', presenceAt = justNow, statusEmoji = '' } = traits;
  return {
    person: {
      ...person(userId, { statusEmoji }),
      presence,
      presenceAt,
      dndStartsAt: undefined,
      dndEndsAt: undefined,
      dndAt: undefined,
    },
    agent: {
      pausedUntil: undefined,
      calledBy: traits.calledBy ?? 'mention',
      callsAnHour: traits.callsAnHour ?? 4,
    },
    covers: traits.covers ?? [],
    isOnDesk: traits.isOnDesk ?? false,
    calledLately: traits.calledLately ?? 0,
    conversations: traits.conversations ?? 0,
  };
}

const order = (traits: readonly Traits[]): string[] =>
  rankCalls(traits.map(candidate), circumstances).map((who) => who.person.userId);

const anybody = fc.record({
  userId: fc.constantFrom(...Array.from('ABCDEFGHIJ', (letter) => `U${letter}`)),
  presence: fc.constantFrom<Presence>('active', 'away', 'unknown'),
  covers: fc.subarray(['billing', 'law', 'shipping']),
  isOnDesk: fc.boolean(),
  calledLately: fc.integer({ min: 0, max: 5 }),
  conversations: fc.integer({ min: 0, max: 3 }),
  calledBy: fc.constantFrom<CalledBy>('mention', 'direct', 'none'),
  statusEmoji: fc.constantFrom('', ':palm_tree:'),
});
const crowd = fc.uniqueArray(anybody, { selector: (traits) => traits.userId, maxLength: 10 });

describe('who is called first', () => {
  it.each<[string, Traits, Traits]>([
    [
      'somebody of the conversation’s own desk, before more expertise elsewhere',
      { userId: 'UZ', isOnDesk: true },
      { userId: 'UA', covers: ['billing', 'law'], presence: 'active' },
    ],
    [
      'who covers more of what is wanted, before who is active',
      { userId: 'UZ', covers: ['billing', 'law'] },
      { userId: 'UA', covers: ['billing'], presence: 'active' },
    ],
    [
      'who is active, before somebody whose presence is unknown and who has less to do',
      { userId: 'UZ', presence: 'active', conversations: 3 },
      { userId: 'UA' },
    ],
    [
      'who is in fewer conversations, before who was called less lately',
      { userId: 'UZ', conversations: 1, calledLately: 3 },
      { userId: 'UA', conversations: 2 },
    ],
    ['who was called less in the last hour', { userId: 'UZ', calledLately: 1 }, { userId: 'UA', calledLately: 2 }],
    ['the smaller user id, when all else is equal', { userId: 'UA' }, { userId: 'UZ' }],
  ])('%s', (_rule, first, second) => {
    expect(order([second, first])).toEqual([first.userId, second.userId]);
  });

  it('does not depend on the order in which people are looked at', () => {
    const shuffled = crowd.chain((people) =>
      fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
    );
    fc.assert(
      fc.property(shuffled, ([people, other]) => {
        expect(order(other)).toEqual(order(people));
      }),
    );
  });

  it('does not change when somebody is added who may not be called', () => {
    const uncallable = anybody.filter((traits) => !isCallable(candidate(traits), circumstances));
    fc.assert(
      fc.property(crowd, uncallable, fc.nat(10), (people, nobody, at) => {
        expect(order(people.toSpliced(at, 0, { ...nobody, userId: 'UNOBODY' }))).toEqual(order(people));
      }),
    );
  });

  it('is the same for any part of the people: nobody’s rank depends on a third', () => {
    fc.assert(
      fc.property(
        crowd.chain((people) => fc.tuple(fc.constant(people), fc.subarray(people))),
        ([people, part]) => {
          const kept = new Set(part.map((traits) => traits.userId));
          expect(order(part)).toEqual(order(people).filter((userId) => kept.has(userId)));
        },
      ),
    );
  });
});

describe('somebody is not called', () => {
  it.each<[string, Traits]>([
    ['who wants no calls at all', { userId: 'UA', calledBy: 'none' }],
    ['who has been called as often as they allow in this hour', { userId: 'UA', calledLately: 2, callsAnHour: 2 }],
    ['who is away', { userId: 'UA', presence: 'away' }],
    ['who is out of office', { userId: 'UA', statusEmoji: ':palm_tree:' }],
  ])('%s', (_rule, traits) => {
    expect(isCallable(candidate(traits), circumstances)).toBe(false);
    expect(order([traits])).toEqual([]);
  });

  it('more often than they allow, but up to that', () => {
    expect(isCallable(candidate({ userId: 'UA', calledLately: 3, callsAnHour: 4 }), circumstances)).toBe(true);
  });
});

describe('presence is asked', () => {
  const ranked = [
    candidate({ userId: 'UFRESH', presence: 'active' }),
    candidate({ userId: 'UOLD', presence: 'active', presenceAt: '2026-03-02T08:55:00.000Z' }),
    candidate({ userId: 'UUNKNOWN' }),
    candidate({ userId: 'UFOURTH' }),
    candidate({ userId: 'UFIFTH' }),
  ];

  it('of the best only, and only where it is not fresh', () => {
    expect(toAskPresenceOf(ranked, now, 4)).toEqual(['UOLD', 'UUNKNOWN', 'UFOURTH']);
  });

  it('of nobody when there is nobody', () => {
    expect(toAskPresenceOf([], now, 4)).toEqual([]);
  });
});

describe('a call reaches somebody', () => {
  const mention = candidate({ userId: 'UA' });
  it.each([
    ['by mention, as a member of the help channel', mention, new Set(['UA']), 'mention'],
    ['directly, when they are not in it', mention, new Set(['UB']), 'direct'],
    ['directly, when there is none or its members are not known', mention, undefined, 'direct'],
    ['directly, when they prefer it', candidate({ userId: 'UA', calledBy: 'direct' }), new Set(['UA']), 'direct'],
  ])('%s', (_rule, who, members, way) => {
    expect(wayToCall(who, members)).toBe(way);
  });
});

describe('those who match and are not called', () => {
  const all = [
    candidate({ userId: 'UA' }),
    candidate({ userId: 'UB' }),
    candidate({ userId: 'UC', calledLately: 4 }),
    candidate({ userId: 'UD', presence: 'away' }),
    candidate({ userId: 'UE', statusEmoji: ':palm_tree:' }),
  ];

  it('are counted: not available, called as often as they want, or next', () => {
    // Two more match who cannot come for certain: they are no candidates.
    expect(leftOut(all, { matches: 7, called: 1 }, circumstances)).toEqual({ unavailable: 4, often: 1, next: 1 });
    expect(leftOut([], { matches: 0, called: 0 }, circumstances)).toEqual({ unavailable: 0, often: 0, next: 0 });
  });
});
