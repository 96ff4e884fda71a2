import { beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unavailableBecause } from '../../../src/domain/availability.ts';
import { nameKey } from '../../../src/domain/name.ts';
import type { Person, Presence } from '../../../src/domain/person.ts';
import {
  invitePicker,
  refreshInvitees,
  type InvitePicker,
  type Looking,
} from '../../../src/services/conversation/invite-picker.ts';
import { invite } from '../../../src/services/conversation/invite.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { insertAgents } from '../../../src/store/agents.ts';
import { addConversationExpertise } from '../../../src/store/conversation-expertise.ts';
import { putOnDesks } from '../../../src/store/desk-agents.ts';
import { giveExpertise } from '../../../src/store/expertise.ts';
import { saveDnd, savePeople, savePresence } from '../../../src/store/people.ts';
import { insertSeat } from '../../../src/store/seats.ts';
import { actor, makeExpert, makeSupport } from '../../support/help.ts';
import { makeAgent, makeDeps, makeExpertise, makePerson, person, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { emptyDatabase } from '../../support/state.ts';

const ana = actor('UANA');
const ids = (picker: InvitePicker): string[] => picker.rows.map((row) => row.userId);

/** Somebody as the order sees them. */
type Traits = {
  name: string;
  covers: string[];
  presence: Presence;
  isPaused: boolean;
  isDisturbed: boolean;
  isInHuddle: boolean;
  emoji: string;
  busy: number;
  quiet: number;
};

const traits: fc.Arbitrary<Traits> = fc.record({
  name: fc.constantFrom('Zoë', 'zoe', 'Ben', 'ben', 'Émile', '😀', '<!here>'),
  covers: fc.subarray(['billing', 'law']),
  presence: fc.constantFrom('active', 'away', 'unknown'),
  isPaused: fc.boolean(),
  isDisturbed: fc.boolean(),
  isInHuddle: fc.boolean(),
  emoji: fc.constantFrom('', ':palm_tree:'),
  busy: fc.integer({ min: 0, max: 3 }),
  quiet: fc.integer({ min: 0, max: 1 }),
});

const LATER = '2026-03-02T11:00:00.000Z';
const EARLIER = '2026-03-02T08:00:00.000Z';
/** Longer ago than work in hand. */
const QUIET = '2026-03-02T08:29:00.000Z';

const isAvailable = (who: Traits): boolean =>
  !who.isPaused && !who.isDisturbed && who.emoji === '' && who.presence !== 'away';

/** The order of the design, said once more and without a database. */
function bruteForce(everybody: readonly Traits[]): string[] {
  const rank = (who: Traits, index: number): (number | string)[] => [
    -who.covers.length,
    isAvailable(who) ? 0 : 1,
    who.busy === 0 ? 0 : 1,
    who.busy < 2 || !who.isInHuddle ? 0 : 1,
    who.busy,
    who.isInHuddle ? 1 : 0,
    Buffer.from(nameKey(who.name)).toString('hex'),
    idOf(index),
  ];
  const ranked = everybody.map((who, index) => ({ id: idOf(index), rank: rank(who, index) }));
  ranked.sort((a, b) => {
    const at = a.rank.findIndex((factor, index) => factor !== b.rank[index]);
    return (a.rank[at] ?? 0) < (b.rank[at] ?? 0) ? -1 : 1;
  });
  return ranked.map(({ id }) => id);
}

const idOf = (index: number): string => `UX${String(index).padStart(2, '0')}`;

describeOnBoth('the picker of people to invite', (on) => {
  let deps: TestDeps;
  let conversationId: string;

  const begin = async () => {
    deps = makeDeps(on().db);
    await emptyDatabase(deps.db);
    await makeSupport(deps, { experts: [] });
    await makeExpertise(deps.db, 'Law');
    ({ conversationId } = await openConversation(deps, ana, { channelId: 'CACME' }));
  };
  beforeEach(begin);

  const look = (change: Partial<Looking> = {}) =>
    invitePicker(deps, ana, { conversationId, page: 0, search: '', having: [], ...change });

  /** Conversations in channels of their own, with somebody in them, written in lately or not. */
  const occupy = async (userId: string, count: number, activeAt?: string) => {
    for (let i = 0; i < count; i += 1) {
      const id = `c-${userId}-${i}-${activeAt ?? ''}`;
      await deps.db('conversations').insert({
        id,
        workspace_id: 'T1',
        desk_id: 'support',
        channel_id: id,
        status: 'in_progress',
        opened_by: userId,
        opened_at: EARLIER,
        active_at: activeAt ?? deps.now().toISOString(),
      });
      const seat = { id: `s-${id}`, workspaceId: 'T1', conversationId: id, userId, cameBy: 'opened' } as const;
      await insertSeat(deps.db, { ...seat, arrived: true, now: deps.now() });
    }
  };

  const put = async (who: Traits, index: number) => {
    const userId = idOf(index);
    const facts: Partial<Person> = {
      name: who.name,
      realName: who.name,
      statusEmoji: who.emoji,
      huddleUntil: who.isInHuddle ? LATER : undefined,
    };
    await makeAgent(deps.db, userId, {
      desks: ['support'],
      expertise: who.covers,
      person: facts,
      pausedUntil: who.isPaused ? LATER : EARLIER,
    });
    await savePresence(deps.db, 'T1', new Map([[userId, who.presence]]), deps.now());
    if (who.isDisturbed) await saveDnd(deps.db, 'T1', userId, { startsAt: EARLIER, endsAt: LATER }, deps.now());
    await occupy(userId, who.busy);
    await occupy(userId, who.quiet, QUIET);
  };

  it('shows the same order as everybody sorted by hand: wanted, available, less busy, name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(traits, { minLength: 2, maxLength: 8 }), async (everybody) => {
        await begin();
        await addConversationExpertise(deps.db, conversationId, ['billing', 'law']);
        for (const [index, who] of everybody.entries()) await put(who, index);
        const picker = await look();
        expect(ids(picker)).toEqual(bruteForce(everybody));
        expect(picker.rows.map((row) => row.isAvailable)).toEqual(
          picker.rows.map((row) => isAvailable(everybody[Number(row.userId.slice(2))] as Traits)),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('says of each what they know, with the wanted apart, what they speak, and how many conversations are open', async () => {
    await addConversationExpertise(deps.db, conversationId, ['billing']);
    await makeAgent(deps.db, 'UBEN', { desks: ['support'], expertise: ['law', 'billing'], languages: ['fr'] });
    await occupy('UBEN', 1);
    await occupy('UBEN', 1, QUIET);
    expect(await look()).toMatchObject({
      wanted: ['Billing'],
      hasMore: false,
      rows: [
        { userId: 'UBEN', name: 'Ben', wanted: ['Billing'], expertise: ['Law'], languages: ['fr'], conversations: 2 },
      ],
    });
  });

  it('leaves out who is in it or on the way, the person who looks, and who is no agent', async () => {
    await makeExpert(deps, 'UBEN');
    await makeExpert(deps, 'UCLEO');
    await makeAgent(deps.db, 'UOFF');
    await makeAgent(deps.db, 'UGONE', { desks: ['support'], person: { isDeactivated: true } });
    await makePerson(deps.db, 'UELSE');
    expect(ids(await look())).toEqual(['UBEN', 'UCLEO']);
    await invite(deps, ana, { conversationId, userIds: ['UBEN'] });
    expect(ids(await look())).toEqual(['UCLEO']);
  });

  it('finds by any part of display or real name, however it is written, and by expertise', async () => {
    await makeAgent(deps.db, 'UCHLOE', {
      desks: ['support'],
      expertise: ['law'],
      person: { name: 'chloe', realName: 'Chloé Martin' },
    });
    await makeAgent(deps.db, 'UPERCENT', { desks: ['support'], person: { name: '100%_x', realName: '100%_x' } });
    expect(ids(await look({ search: ' MARTIN ' }))).toEqual(['UCHLOE']);
    expect(ids(await look({ search: 'Ｃｈｌｏ' }))).toEqual(['UCHLOE']);
    expect(ids(await look({ search: '%_' }))).toEqual(['UPERCENT']);
    expect(ids(await look({ search: '%' }))).toEqual(['UPERCENT']);
    expect(ids(await look({ having: ['law', 'billing'] }))).toEqual(['UCHLOE']);
    expect(ids(await look({ having: ['billing'] }))).toEqual([]);
  });

  it('asks Slack nothing before it is open, then of ten whose presence is not fresh, and keeps the order', async () => {
    for (let i = 0; i < 12; i += 1) await makeExpert(deps, idOf(i), { presence: i === 3 ? 'away' : 'active' });
    await savePresence(deps.db, 'T1', new Map([[idOf(0), 'active']]), deps.now());
    deps.slack.asked.length = 0;
    const picker = await look();
    expect(deps.slack.asked).toEqual([]);
    deps.slack.facts.dnd.set(idOf(5), { startsAt: EARLIER, endsAt: LATER });
    const now = await refreshInvitees(deps, ana, picker);
    expect(deps.slack.asked.filter(({ read }) => read === 'presence').flatMap((asked) => asked.ids)).toEqual(
      Array.from({ length: 10 }, (_, i) => idOf(i + 1)),
    );
    expect(deps.slack.asked.filter(({ read }) => read === 'dnd')).toHaveLength(1);
    expect(now && ids(now)).toEqual(ids(picker));
    expect(now?.rows[3]).toMatchObject({ presence: 'away', isAvailable: false });
    expect(now?.rows[5]).toMatchObject({ presence: 'active', isAvailable: false });
    expect(now?.rows[11]).toMatchObject({ presence: 'unknown', isAvailable: true });
  });

  it('stays as it is where Slack says nothing', async () => {
    await makeExpert(deps, 'UBEN');
    deps.slack.facts.presence.clear();
    expect(await refreshInvitees(deps, ana, await look())).toBeUndefined();
  });

  it('agrees with the rule that decides availability everywhere else', async () => {
    await makeExpert(deps, 'UBEN', { pausedUntil: LATER });
    const [row] = (await look()).rows;
    const ben = { ...person('UBEN'), presence: 'unknown', presenceAt: undefined, dndAt: undefined } as const;
    const why = unavailableBecause(
      { ...ben, dndStartsAt: undefined, dndEndsAt: undefined },
      { pausedUntil: LATER },
      { awayEmoji: [], now: deps.now() },
    );
    expect(row?.isAvailable).toBe(why === undefined);
  });

  it('takes the same few queries with 5,000 agents as with five, thirty at a time', async () => {
    const count = async (): Promise<number> => {
      let queries = 0;
      const listen = () => {
        queries += 1;
      };
      deps.db.on('query', listen);
      await look();
      deps.db.removeListener('query', listen);
      return queries;
    };
    for (let i = 0; i < 5; i += 1) await makeExpert(deps, `U${i}`);
    const few = await count();
    const crowd = Array.from({ length: 5000 }, (_, i) => `UC${String(i).padStart(4, '0')}`);
    await savePeople(
      deps.db,
      'T1',
      crowd.map((userId) => person(userId)),
      deps.now(),
    );
    await insertAgents(deps.db, 'T1', crowd);
    await putOnDesks(deps.db, 'T1', ['support'], crowd);
    await giveExpertise(deps.db, 'T1', ['law'], crowd.slice(0, 2000));
    // As PostgreSQL does by itself within a minute of such a change.
    await deps.db.raw('analyze');
    expect(await count()).toBe(few);
    expect(few).toBeLessThanOrEqual(9);
    const first = await look();
    expect(first).toMatchObject({ hasMore: true });
    expect(first.rows).toHaveLength(30);
    const second = await look({ page: 1 });
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(60);
    const last = await look({ page: 166 });
    expect(last.rows).toHaveLength(25);
    expect(last.hasMore).toBe(false);
  });

  it('is for agents, of conversations that are open', async () => {
    await makePerson(deps.db, 'UELSE');
    const looking = { conversationId, page: 0, search: '', having: [] };
    await expect(invitePicker(deps, actor('UGUS'), looking)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(invitePicker(deps, actor('UELSE'), looking)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(look({ conversationId: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
