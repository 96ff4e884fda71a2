import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateView, viewTooLarge } from '../../../sandbox/blockkit/validate.ts';
import type { AboutConversation } from '../../../src/services/conversation/about.ts';
import type { WaitingRow } from '../../../src/services/help/list.ts';
import type { DeskConversation } from '../../../src/services/home/conversations.ts';
import type { Home } from '../../../src/services/home/show.ts';
import { homeView } from '../../../src/slack/views/home.ts';
import { whichModal } from '../../../src/slack/views/which.ts';
import { count, expectModal, name } from '../../support/forms.ts';
import { customers, expectHarmless, expertiseNames, note, place, time, userId } from './nasty.ts';

type TeamHome = Extract<Home, { kind: 'team' }>;

const timeZone = fc.constantFrom('', 'Europe/Berlin', 'Nowhere/Here');

const about: fc.Arbitrary<AboutConversation> = fc
  .record({
    conversationId: fc.constant('c1'),
    status: fc.constantFrom('in_progress' as const, 'waiting' as const, 'looking_for_help' as const),
    openedAt: time,
    customers,
    about: expertiseNames,
    timeZone,
  })
  .chain((rest) => place.map((where) => ({ ...where, ...rest })));

const waiting: fc.Arbitrary<WaitingRow> = fc
  .record({
    requestId: fc.constant('r1'),
    conversationId: fc.constant('c1'),
    customers,
    wanted: expertiseNames,
    askedBy: fc.oneof(userId, fc.constant('')),
    askedWith: fc.constantFrom('', 'Website bot', '<!here> *bot*'),
    askedAt: time,
    note,
    mayJoin: fc.boolean(),
    isIn: fc.boolean(),
    timeZone,
  })
  .chain((rest) => place.map((where) => ({ ...where, ...rest, matched: rest.wanted.slice(0, 3) })));

const ofDesk: fc.Arbitrary<DeskConversation> = about.chain((rest) =>
  fc.record({ deskName: name, agents: fc.array(userId, { maxLength: 20 }) }).map((more) => ({ ...rest, ...more })),
);

const turn = fc.record({
  turnId: fc.constant('t1'),
  userId,
  isArriving: fc.boolean(),
  since: time,
  until: fc.option(time, { nil: undefined }),
});
const ofMine = about.chain((rest) => fc.option(turn, { nil: undefined }).map((own) => ({ ...rest, turn: own })));

const waitsForMe = {
  turnId: 't1',
  userId: 'UANA',
  isArriving: false,
  since: '2026-03-02T10:00:00.000Z',
  until: '2026-03-02T10:05:00.000Z',
};

const full = { size: 'max' } as const;
const steps = fc.record({
  helpChannel: fc.boolean(),
  expertise: fc.boolean(),
  agent: fc.boolean(),
  supportChannel: fc.boolean(),
});

const home: fc.Arbitrary<TeamHome> = fc.record({
  kind: fc.constant('team' as const),
  isAgent: fc.boolean(),
  isAdministrator: fc.boolean(),
  setup: fc.option(steps, { nil: undefined }),
  undelivered: fc.constant(undefined),
  waiting: fc.record({ rows: fc.array(waiting, { maxLength: 20, ...full }), more: count }),
  conversations: fc.record({ rows: fc.array(ofMine, { maxLength: 10, ...full }), hasMore: fc.boolean() }),
  deskConversations: fc.record({ rows: fc.array(ofDesk, { maxLength: 10, ...full }), more: count }),
  preferences: fc.record({
    liveChatName: name,
    languages: fc.constant(['de', 'fr']),
    expertise: expertiseNames,
    desks: fc.array(name, { maxLength: 200 }),
    pausedUntil: fc.option(time, { nil: undefined }),
  }),
});

const quiet: TeamHome = {
  kind: 'team',
  isAgent: true,
  isAdministrator: false,
  setup: undefined,
  undelivered: undefined,
  waiting: { rows: [], more: 0 },
  conversations: { rows: [], hasMore: false },
  deskConversations: { rows: [], more: 0 },
  preferences: { liveChatName: 'Ana', languages: [], expertise: [], desks: ['Support'], pausedUntil: undefined },
};

/** Threads of one customer in one channel, a second apart, of which nobody knows yet what they are about. */
const threads = (howMany: number): AboutConversation[] =>
  Array.from({ length: howMany }, (_, i) => ({
    conversationId: `c${i}`,
    channelId: 'C1',
    threadTs: `${1_772_444_527 + i}.000100`,
    channelName: 'globex-shared',
    isPrivate: false,
    link: '',
    status: 'in_progress',
    openedAt: '2026-03-02T10:00:00.000Z',
    customers: ['Olga Petrova'],
    about: [],
    timeZone: 'Europe/Berlin',
  }));

type Shown = { text?: { text: string }; accessory?: Labelled; elements?: Labelled[] };
type Labelled = { accessibility_label?: string; text?: { text: string } | string };

const rowsOf = (blocks: readonly object[]): string[] =>
  (blocks as Shown[]).filter(({ accessory }) => accessory !== undefined).map(({ text }) => text?.text ?? '');
const labelsOf = (blocks: readonly object[]): string[] =>
  (blocks as Shown[])
    .flatMap(({ accessory, elements = [] }) => [...(accessory ? [accessory] : []), ...elements])
    .flatMap(({ accessibility_label: label }) => label ?? []);
const wordsOf = (shown: Home): string => JSON.stringify(homeView(shown).blocks);

describe('Home', () => {
  it('shows an administrator without a desk everything that is open, and has all that is theirs to set up', () => {
    const root = { ...quiet, isAgent: false, isAdministrator: true };
    expect(wordsOf(root)).toContain('All open conversations');
    expect(wordsOf(root)).toContain('Nothing else is open.');
    for (const words of ['New expertise', 'Desks', 'Administrators', 'Tokens']) expect(wordsOf(root)).toContain(words);
    expect(wordsOf({ ...root, isAgent: true })).toContain('My desks’ open conversations');
    expect(wordsOf({ ...root, isAdministrator: false })).not.toMatch(/All open conversations|Tokens/);
  });

  it('is valid and harmless with any data, as full as it can be', () => {
    fc.assert(
      fc.property(home, (data) => {
        const view = homeView(data);
        expect(validateView(JSON.parse(JSON.stringify(view)), 'home')).toEqual([]);
        expect(viewTooLarge(view)).toBe(false);
        expectHarmless(view.blocks);
      }),
      { numRuns: 40 },
    );
  });

  it('has room for everything at once', () => {
    const [row, mine, theirs] = [
      { ...(fc.sample(waiting, { numRuns: 1, seed: 1 })[0] as WaitingRow), mayJoin: true },
      fc.sample(about, { numRuns: 1, seed: 1 })[0] as AboutConversation,
      fc.sample(ofDesk, { numRuns: 1, seed: 1 })[0] as DeskConversation,
    ];
    const view = homeView({
      ...quiet,
      isAdministrator: true,
      setup: { helpChannel: false, expertise: false, agent: false, supportChannel: false },
      undelivered: { notices: 3, events: 1 },
      waiting: { rows: Array.from({ length: 20 }, () => row), more: 5 },
      conversations: { rows: Array.from({ length: 10 }, () => ({ ...mine, turn: waitsForMe })), hasMore: true },
      deskConversations: { rows: Array.from({ length: 10 }, () => theirs), more: 5 },
      preferences: { ...quiet.preferences, pausedUntil: '2026-03-02T10:00:00.000Z' },
    });
    expect(validateView(JSON.parse(JSON.stringify(view)), 'home')).toEqual([]);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
  });

  it('shows what was forwarded to the reader with *Pass*, and until when it is theirs', () => {
    const rows = threads(2).map((row, index) => ({ ...row, turn: index === 0 ? waitsForMe : undefined }));
    const shown = wordsOf({ ...quiet, conversations: { rows, hasMore: false } });
    expect(shown).toMatch(/waits for your answer. At <!date.1772445900[^"]*goes to the next[\s\S]*"turn.pass"/);
    expect(shown.match(/turn\.pass/g)).toHaveLength(1);
  });

  it('says to guests and outsiders that there is nothing for them to do, and nothing else', () => {
    expect(wordsOf({ kind: 'customer' })).toMatch(/write in your channel/);
    expect(homeView({ kind: 'customer' }).blocks).toHaveLength(1);
  });

  it('helps on where there is nothing yet', () => {
    expect(wordsOf(quiet)).toMatch(/Nobody is looking for help[\s\S]*You are in no conversation[\s\S]*livechat open/);
    expect(wordsOf(quiet)).toContain('Nothing else is open at your desks');
  });

  it('says who is an agent how to be left alone, and to who is none how to become one', () => {
    expect(wordsOf(quiet)).toMatch(/"Pause"/);
    expect(wordsOf({ ...quiet, isAgent: false })).not.toMatch(/"Pause"|desks’ open/);
    expect(wordsOf({ ...quiet, isAgent: false })).toContain('Choose a desk and you are an agent');
    const paused = { ...quiet, preferences: { ...quiet.preferences, pausedUntil: '2026-03-02T10:00:00.000Z' } };
    expect(wordsOf(paused)).toMatch(/Paused until[\s\S]*"Resume"/);
  });

  it('tells several threads of one customer apart, to the eye and to the ear', () => {
    const rows = threads(10);
    const { blocks } = homeView({
      ...quiet,
      conversations: { rows: rows.map((row) => ({ ...row, turn: undefined })), hasMore: true },
      deskConversations: { rows: rows.map((row) => ({ ...row, deskName: 'Support', agents: [] })), more: 3 },
    });
    const mine = rowsOf(blocks).slice(0, 10);
    expect(new Set(mine).size).toBe(10);
    expect(mine[0]).toMatch(/thread in #globex-shared \(.*\)\*\s+with Olga Petrova\nIn progress {2}· {2}opened/);
    const labels = labelsOf(blocks).filter((label) => label.startsWith('Open panel'));
    expect(new Set(labels.slice(0, 10)).size).toBe(10);
    expect(labels[0]).toBe('Open panel: Olga Petrova, thread of 2 Mar, 10:42, #globex-shared');
  });
});

describe('Which conversation?', () => {
  it('is valid and harmless with a hundred and more, whatever is to be done to one', () => {
    const wishes = fc.constantFrom(
      'panel' as const,
      'ask' as const,
      'invite' as const,
      'forward' as const,
      'why' as const,
      'join' as const,
      'leave' as const,
      'close' as const,
      { status: 'waiting' as const },
    );
    fc.assert(
      fc.property(fc.array(about, { maxLength: 110, ...full }), wishes, (open, wish) => {
        const view = whichModal(open, wish);
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 20 },
    );
  });

  it('has no two rows alike, even of threads begun in one minute', () => {
    const [one, two] = threads(2);
    if (one === undefined || two === undefined) throw new Error('no threads');
    const open = [one, two, { ...one, conversationId: 'c9', threadTs: '1772444527.000900' }];
    const { blocks } = whichModal(open);
    expect(new Set(rowsOf(blocks)).size).toBe(3);
    expect(new Set(labelsOf(blocks)).size).toBe(3);
    expect(labelsOf(blocks).at(-1)).toMatch(/^.{1,68} no\. 3$/);
  });

  it('offers what was typed, and asks before it closes', () => {
    const shown = JSON.stringify(whichModal(threads(2), 'close').blocks);
    expect(shown).toMatch(/Which one do you close[\s\S]*"Close: Olga[\s\S]*Close this conversation\?/);
    expect(JSON.stringify(whichModal(threads(2), { status: 'waiting' }).blocks)).toMatch(
      /"value":"c1\/waiting"[\s\S]*Set to Waiting for customer/,
    );
  });
});
