import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONSIDERED_MAX } from '../../src/domain/forward.ts';
import { rank, rankToAsk, type Candidate } from '../../src/domain/selection.ts';
import { standingOf } from '../../src/domain/standing.ts';
import type { Presence } from '../../src/domain/person.ts';
import { insertAgents, listAgents, updateAgents } from '../../src/store/agents.ts';
import { closeConversation, insertConversation, touchConversation } from '../../src/store/conversations.ts';
import { transaction } from '../../src/store/db.ts';
import { putOnDesks } from '../../src/store/desk-agents.ts';
import { updateDesk } from '../../src/store/desk-state.ts';
import { giveExpertise } from '../../src/store/expertise.ts';
import { listPeople, saveDnd, savePeople, savePresence } from '../../src/store/people.ts';
import { insertSeat, leaveSeat } from '../../src/store/seats.ts';
import { listShortlist, type ShortlistQuery } from '../../src/store/shortlist.ts';
import { markStandings } from '../../src/store/standing-marks.ts';
import { refreshStandings } from '../../src/store/standings.ts';
import { markForwarded } from '../../src/store/turns.ts';
import { makeClock, type Clock } from '../support/clock.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeDesk, makeExpertise, makeWorkspace, person } from '../support/make.ts';
import { emptyDatabase } from '../support/state.ts';

const EXPERTISE = ['a', 'b', 'c'];
const AWAY_EMOJI = [':palm_tree:'];

type Made = {
  covers: string[];
  languages: string[];
  country: string;
  takes: 'any' | 'mine' | 'help';
  presence: Presence;
  presenceAge: number;
  isGuest: boolean;
  inHuddle: boolean;
  isOut: boolean;
  isPaused: boolean;
  isDisturbed: boolean;
};

const rarely = fc.nat(9).map((n) => n === 0);

const made: fc.Arbitrary<Made> = fc.record({
  covers: fc.subarray(EXPERTISE),
  languages: fc.subarray(['fr', 'de']),
  country: fc.constantFrom('', 'FR', 'DE'),
  takes: fc.constantFrom('any', 'any', 'any', 'mine', 'help'),
  presence: fc.constantFrom<Presence[]>('active', 'active', 'away', 'unknown'),
  presenceAge: fc.constantFrom(0, 5, 14, 16),
  isGuest: rarely,
  inHuddle: fc.boolean(),
  isOut: rarely,
  isPaused: rarely,
  isDisturbed: rarely,
});

/** What happens afterwards, to whom (by number): each must show in the next choice. */
type Happening = {
  what: 'seated' | 'left' | 'closed' | 'wrote' | 'presence' | 'forwarded' | 'paused' | 'time' | 'rules';
  who: number;
  minutes: number;
};

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(
    'seated',
    'seated',
    'left',
    'closed',
    'wrote',
    'presence',
    'forwarded',
    'paused',
    'time',
    'rules',
  ),
  who: fc.nat(9),
  minutes: fc.constantFrom(1, 3, 16, 31),
});

const wish = fc.record({
  order: fc.constantFrom('expertise_first' as const, 'language_first' as const),
  wanted: fc.subarray(EXPERTISE),
  language: fc.constantFrom('', 'fr', 'de'),
  country: fc.constantFrom('', 'FR'),
  previous: fc.option(fc.nat(9)),
  except: fc.array(fc.nat(9), { maxLength: 3 }),
});

const id = (index: number): string => `U${String(index).padStart(3, '0')}`;

describe.each(databases)('The shortlist on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(() => emptyDatabase(database.db));

  async function make(all: readonly Made[], clock: Clock): Promise<void> {
    const { db } = database;
    const now = clock.now();
    await emptyDatabase(db);
    await makeWorkspace(db);
    await makeDesk(db);
    for (const name of EXPERTISE) await makeExpertise(db, name);
    const later = new Date(now.getTime() + 20 * 60_000).toISOString();
    const people = all.map((one, index) =>
      person(id(index), {
        isGuest: one.isGuest,
        huddleUntil: one.inHuddle ? later : undefined,
        statusEmoji: one.isOut ? ':palm_tree:' : '',
        statusUntil: one.isOut ? later : undefined,
      }),
    );
    await savePeople(db, 'T1', people, now);
    await insertAgents(
      db,
      'T1',
      all.map((_, index) => id(index)),
    );
    await transaction(db, (trx) =>
      putOnDesks(
        trx,
        'T1',
        ['support'],
        all.map((_, index) => id(index)),
      ),
    );
    for (const [index, one] of all.entries()) {
      await giveExpertise(db, 'T1', one.covers, [id(index)]);
      await updateAgents(db, 'T1', [id(index)], {
        languages: one.languages,
        takes: one.takes,
        country: one.country,
        pausedUntil: one.isPaused ? later : null,
      });
      const seen = new Date(now.getTime() - one.presenceAge * 60_000);
      await savePresence(db, 'T1', new Map([[id(index), one.presence]]), seen);
      if (one.isDisturbed) await saveDnd(db, 'T1', id(index), { startsAt: now.toISOString(), endsAt: later }, now);
    }
  }

  let conversations = 0;

  /** A seat of theirs in an open conversation; undefined where they have none. */
  const aSeat = async (userId: string) => {
    const query = database.db('seats').where({ user_id: userId }).whereNull('left_at').orderBy('id');
    return (await query.select<{ id: string; conversation_id: string }[]>())[0];
  };

  async function happen({ what, who, minutes }: Happening, clock: Clock): Promise<void> {
    const { db } = database;
    const userId = id(who);
    const now = clock.now();
    const seat = await aSeat(userId);
    if (what === 'seated') {
      const conversationId = `C${++conversations}`;
      const place = { workspaceId: 'T1', channelId: conversationId, threadTs: '' };
      await insertConversation(db, {
        ...place,
        id: conversationId,
        deskId: 'support',
        status: 'in_progress',
        openedBy: userId,
        now,
      });
      await insertSeat(db, {
        id: `S${conversations}`,
        workspaceId: 'T1',
        conversationId,
        userId,
        cameBy: 'opened',
        arrived: true,
        now,
      });
    }
    if (what === 'left' && seat) await leaveSeat(db, seat.id, now);
    if (what === 'closed' && seat) {
      await closeConversation(db, 'T1', seat.conversation_id, { outcome: 'success', closedBy: userId, now });
    }
    if (what === 'wrote' && seat) await touchConversation(db, 'T1', seat.conversation_id, now);
    if (what === 'presence') await savePresence(db, 'T1', new Map([[userId, 'active' as const]]), now);
    if (what === 'forwarded') {
      await markForwarded(db, 'T1', userId, now);
      await markStandings(db, 'T1', [userId]);
    }
    if (what === 'paused') await updateAgents(db, 'T1', [userId], { pausedUntil: null });
    if (what === 'time') clock.advance({ minutes });
    if (what === 'rules')
      await transaction(db, (trx) => updateDesk(trx, 'T1', 'support', { capacity: who % 3, noHuddles: minutes > 3 }));
  }

  /** Everybody who can take it, worked out from the facts of each, without any index. */
  async function everybody(query: ShortlistQuery, now: Date): Promise<Candidate[]> {
    const { db } = database;
    const rows: { user_id: string }[] = await db('desk_agents').where({ desk_id: 'support' }).select('user_id');
    const userIds = rows.map((row) => row.user_id);
    const people = await listPeople(db, 'T1', userIds);
    const agents = await listAgents(db, 'T1', userIds);
    const [desk = { capacity: 0, no_huddles: 0 }] =
      await db('desks').select<{ capacity: number; no_huddles: number }[]>();
    const held: { user_id: string; expertise_id: string }[] = await db('agent_expertise').select();
    const forwarded: { user_id: string; last_forwarded_at: string }[] = await db('agents').select();
    const work: { user_id: string; desk_id: string; active_at: string; claimed_at: string }[] = await db('seats')
      .join('conversations', 'conversations.id', 'seats.conversation_id')
      .whereNull('seats.left_at')
      .whereNull('conversations.closed_at')
      .select('seats.user_id', 'conversations.desk_id', 'conversations.active_at', 'seats.claimed_at');
    return userIds.flatMap((userId) => {
      const who = people.get(userId);
      const agent = agents.get(userId);
      if (who === undefined || agent === undefined || query.except.includes(userId)) return [];
      const lastForwardedAt = forwarded.find((row) => row.user_id === userId)?.last_forwarded_at ?? '';
      const standing = standingOf(
        {
          person: who,
          agent: { ...agent, lastForwardedAt },
          desk: { id: 'support', capacity: desk.capacity, noHuddles: desk.no_huddles === 1 },
          work: work
            .filter((row) => row.user_id === userId)
            .map((row) => ({ deskId: row.desk_id, activeAt: row.active_at, claimedAt: row.claimed_at })),
          awayEmoji: AWAY_EMOJI,
        },
        now,
      );
      const covers = held.filter((row) => row.user_id === userId && query.wanted.includes(row.expertise_id));
      const isAvailable = standing.eligibility === 'any' || (standing.eligibility === 'mine' && covers.length > 0);
      if (query.among === 'away' ? standing.eligibility !== 'away' : !isAvailable) return [];
      return [
        {
          userId,
          covers: covers.map((row) => row.expertise_id).sort(),
          speaks: standing.languages.includes(query.language),
          isInCountry: query.country !== '' && standing.country === query.country,
          isPrevious: userId === query.previousAgent,
          isUnknown: standing.isUnknown,
          inBuffer: standing.inBuffer,
          load: standing.load,
          inCall: standing.inCall,
          lastForwardedAt,
        },
      ];
    });
  }

  async function shortlist(query: ShortlistQuery, now: Date): Promise<Candidate[]> {
    await transaction(database.db, (trx) =>
      refreshStandings(trx, { workspaceId: 'T1', awayEmoji: AWAY_EMOJI, now }, { deskId: 'support' }),
    );
    const found = await listShortlist(database.db, query, CONSIDERED_MAX);
    return found.map((one) => ({ ...one, covers: [...one.covers].sort() }));
  }

  type Step = readonly [readonly Happening[], typeof wish extends fc.Arbitrary<infer W> ? W : never];

  async function check(all: readonly Made[], steps: readonly Step[]): Promise<void> {
    const clock = makeClock();
    await make(all, clock);
    for (const [happenings, { previous, except, ...wished }] of steps) {
      for (const one of happenings) await happen(one, clock);
      const query: ShortlistQuery = {
        ...wished,
        among: 'available',
        workspaceId: 'T1',
        deskId: 'support',
        previousAgent: previous === null ? '' : id(previous),
        except: except.map(id),
      };
      const by = { order: wished.order, wanted: wished.wanted.length };
      const found = await shortlist(query, clock.now());
      const everyone = await everybody(query, clock.now());
      const away = { ...query, among: 'away' } as const;
      const [awayFirst] = rankToAsk(await everybody(away, clock.now()), by);
      expect(rankToAsk(await shortlist(away, clock.now()), by)[0]).toEqual(awayFirst);
      expect(found.length).toBeLessThanOrEqual(200);
      expect(rank(found, by)[0]).toEqual(rank(everyone, by)[0]);
      expect(rankToAsk(found, by)[0]).toEqual(rankToAsk(everyone, by)[0]);
      const thereAndKnowing = everyone.filter(({ isUnknown, covers }) => !isUnknown && covers.length > 0);
      if (wished.order === 'language_first' || thereAndKnowing.length < CONSIDERED_MAX) continue;
      const places = (candidates: Candidate[]) => rank(candidates, by).slice(0, CONSIDERED_MAX);
      expect(places(found)).toEqual(places(everyone));
    }
  }

  it('holds whoever is best among everybody, whatever has happened', async () => {
    const step = fc.tuple(fc.array(happening, { maxLength: 4 }), wish);
    const cases = fc.tuple(
      fc.array(made, { minLength: 10, maxLength: 10 }),
      fc.array(step, { minLength: 8, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, ([all, steps]) => check(all, steps)),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('holds them among more people than it brings', async () => {
    const steps = fc.array(fc.tuple(fc.constant([]), wish), { minLength: 10, maxLength: 10 });
    const cases = fc.tuple(fc.array(made, { minLength: 300, maxLength: 300 }), steps);
    await fc.assert(
      fc.asyncProperty(cases, ([all, wishes]) => check(all, wishes)),
      { numRuns: 1, endOnFailure: true },
    );
  }, 120_000);
});
