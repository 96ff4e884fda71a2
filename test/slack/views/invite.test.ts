import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateMessageBlocks } from '../../../sandbox/blockkit/validate.ts';
import type { InvitePicker, InviteRow } from '../../../src/services/conversation/invite-picker.ts';
import type { HelpCard } from '../../../src/services/help/card.ts';
import { askerCameMessage, askerToldMessage, stillNeededReply } from '../../../src/slack/views/asker.ts';
import { fallbackMessage, type Message } from '../../../src/slack/views/help-card.ts';
import { invitedModal, inviteModal, nothingToInviteToModal, readInvite } from '../../../src/slack/views/invite.ts';
import { couldNotInviteMessage, youWereInvitedMessage } from '../../../src/slack/views/invited.ts';
import { lastOneModal, leftModal } from '../../../src/slack/views/leave.ts';
import { chosen, expectModal, name, submit, userIds, words } from '../../support/forms.ts';

const place = fc.record({
  channelId: fc.constant('C1'),
  threadTs: fc.constantFrom('', '1700000000.000100'),
  channelName: name,
  isPrivate: fc.boolean(),
  link: fc.constantFrom('', 'https://northwind.slack.com/archives/C1'),
});

const row = (index: number): fc.Arbitrary<InviteRow> =>
  fc.record({
    userId: fc.constant(`U${index}`),
    name: fc.oneof(name, words),
    presence: fc.constantFrom('active', 'away', 'unknown'),
    isAvailable: fc.boolean(),
    wanted: fc.array(name, { maxLength: 4 }),
    expertise: fc.array(name, { maxLength: 40 }),
    languages: fc.array(fc.constantFrom('en', 'cu', 'nr', 'xx'), { maxLength: 6 }),
    conversations: fc.integer({ min: 0, max: 9999 }),
  });

const rows = fc
  .integer({ min: 0, max: 30 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => row(i))));

const picker: fc.Arbitrary<InvitePicker> = fc
  .record({
    place,
    rows,
    page: fc.integer({ min: 0, max: 200 }),
    search: fc.oneof(fc.constant(''), name),
    having: userIds(10),
    wanted: fc.array(name, { maxLength: 30 }),
    hasMore: fc.boolean(),
    elsewhere: userIds(50),
  })
  .map(({ place: at, elsewhere, ...rest }) => ({
    ...at,
    ...rest,
    conversationId: 'c1',
    chosenElsewhere: elsewhere.map((userId) => ({ userId: `E${userId}`, name: userId })),
  }));

const billing: InvitePicker = {
  channelId: 'C1',
  threadTs: '',
  channelName: 'acme',
  isPrivate: false,
  link: '',
  conversationId: 'c1',
  page: 0,
  search: '',
  having: [],
  wanted: ['Billing'],
  hasMore: true,
  chosenElsewhere: [],
  rows: Array.from({ length: 30 }, (_, i) => ({
    userId: `U${i}`,
    name: `Agent ${i}`,
    presence: 'active' as const,
    isAvailable: true,
    wanted: i === 0 ? ['Billing'] : [],
    expertise: ['Law'],
    languages: ['fr'],
    conversations: i,
  })),
};

const blockIds = (data: InvitePicker) =>
  inviteModal(data, { chosen: [], turn: 4 }).blocks.map((block) => block.block_id);

describe('the picker', () => {
  it('is valid with any data, whoever is ticked', () => {
    fc.assert(
      fc.property(picker, userIds(60), (data, ticked) => expectModal(inviteModal(data, { chosen: ticked, turn: 7 }))),
    );
  });

  it('says of everybody who they are, what they know with the wanted starred, what they speak and how much they have to do', () => {
    const text = JSON.stringify(inviteModal(billing, { chosen: [], turn: 0 }));
    expect(text).toContain('Agent 0 · 🟢 active · 0 open');
    expect(text).toContain('🎓 ⭐ Billing, Law · French');
    expect(text).toContain('Agents 21 to 30');
  });

  it.each([
    ['active', true, '🟢 active'],
    ['active', false, '🟢 active, not available'],
    ['unknown', false, '❔ presence not known, not available'],
    ['away', false, '⚪ away'],
  ] as const)('says of somebody %s, available: %s, “%s”, and never why', (presence, isAvailable, shown) => {
    const [first] = billing.rows;
    const one = { ...billing, rows: [{ ...(first as InviteRow), presence, isAvailable }] };
    expect(JSON.stringify(inviteModal(one, { chosen: [], turn: 0 }))).toContain(`Agent 0 · ${shown} · 0 open`);
  });

  it('reads everybody ticked, here and on other pages, without who was unticked', () => {
    const modal = inviteModal(billing, { chosen: ['U1', 'U2', 'UELSEWHERE'], turn: 3 });
    const ticks = { 'people.3.0': { 'people.3.0': chosen('multi', 'U2', 'U5') } };
    const typed = { ...ticks, search: { 'invite.search': { type: 'plain_text_input', value: 'ana' } } };
    const state = JSON.parse(JSON.stringify(typed).replaceAll('"multi"', '"checkboxes"')) as typeof typed;
    expect(readInvite(submit(modal, state))).toEqual({
      looking: { conversationId: 'c1', page: 0, search: '', having: [] },
      turn: 3,
      chosen: ['UELSEWHERE', 'U2', 'U5'],
      typed: { search: 'ana', having: [] },
    });
  });

  it('keeps its fields when only presence changes, so that nothing ticked is lost', () => {
    const later = { ...billing, rows: billing.rows.map((each) => ({ ...each, presence: 'away' as const })) };
    expect(blockIds(later)).toEqual(blockIds(billing));
  });
});

const seat = {
  seatId: 's1',
  conversationId: 'c1',
  userId: 'U1',
  liveChatName: 'Ana',
  state: 'in',
  requestId: '',
  invitedBy: 'U2',
  isClosed: false,
  isNext: false,
  isLookingForHelp: false,
} as const;

const card: fc.Arbitrary<HelpCard> = fc
  .record({
    place,
    wanted: fc.array(name, { maxLength: 30 }),
    customers: fc.array(name, { maxLength: 30 }),
    note: words,
  })
  .chain((some) =>
    fc
      .record({
        state: fc.constantFrom('open', 'joined', 'withdrawn', 'closed'),
        to: fc.constantFrom('U9', 'S9'),
        way: fc.constantFrom('mention', 'direct'),
        deskName: fc.oneof(name, fc.constant('')),
        previous: fc.option(fc.constant({ link: 'https://x.slack.com/a', askedAt: '2026-03-02T09:00:00.000Z' }), {
          nil: undefined,
        }),
      })
      .map(({ to, way, ...rest }) => ({
        ...some.place,
        ...rest,
        wanted: some.wanted,
        customers: some.customers,
        note: some.note,
        message: some.note,
        requestId: 'r1',
        conversationId: 'c1',
        askedBy: 'U1',
        askedWith: '',
        askedAt: '2026-03-02T09:00:00.000Z',
        joined: rest.state === 'joined' ? { userId: 'U2', at: '2026-03-02T09:05:00.000Z' } : undefined,
        cardChannelId: 'C9',
        cardTs: '1.2',
        isDropped: false,
        uncalled: undefined,
        because: '',
        tried: [],
        isClosed: false,
        calls: [],
        fallback: { to, way, channelId: '', ts: '' },
      })),
  ) as fc.Arbitrary<HelpCard>;

const expectMessage = ({ text, blocks }: Message) => {
  expect(validateMessageBlocks(JSON.parse(JSON.stringify(blocks)))).toEqual([]);
  expect(text).not.toBe('');
  // What is read aloud is plain text, in which nothing calls anybody.
  const shown = JSON.stringify(blocks, (key, value: unknown) => (key === 'accessibility_label' ? '' : value));
  expect(`${text}${shown}`).not.toContain('<!here>');
};

describe('what people are told of who comes and who does not', () => {
  it('is valid with any data, and nothing typed calls anybody', () => {
    fc.assert(
      fc.property(card, (request) => {
        for (const what of ['waiting', 'fallback', 'exhausted'] as const)
          expectMessage(askerToldMessage(request, what));
        for (const cameBy of ['wrote', 'added', 'invited'] as const) {
          expectMessage(askerCameMessage(request, { userId: 'U2', cameBy, invitedBy: 'U3' }));
        }
        expectMessage(fallbackMessage(request));
      }),
    );
  });

  it('does not claim to know who was added where Slack did not say', () => {
    const [at] = fc.sample(place, { numRuns: 1, seed: 1 });
    if (at === undefined) throw new Error('no place');
    const said = (reason: string) => couldNotInviteMessage({ ...at, ...seat }, reason).text;
    expect(said('no_answer')).toMatch(/did not say whether they were added.*invite them again/);
    expect(said('anything')).toContain('Slack would not add them.');
  });

  it('is valid in modals and answers, wherever the conversation is', () => {
    fc.assert(
      fc.property(place, userIds(29), fc.boolean(), (at, others, isLookingForHelp) => {
        const people = ['U', ...others];
        expectModal(invitedModal({ ...at, invited: people, alreadyIn: people, unfit: people }));
        const left = { ...at, conversationId: 'c1', isLookingForHelp, isEmpty: isLookingForHelp };
        expectModal(leftModal({ ...left, outcome: 'left' }));
        expectModal(lastOneModal({ ...left, outcome: 'last' }));
        expectMessage(youWereInvitedMessage({ ...at, ...seat }));
        for (const reason of ['is_archived', 'no_answer', 'anything']) {
          expectMessage(couldNotInviteMessage({ ...at, ...seat }, reason));
        }
        const askedAt = '2026-03-02T09:00:00.000Z';
        for (const next of ['called', 'waiting', 'fallback', 'exhausted'] as const) {
          const about = { wanted: ['<!here>'], leftOut: { unavailable: 2, often: 1, next: 0 } };
          const continued = { ...at, ...about, askedAt, called: people.slice(0, 3), next };
          expect(stillNeededReply(continued)).not.toContain('<!here>');
        }
      }),
    );
    expectModal(nothingToInviteToModal('C1'));
  });

  it('mentions a user group as Slack does', () => {
    fc.assert(
      fc.property(card, (request) => {
        const mentioned = {
          ...request,
          state: 'open' as const,
          fallback: { ...request.fallback, to: 'S9', way: 'mention' as const },
        };
        expect(fallbackMessage(mentioned).text).toContain('<!subteam^S9>');
      }),
    );
  });
});
