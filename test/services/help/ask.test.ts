import { beforeEach, describe, expect, it } from '@jest/globals';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { helpCard } from '../../../src/services/help/card.ts';
import { join } from '../../../src/services/help/join.ts';
import { listConversationExpertise } from '../../../src/store/conversation-expertise.ts';
import { findConversation, listCustomers } from '../../../src/store/conversations.ts';
import { findRequest } from '../../../src/store/help-requests.ts';
import { insertAgents } from '../../../src/store/agents.ts';
import { putOnDesks } from '../../../src/store/desk-agents.ts';
import { giveExpertise } from '../../../src/store/expertise.ts';
import { savePeople } from '../../../src/store/people.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { actor, ask, makeExpert, makeSupport } from '../../support/help.ts';
import { channel, makeDesk, makeExpertise, makePerson, person, type TestDeps } from '../../support/make.ts';
import { describeOnBoth, describeShared } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

/** Experts who are active, `U0000` and so on, put in by the thousand. */
async function makeCrowd(deps: TestDeps, count: number): Promise<void> {
  const crowd = Array.from({ length: count }, (_, i) => `U${String(i).padStart(4, '0')}`);
  await savePeople(
    deps.db,
    'T1',
    crowd.map((userId) => person(userId)),
    deps.now(),
  );
  await insertAgents(deps.db, 'T1', crowd);
  await putOnDesks(deps.db, 'T1', ['support'], crowd);
  await giveExpertise(deps.db, 'T1', ['billing'], crowd);
  for (const userId of crowd) deps.slack.facts.presence.set(userId, 'active');
}

describeOnBoth('asking for help', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  /** Nothing was opened, asked or announced. */
  const expectNothingDone = async () => {
    for (const table of ['conversations', 'help_requests', 'calls', 'notices', 'timers']) {
      expect(await deps.db(table).select()).toEqual([]);
    }
  };

  it('opens the conversation, marks it, calls the experts and sets the next step, in one go', async () => {
    const asked = await ask(deps, { note: '  Charged twice ' });
    const { conversationId, requestId } = asked;
    expect(asked).toMatchObject({
      again: false,
      called: ['UBEN', 'UCLEO'],
      helpChannelId: 'CHELP',
      deskName: 'Support',
      gone: 0,
      channelId: 'CACME',
    });
    expect(await findConversation(deps.db, 'T1', conversationId)).toMatchObject({
      status: 'looking_for_help',
      deskId: 'support',
      openedBy: 'UANA',
    });
    expect((await listCustomers(deps.db, [conversationId])).get(conversationId)).toEqual(['UGUS']);
    expect(await listConversationExpertise(deps.db, conversationId)).toEqual([{ id: 'billing', name: 'Billing' }]);
    expect((await listSeats(deps.db, conversationId)).map(({ userId, state }) => [userId, state])).toEqual([
      ['UANA', 'in'],
    ]);
    expect(await helpCard(deps, 'T1', requestId)).toMatchObject({
      state: 'open',
      note: 'Charged twice',
      wanted: ['Billing'],
      customers: ['Gus'],
      askedBy: 'UANA',
      cardChannelId: 'CHELP',
      isDropped: false,
      calls: [
        { userId: 'UBEN', way: 'mention', matched: ['Billing'], round: 1 },
        { userId: 'UCLEO', way: 'mention', matched: ['Billing'], round: 1 },
      ],
    });
    expect(await noticesOf(deps.db)).toMatchObject([
      { kind: 'help.card', conversationId, requestId },
      { kind: 'help.called', conversationId, requestId },
    ]);
    expect(await deps.db('timers').pluck('due_at')).toEqual(['2026-03-02T09:05:00.000Z']);
  });

  it('is open to every full member of the channel, who is not in it for that', async () => {
    await makePerson(deps.db, 'UMIA');
    await expect(ask(deps, {}, 'UMIA')).rejects.toMatchObject({ code: 'not_allowed' });
    deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA']);
    const { conversationId } = await ask(deps, {}, 'UMIA');
    expect(await listSeats(deps.db, conversationId)).toEqual([]);
  });

  it.each([
    ['a guest', { isGuest: true }],
    ['an outsider', { isOutsider: true }],
    ['a bot', { isBot: true }],
    ['somebody deactivated', { isDeactivated: true }],
  ])('is not open to %s', async (_what, facts) => {
    await makePerson(deps.db, 'USOMEBODY', facts);
    await expect(ask(deps, {}, 'USOMEBODY')).rejects.toMatchObject({ code: 'not_allowed' });
    await expectNothingDone();
  });

  it.each([
    ['a direct message', { kind: 'direct' as const }, 'wrong_place'],
    ['a group message', { kind: 'group' as const }, 'wrong_place'],
    ['an archived channel', { isArchived: true }, 'wrong_place'],
    ['a channel Beckon is not in', { isMember: false }, 'wrong_place'],
  ])('is refused in %s, and nothing is half done', async (_what, facts, code) => {
    deps.slack.facts.channels.set('CACME', channel('CACME', facts));
    await expect(ask(deps)).rejects.toMatchObject({ code });
    await expectNothingDone();
  });

  it('is refused where Beckon sees no channel, or Slack does not say', async () => {
    await expect(ask(deps, { channelId: 'CNOWHERE' })).rejects.toMatchObject({ code: 'wrong_place' });
    deps.slack.silent.add('channel');
    await expect(ask(deps)).rejects.toMatchObject({ code: 'unavailable' });
    await expectNothingDone();
  });

  it('refuses a note that is too long at its field, counted as people count', async () => {
    await expect(ask(deps, { note: 'x'.repeat(2001) })).rejects.toMatchObject({ code: 'invalid', field: 'note' });
    await expectNothingDone();
    await ask(deps, { note: '😀'.repeat(2000) });
  });

  it('refuses when all that was chosen was deleted meanwhile, and says how much of it was otherwise', async () => {
    await expect(ask(deps, { expertiseIds: ['gone'] })).rejects.toMatchObject({ code: 'gone', field: 'expertise' });
    await expectNothingDone();
    expect(await ask(deps, { expertiseIds: ['gone', 'billing'] })).toMatchObject({ gone: 1 });
  });

  it('works as well as it can when Slack says nothing about anybody', async () => {
    await ask(deps);
    for (const read of ['presence', 'dnd', 'members', 'people'] as const) deps.slack.silent.add(read);
    deps.slack.facts.channels.set('CTWO', channel('CTWO'));
    const { called, conversationId } = await ask(deps, { channelId: 'CTWO' });
    expect(called).toEqual(['UBEN', 'UCLEO']);
    expect(await deps.db('calls').where({ user_id: 'UBEN' }).pluck('way')).toContain('direct');
    expect((await listCustomers(deps.db, [conversationId])).size).toBe(0);
  });

  describe('again', () => {
    it('keeps the request with its age, adds expertise and note, and calls only people not called yet', async () => {
      const first = await ask(deps, { note: 'Charged twice' });
      await makeExpertise(deps.db, 'Law');
      await makeExpert(deps, 'UDORA', { expertise: ['law'] });
      deps.clock.advance({ minutes: 3 });
      const second = await ask(deps, { expertiseIds: ['billing', 'law'], note: 'A lawyer wrote' });
      expect(second).toMatchObject({ again: true, requestId: first.requestId, called: ['UDORA'] });
      expect(await helpCard(deps, 'T1', first.requestId)).toMatchObject({
        note: 'A lawyer wrote',
        wanted: ['Billing', 'Law'],
        askedAt: '2026-03-02T09:00:00.000Z',
      });
      expect((await noticesOf(deps.db)).map(({ kind }) => kind)).toEqual([
        'help.card',
        'help.called',
        'help.card',
        'help.called_direct',
      ]);
      expect(await deps.db('timers').pluck('due_at')).toEqual(['2026-03-02T09:08:00.000Z']);
    });

    it('takes back what is not wanted any more, and a note that is emptied', async () => {
      const { requestId } = await ask(deps, { note: 'Charged twice' });
      await makeExpertise(deps.db, 'Law');
      await ask(deps, { expertiseIds: ['law'], note: '' });
      expect(await helpCard(deps, 'T1', requestId)).toMatchObject({ note: '', wanted: ['Law'] });
    });

    it('calls neither who asks again nor who asked first', async () => {
      await ask(deps, { expertiseIds: ['billing'] }, 'UBEN');
      const second = await ask(deps, { expertiseIds: ['billing'] }, 'UANA');
      expect(second.called).not.toContain('UBEN');
      expect(second.called).not.toContain('UANA');
    });

    it('is refused while somebody is on the way in, and leaves the request as it is', async () => {
      const { requestId } = await ask(deps);
      await join(deps, actor('UBEN'), { requestId });
      await expect(ask(deps, { note: 'Hurry' })).rejects.toMatchObject({ code: 'already' });
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'claimed', note: '' });
    });

    it('after it ended makes a new request', async () => {
      const first = await ask(deps);
      await closeByHand(deps, actor('UANA'), { conversationId: first.conversationId });
      const second = await ask(deps);
      expect(second.requestId).not.toBe(first.requestId);
      expect(second.conversationId).not.toBe(first.conversationId);
      expect(second.again).toBe(false);
    });
  });

  describe('calls', () => {
    it('three at most', async () => {
      for (const userId of ['UDORA', 'UEVE', 'UFAY']) await makeExpert(deps, userId);
      expect((await ask(deps)).called).toEqual(['UBEN', 'UCLEO', 'UDORA']);
    });

    it('the conversation’s own desk first, then who covers more, then who is active', async () => {
      await makeDesk(deps.db, 'Far');
      await makeExpertise(deps.db, 'Law');
      await deps.db('agent_expertise').delete();
      await makeExpert(deps, 'UA', { desks: ['far'], expertise: ['billing', 'law'] });
      await makeExpert(deps, 'UB', { presence: 'unknown' });
      await makeExpert(deps, 'UC', { presence: 'active' });
      await makeExpert(deps, 'UD', { expertise: ['billing', 'law'], presence: 'unknown' });
      const { called } = await ask(deps, { expertiseIds: ['billing', 'law'] });
      expect(called).toEqual(['UD', 'UC', 'UB']);
    });

    it('agents of all desks, and everybody on the own desk when nothing special is wanted', async () => {
      await makeDesk(deps.db, 'Far');
      await deps.db('agent_expertise').delete();
      await makeExpert(deps, 'UFAR', { desks: ['far'] });
      expect((await ask(deps)).called).toEqual(['UFAR']);
      await deps.db('conversations').update({ closed_at: 'x' });
      expect((await ask(deps, { expertiseIds: [] })).called).toEqual(['UBEN', 'UCLEO']);
    });

    it.each<[string, Parameters<typeof makeExpert>[2]]>([
      ['is away', { presence: 'away' }],
      ['has paused', { pausedUntil: '2026-03-02T09:00:00.001Z' }],
      ['is out of office', { person: { statusEmoji: ':palm_tree:' } }],
      ['wants no calls', { calledBy: 'none' }],
      ['is on no desk', { desks: [] }],
      ['became a guest', { person: { isGuest: true } }],
      ['was deactivated', { person: { isDeactivated: true } }],
    ])('nobody who %s', async (_what, options) => {
      await deps.db('agent_expertise').delete();
      await makeExpert(deps, 'UDORA', options);
      expect((await ask(deps)).called).toEqual([]);
    });

    it('nobody who does not want to be disturbed now, as Slack says when asked', async () => {
      deps.slack.facts.dnd.set('UBEN', { startsAt: '2026-03-02T08:00:00.000Z', endsAt: '2026-03-02T10:00:00.000Z' });
      deps.slack.facts.dnd.set('UCLEO', { startsAt: '2026-03-02T22:00:00.000Z', endsAt: '2026-03-03T07:00:00.000Z' });
      expect((await ask(deps)).called).toEqual(['UCLEO']);
    });

    it('neither the asker nor who is in the conversation', async () => {
      expect((await ask(deps, {}, 'UBEN')).called).toEqual(['UCLEO']);
    });

    it('nobody more often in an hour than they allow', async () => {
      await deps.db('agents').where({ user_id: 'UBEN' }).update({ calls_an_hour: 2 });
      const calledIn = async (channelId: string) => {
        deps.slack.facts.channels.set(channelId, channel(channelId));
        return (await ask(deps, { channelId })).called;
      };
      expect(await calledIn('C1')).toContain('UBEN');
      deps.clock.advance({ minutes: 30 });
      expect(await calledIn('C2')).toContain('UBEN');
      expect(await calledIn('C3')).toEqual(['UCLEO']);
      deps.clock.advance({ minutes: 29, seconds: 59, milliseconds: 999 });
      expect(await calledIn('C4')).toEqual(['UCLEO']);
      deps.clock.advance({ milliseconds: 1 });
      expect(await calledIn('C5')).toContain('UBEN');
    });

    it('by direct message who prefers it or is not in the help channel', async () => {
      await deps.db('agents').where({ user_id: 'UBEN' }).update({ called_by: 'direct' });
      await makeExpert(deps, 'UDORA');
      const { requestId, conversationId } = await ask(deps);
      const ways = new Map((await helpCard(deps, 'T1', requestId))?.calls.map(({ userId, way }) => [userId, way]));
      expect(Object.fromEntries(ways)).toEqual({ UBEN: 'direct', UCLEO: 'mention', UDORA: 'direct' });
      expect((await noticesOf(deps.db)).map(({ kind }) => kind)).toEqual([
        'help.card',
        'help.called',
        'help.called_direct',
        'help.called_direct',
      ]);
      expect(conversationId).not.toBe('');
    });

    it('by direct message where the desk has no help channel', async () => {
      await deps.db('desks').update({ help_channel_id: '' });
      const { helpChannelId, requestId } = await ask(deps);
      expect(helpChannelId).toBe('');
      expect((await helpCard(deps, 'T1', requestId))?.calls.map(({ way }) => way)).toEqual(['direct', 'direct']);
      expect(deps.slack.asked.filter(({ read, ids }) => read === 'members' && ids[0] === 'CHELP')).toEqual([]);
    });
  });

  describe('asks Slack', () => {
    it('for the presence of three at most, and of nobody whose presence is fresh', async () => {
      for (const userId of ['UDORA', 'UEVE', 'UFAY', 'UGIL']) await makeExpert(deps, userId);
      const presenceAsked = () => deps.slack.asked.filter(({ read }) => read === 'presence').map(({ ids }) => ids);
      await ask(deps);
      expect(presenceAsked()).toEqual([['UBEN', 'UCLEO', 'UDORA']]);
      deps.slack.asked.length = 0;
      deps.slack.facts.channels.set('CTWO', channel('CTWO'));
      deps.clock.advance({ seconds: 60 });
      await ask(deps, { channelId: 'CTWO' });
      expect(presenceAsked()).toEqual([]);
    });

    it('as often with a thousand matching agents as with two', async () => {
      await ask(deps);
      const few = deps.slack.asked.length;
      await makeCrowd(deps, 1000);
      deps.slack.asked.length = 0;
      deps.slack.facts.channels.set('CTWO', channel('CTWO'));
      const { called } = await ask(deps, { channelId: 'CTWO' });
      expect(called).toHaveLength(3);
      expect(deps.slack.asked.length).toBeLessThanOrEqual(few + 1);
      expect(deps.slack.asked.every(({ ids }) => ids.length <= 50)).toBe(true);
    });
  });
});

describeShared('several who ask at the same moment', (on, another) => {
  it('in one channel: one request, each expert called once', async () => {
    const deps = on();
    await makeSupport(deps, { experts: ['UBEN', 'UCLEO', 'UDORA', 'UEVE'] });
    const other = another();
    const answers = await Promise.all(
      ['UBEN', 'UCLEO', 'UANA', 'UDORA'].map((who, i) => ask(i % 2 === 0 ? deps : other, {}, who)),
    );
    expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(1);
    expect(answers.filter(({ again }) => !again)).toHaveLength(1);
    const called = answers.flatMap((answer) => answer.called);
    expect(new Set(called).size).toBe(called.length);
  });

  it('in ten channels: nobody is called more often than they allow, and all are asked for', async () => {
    const deps = on();
    await makeSupport(deps);
    const other = another();
    const channels = Array.from({ length: 10 }, (_, i) => `C${i}`);
    for (const id of channels) deps.slack.facts.channels.set(id, channel(id));
    const answers = await Promise.all(
      channels.map((channelId, i) => ask(i % 2 === 0 ? deps : other, { channelId, note: 'x' })),
    );
    expect(answers.flatMap(({ called }) => called).filter((userId) => userId === 'UBEN')).toHaveLength(4);
    expect(answers).toHaveLength(10);
  });
});
