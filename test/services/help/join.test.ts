import { beforeEach, describe, expect, it } from '@jest/globals';
import { addedToChannel } from '../../../src/services/conversation/added.ts';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { invite } from '../../../src/services/conversation/invite.ts';
import { leave } from '../../../src/services/conversation/leave.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { arrive, couldNotArrive } from '../../../src/services/help/arrive.ts';
import { callNext } from '../../../src/services/help/call-next.ts';
import { helpCard } from '../../../src/services/help/card.ts';
import { join, joinAsWell } from '../../../src/services/help/join.ts';
import { lookingForHelp } from '../../../src/services/help/list.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { findRequest } from '../../../src/store/help-requests.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { claimTimers } from '../../../src/store/timers.ts';
import { actor, ask, makeSupport, stampOf } from '../../support/help.ts';
import { makeAdministrator, makeAgent, makePerson, makeWorkspace, person, type TestDeps } from '../../support/make.ts';
import { describeOnBoth, describeShared } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ben = actor('UBEN');
const cleo = actor('UCLEO');

describeOnBoth('Join', (on) => {
  let deps: TestDeps;
  let requestId: string;
  let conversationId: string;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
    ({ requestId, conversationId } = await ask(deps));
    await deps.db('notices').delete();
  });

  const press = (who = ben) => join(deps, who, { requestId });
  const status = async () => (await findConversation(deps.db, 'T1', conversationId))?.status;
  const request = () => findRequest(deps.db, 'T1', requestId);
  const seatOf = async (userId: string) => {
    const seat = (await listSeats(deps.db, conversationId)).findLast((each) => each.userId === userId);
    if (seat === undefined) throw new Error(`${userId} never took a seat.`);
    return seat;
  };
  const refuse = async () => couldNotArrive(deps, 'T1', (await seatOf('UBEN')).id, 'user_is_restricted');
  const kinds = async () => (await noticesOf(deps.db)).map(({ kind }) => kind);
  const timersDue = () => claimTimers(deps.db, { now: deps.now(), leaseMs: 1, limit: 9 });

  it('claims the seat: the status is back at once, nobody is told before they are in', async () => {
    expect(await press()).toMatchObject({ outcome: 'claimed', channelId: 'CACME' });
    expect(await status()).toBe('in_progress');
    expect(await seatOf('UBEN')).toMatchObject({
      state: 'arriving',
      cameBy: 'joined',
      requestId,
      arrivedAt: undefined,
    });
    expect(await request()).toMatchObject({ state: 'claimed', endedAt: undefined });
    expect(await kinds()).toEqual(['seat.claimed']);
    expect((await lookingForHelp(deps, cleo)).rows).toEqual([]);
  });

  it('tells who comes second who won, and when', async () => {
    await press(ben);
    deps.clock.advance({ seconds: 1 });
    expect(await press(cleo)).toMatchObject({
      outcome: 'lost',
      winner: 'Ben',
      winnerId: 'UBEN',
      at: '2026-03-02T09:00:00.000Z',
      conversationId,
    });
    await arrive(deps, 'T1', (await seatOf('UBEN')).id);
    expect(await press(cleo)).toMatchObject({ outcome: 'lost', winner: 'Ben' });
  });

  it('tells who is in already so, and who presses twice', async () => {
    expect(await press(actor('UANA'))).toMatchObject({ outcome: 'already_in', channelId: 'CACME' });
    expect((await request())?.state).toBe('open');
    await press(ben);
    expect(await press(ben)).toMatchObject({ outcome: 'already_in' });
    expect(await kinds()).toEqual(['seat.claimed']);
  });

  it('is for agents and administrators', async () => {
    await makePerson(deps.db, 'UMIA');
    await makePerson(deps.db, 'UOUT', { isOutsider: true });
    for (const userId of ['UMIA', 'UGUS', 'UOUT']) {
      await expect(press(actor(userId))).rejects.toMatchObject({ code: 'not_allowed' });
    }
    await expect(press(actor('UNEVERMET'))).rejects.toMatchObject({ code: 'unavailable' });
    await makeAdministrator(deps.db, 'UROOT');
    expect(await press(actor('UROOT'))).toMatchObject({ outcome: 'claimed' });
  });

  it('refuses what is not there, in another workspace, or over', async () => {
    await expect(join(deps, ben, { requestId: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
    await makeWorkspace(deps.db, 'T2');
    await makeAdministrator(deps.db, 'UBEN', { workspaceId: 'T2' });
    const elsewhere = actor('UBEN', 'T2');
    await expect(join(deps, elsewhere, { requestId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(joinAsWell(deps, elsewhere, { conversationId })).rejects.toMatchObject({ code: 'not_found' });
    await closeByHand(deps, actor('UANA'), { conversationId });
    await expect(press()).rejects.toMatchObject({ code: 'gone' });
    await expect(joinAsWell(deps, ben, { conversationId })).rejects.toMatchObject({ code: 'gone' });
  });

  it('lets a second helper in as well, without ending anything', async () => {
    await press(ben);
    expect(await joinAsWell(deps, cleo, { conversationId })).toMatchObject({ outcome: 'claimed' });
    expect(await joinAsWell(deps, cleo, { conversationId })).toMatchObject({ outcome: 'already_in' });
    await arrive(deps, 'T1', (await seatOf('UCLEO')).id);
    expect(await kinds()).toEqual(['seat.claimed', 'seat.claimed', 'customer.joined']);
    expect((await request())?.state).toBe('claimed');
  });

  describe('arriving', () => {
    it('ends the request and tells the customer, the card and whoever was called, in this order, once', async () => {
      await press();
      deps.clock.advance({ minutes: 2 });
      const { id: seatId } = await seatOf('UBEN');
      await arrive(deps, 'T1', seatId);
      await arrive(deps, 'T1', seatId);
      expect(await noticesOf(deps.db)).toEqual([
        { kind: 'seat.claimed', conversationId, seatId },
        { kind: 'customer.joined', conversationId, seatId },
        { kind: 'help.card', conversationId, requestId },
        { kind: 'help.over', conversationId, requestId },
      ]);
      expect(await request()).toMatchObject({ state: 'joined', endedAt: '2026-03-02T09:02:00.000Z' });
      expect(await helpCard(deps, 'T1', requestId)).toMatchObject({
        state: 'joined',
        joined: { userId: 'UBEN', at: '2026-03-02T09:02:00.000Z' },
      });
      deps.clock.advance({ hours: 1 });
      expect(await timersDue()).toEqual([]);
    });

    it('in another workspace’s name changes nothing', async () => {
      await press();
      const { id: seatId } = await seatOf('UBEN');
      await arrive(deps, 'T2', seatId);
      await couldNotArrive(deps, 'T2', seatId, 'user_not_found');
      expect((await seatOf('UBEN')).state).toBe('arriving');
    });

    it('tells the joiner when the conversation was closed on the way', async () => {
      await press();
      await closeByHand(deps, actor('UANA'), { conversationId });
      const { id: seatId } = await seatOf('UBEN');
      await arrive(deps, 'T1', seatId);
      await couldNotArrive(deps, 'T1', seatId, 'is_archived');
      expect(await kinds()).toEqual(['seat.claimed', 'help.card', 'help.over', 'seat.failed']);
      expect(await request()).toMatchObject({ state: 'closed' });
      expect(await status()).toBeUndefined();
    });
  });

  describe('that Slack does not let in', () => {
    beforeEach(async () => {
      await press();
      deps.clock.advance({ minutes: 4 });
      await couldNotArrive(deps, 'T1', (await seatOf('UBEN')).id, 'user_is_restricted');
    });

    it('gives the seat back: help is looked for again, with its age, and the joiner is told why', async () => {
      const { id: seatId } = await seatOf('UBEN');
      expect(await status()).toBe('looking_for_help');
      expect(await request()).toMatchObject({ state: 'open', askedAt: '2026-03-02T09:00:00.000Z' });
      expect((await seatOf('UBEN')).state).toBe('refused');
      expect((await noticesOf(deps.db)).slice(1)).toEqual([
        { kind: 'help.card', conversationId, requestId },
        { kind: 'seat.failed', conversationId, seatId, reason: 'user_is_restricted' },
      ]);
      expect((await lookingForHelp(deps, cleo)).rows).toMatchObject([
        { requestId, askedAt: '2026-03-02T09:00:00.000Z' },
      ]);
    });

    it('can be joined by the next, and by the same person once more', async () => {
      expect(await press(cleo)).toMatchObject({ outcome: 'claimed' });
      await couldNotArrive(deps, 'T1', (await seatOf('UCLEO')).id, 'user_is_restricted');
      expect(await press(ben)).toMatchObject({ outcome: 'claimed' });
    });

    it('has a next step with a time, also when its time came while they were on the way', async () => {
      expect(await timersDue()).toEqual([]);
      deps.clock.advance({ minutes: 5 });
      expect(await timersDue()).toMatchObject([{ kind: 'help.round', subjectId: requestId }]);
    });
  });

  describe('while somebody else comes in', () => {
    beforeEach(async () => {
      deps.slack.facts.people.set('UCLEO', person('UCLEO'));
      await press();
      deps.clock.advance({ seconds: 1 });
    });
    const ways: Record<'wrote' | 'added' | 'invited' | 'joined', () => Promise<unknown>> = {
      wrote: () =>
        noteMessage(deps, { workspaceId: 'T1', channelId: 'CACME', threadTs: '', ts: stampOf(deps), userId: 'UCLEO' }),
      added: () =>
        addedToChannel(deps, {
          workspaceId: 'T1',
          channelId: 'CACME',
          userId: 'UCLEO',
          inviterId: 'UANA',
          at: deps.now(),
        }),
      invited: async () => {
        await invite(deps, actor('UANA'), { conversationId, userIds: ['UCLEO'] });
        await arrive(deps, 'T1', (await seatOf('UCLEO')).id);
      },
      joined: async () => {
        await joinAsWell(deps, cleo, { conversationId });
        await arrive(deps, 'T1', (await seatOf('UCLEO')).id);
      },
    };

    it.each(['wrote', 'added', 'invited', 'joined'] as const)(
      'and is refused then, help has come by the other: the request is over (%s)',
      async (cameBy) => {
        await ways[cameBy]();
        await deps.db('notices').delete();
        await refuse();
        const { id: seatId } = await seatOf('UCLEO');
        expect(await status()).toBe('in_progress');
        expect(await request()).toMatchObject({ state: 'joined' });
        expect(await helpCard(deps, 'T1', requestId)).toMatchObject({ joined: { userId: 'UCLEO' } });
        const came = { kind: 'asker.came', conversationId, requestId, seatId };
        expect(await noticesOf(deps.db)).toEqual([
          { kind: 'help.card', conversationId, requestId },
          { kind: 'help.over', conversationId, requestId },
          ...(cameBy === 'joined' ? [] : [came]),
          expect.objectContaining({ kind: 'seat.failed', reason: 'user_is_restricted' }),
        ]);
        deps.clock.advance({ hours: 1 });
        expect(await timersDue()).toEqual([]);
      },
    );

    it('and gives up on the way, the same', async () => {
      await ways.wrote();
      await leave(deps, ben, { conversationId });
      expect(await request()).toMatchObject({ state: 'joined' });
      expect(await helpCard(deps, 'T1', requestId)).toMatchObject({ joined: { userId: 'UCLEO' } });
    });

    it('and is refused before the other has arrived, the other is who comes', async () => {
      await invite(deps, actor('UANA'), { conversationId, userIds: ['UCLEO'] });
      await refuse();
      expect(await request()).toMatchObject({ state: 'claimed' });
      expect(await status()).toBe('in_progress');
      await couldNotArrive(deps, 'T1', (await seatOf('UCLEO')).id, 'user_is_restricted');
      expect(await request()).toMatchObject({ state: 'open' });
      expect(await status()).toBe('looking_for_help');
    });

    it('and the other leaves again, help is looked for once more', async () => {
      await ways.wrote();
      await leave(deps, cleo, { conversationId });
      await refuse();
      expect(await request()).toMatchObject({ state: 'open' });
    });

    it('what the asker writes is no help', async () => {
      await deps.db('help_requests').update({ asked_by: 'UCLEO' });
      await ways.wrote();
      await refuse();
      expect(await request()).toMatchObject({ state: 'open' });
    });

    it('and arrives, they are the one who answered', async () => {
      await ways.wrote();
      await arrive(deps, 'T1', (await seatOf('UBEN')).id);
      expect(await helpCard(deps, 'T1', requestId)).toMatchObject({ state: 'joined', joined: { userId: 'UBEN' } });
    });
  });

  it('stops calling the next while somebody is on the way', async () => {
    await makeAgent(deps.db, 'UDORA', { desks: ['support'], expertise: ['billing'] });
    await press();
    await callNext(deps, 'T1', requestId);
    expect(await deps.db('calls').where({ user_id: 'UDORA' })).toEqual([]);
  });
});

describeShared('ten experts who press Join at the same moment', (on, another) => {
  it.each([2, 10])('of %d, in two processes, one is in and the others read who', async (count) => {
    const deps = on();
    const experts = Array.from({ length: count }, (_, i) => `U${i}`);
    await makeSupport(deps, { experts });
    const { requestId, conversationId } = await ask(deps);
    const other = another();
    const answers = await Promise.all(
      experts.map((userId, i) => join(i % 2 === 0 ? deps : other, actor(userId), { requestId })),
    );
    const winner = experts[answers.findIndex(({ outcome }) => outcome === 'claimed')];
    expect(answers.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    const lost = answers.filter((answer) => answer.outcome === 'lost');
    expect(lost).toHaveLength(count - 1);
    expect(new Set(lost.map(({ winnerId }) => winnerId))).toEqual(new Set([winner]));
    const seats = await listSeats(deps.db, conversationId);
    expect(seats.filter((seat) => seat.cameBy === 'joined').map(({ userId }) => userId)).toEqual([winner]);
  });
});
