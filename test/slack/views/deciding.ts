/** Choices as they are stored and shown, of data nobody would think of. */
import fc from 'fast-check';
import type { DecisionView } from '../../../src/services/forward/decision.ts';
import type { RankedAgent } from '../../../src/services/forward/ranking.ts';
import { choices } from '../../support/forms.ts';
import { note, time, userId } from './nasty.ts';

const people = (most: number) => fc.array(userId, { maxLength: most, size: 'max' });
const covers = fc.array(fc.constantFrom('e0', 'e1'), { maxLength: 2 });

export const ranked: fc.Arbitrary<RankedAgent> = fc.record({
  userId,
  covers,
  speaks: fc.boolean(),
  isInCountry: fc.boolean(),
  isPrevious: fc.boolean(),
  isUnknown: fc.boolean(),
  inBuffer: fc.boolean(),
  load: fc.nat(2000),
  inCall: fc.boolean(),
  lastForwardedAt: fc.constantFrom('', '2026-03-02T09:00:00.000Z'),
  name: fc.constant('Ana'),
  covered: choices(60),
  missing: choices(60),
});

const few = fc.nat(200);
const leftOut = fc.record(
  {
    paused: few,
    away: few,
    do_not_disturb: few,
    in_huddle: few,
    at_capacity: few,
    preferences: few,
    out_of_office: few,
  },
  { requiredKeys: [] },
);

const ended = fc.constantFrom('answered' as const, 'passed' as const, 'timed_out' as const, 'failed' as const);
const open = fc.constantFrom('arriving' as const, 'waiting' as const);

export const turn = fc
  .record({
    id: fc.constant('t1'),
    state: fc.oneof(ended, open, fc.constant('ended' as const)),
    reason: fc.constantFrom('', 'off_desk', 'ura_max_channels'),
    claimedAt: time,
    at: time,
    userId,
  })
  .map(({ at, ...rest }) => ({
    ...rest,
    workspaceId: 'T1',
    conversationId: 'c1',
    forwardId: 'f1',
    decisionId: 'd1',
    seatId: 's1',
    endedAt: rest.state === 'arriving' || rest.state === 'waiting' ? undefined : at,
    channelId: '',
    ts: '',
  }));

export const forwarded = fc
  .record({ id: fc.constantFrom('f1', 'f2'), askedBy: fc.constantFrom('', 'UANA'), note, askedAt: time })
  .map((some) => ({
    ...some,
    workspaceId: 'T1',
    conversationId: 'c1',
    cameFrom: 'command' as const,
    tokenId: '',
    wish: { language: '', country: '', previousAgent: '' },
    message: '',
    state: 'open' as const,
    endedAt: undefined,
  }));

export const decision: fc.Arbitrary<DecisionView> = fc
  .record({
    decidedAt: time,
    forward: forwarded,
    askedWith: fc.constantFrom('', 'Website bot', '<!here> *bot*'),
    deskName: fc.constantFrom('', '<!here>', 'Support'),
    considered: fc.array(ranked, { maxLength: 20 }),
    turn: fc.option(turn, { nil: undefined }),
    record: fc.record({
      deskId: fc.constant('support'),
      order: fc.constantFrom('expertise_first' as const, 'language_first' as const),
      wanted: choices(100),
      language: fc.constantFrom('', 'fr', 'xx'),
      country: fc.constantFrom('', 'FR'),
      previousAgent: fc.constantFrom('', 'UBEN'),
      isExplicit: fc.boolean(),
      considered: fc.constant([]),
      leftOut,
      except: people(60),
      asked: people(8),
      away: people(8),
    }),
  })
  .map((some) => ({ ...some, id: 'd1', conversationId: 'c1', names: new Map() }));
