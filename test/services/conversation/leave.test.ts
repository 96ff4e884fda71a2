import { beforeEach, describe, expect, it } from '@jest/globals';
import { addedToChannel } from '../../../src/services/conversation/added.ts';
import { invite } from '../../../src/services/conversation/invite.ts';
import { leave } from '../../../src/services/conversation/leave.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { arrive, couldNotArrive } from '../../../src/services/help/arrive.ts';
import { join } from '../../../src/services/help/join.ts';
import { stillNeedHelp } from '../../../src/services/help/still-needed.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { findOpenRequest, findRequest } from '../../../src/store/help-requests.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { actor, ask, makeSupport } from '../../support/help.ts';
import { makeAgent, makePerson, type TestDeps } from '../../support/make.ts';
import { describeOnBoth, describeShared } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = actor('UANA');

describeOnBoth('coming in and leaving', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const opened = async () => (await openConversation(deps, ana, { channelId: 'CACME' })).conversationId;
  const seats = async (id: string) => (await listSeats(deps.db, id)).map(({ userId, state }) => `${userId} ${state}`);
  const seatOf = async (id: string, userId: string) =>
    (await listSeats(deps.db, id)).findLast((seat) => seat.userId === userId)?.id ?? '';
  const kinds = async () => (await noticesOf(deps.db)).map(({ kind }) => kind);

  const added = (userId: string, change: { inviterId?: string; at?: Date } = {}) =>
    addedToChannel(deps, {
      workspaceId: 'T1',
      channelId: 'CACME',
      userId,
      inviterId: 'UGUS',
      at: deps.now(),
      ...change,
    });

  const answeredBy = async (userId: string) => {
    const asked = await ask(deps, { note: 'Invoice 17' });
    deps.clock.advance({ minutes: 7 });
    await invite(deps, ana, { conversationId: asked.conversationId, userIds: [userId] });
    await arrive(deps, 'T1', await seatOf(asked.conversationId, userId));
    return asked;
  };

  describe('an invitation', () => {
    it('claims a seat for each who fits, says who was in already and who is no agent, and adds each once', async () => {
      const conversationId = await opened();
      await makePerson(deps.db, 'UELSE');
      await makeAgent(deps.db, 'UGONE', { desks: ['support'], person: { isDeactivated: true } });
      const userIds = ['UBEN', 'UCLEO', 'UBEN', 'UANA', 'UELSE', 'UGONE', 'UNOBODY'];
      expect(await invite(deps, ana, { conversationId, userIds })).toMatchObject({
        invited: ['UBEN', 'UCLEO'],
        alreadyIn: ['UANA'],
        unfit: ['UELSE', 'UGONE', 'UNOBODY'],
      });
      expect(await seats(conversationId)).toEqual(['UANA in', 'UBEN arriving', 'UCLEO arriving']);
      expect(await kinds()).toEqual(['seat.claimed', 'seat.claimed']);
      const [, ben] = await listSeats(deps.db, conversationId);
      expect(ben).toMatchObject({ cameBy: 'invited', invitedBy: 'UANA' });
    });

    it('answers the request for help: In progress at once, ended on arrival, and the asker reads who came', async () => {
      const { conversationId, requestId } = await ask(deps);
      await invite(deps, actor('UCLEO'), { conversationId, userIds: ['UBEN'] });
      expect((await findConversation(deps.db, 'T1', conversationId))?.status).toBe('in_progress');
      expect((await findRequest(deps.db, 'T1', requestId))?.state).toBe('claimed');
      const seatId = await seatOf(conversationId, 'UBEN');
      await arrive(deps, 'T1', seatId);
      expect((await findRequest(deps.db, 'T1', requestId))?.state).toBe('joined');
      expect(await noticesOf(deps.db)).toEqual(
        expect.arrayContaining([
          { kind: 'customer.joined', conversationId, seatId },
          { kind: 'invite.arrived', conversationId, seatId },
          { kind: 'asker.came', conversationId, requestId, seatId },
        ]),
      );
      expect(await deps.db('timers').select()).toEqual([]);
    });

    it('that Slack refuses leaves the request to the next on the way, and open with its age where nobody is', async () => {
      const { conversationId, requestId } = await ask(deps);
      await invite(deps, ana, { conversationId, userIds: ['UBEN', 'UCLEO'] });
      await couldNotArrive(deps, 'T1', await seatOf(conversationId, 'UBEN'), 'user_is_restricted');
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'claimed', endedAt: undefined });
      expect((await findConversation(deps.db, 'T1', conversationId))?.status).toBe('in_progress');
      await couldNotArrive(deps, 'T1', await seatOf(conversationId, 'UCLEO'), 'user_is_restricted');
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'open', endedAt: undefined });
      expect((await findConversation(deps.db, 'T1', conversationId))?.status).toBe('looking_for_help');
      await invite(deps, ana, { conversationId, userIds: ['UCLEO'] });
      await arrive(deps, 'T1', await seatOf(conversationId, 'UCLEO'));
      expect((await findRequest(deps.db, 'T1', requestId))?.state).toBe('joined');
      expect((await findConversation(deps.db, 'T1', conversationId))?.status).toBe('in_progress');
      expect(await kinds()).toContain('seat.failed');
    });

    it('of nobody, of too many, into a closed conversation, and by somebody else is refused', async () => {
      const conversationId = await opened();
      const many = Array.from({ length: 31 }, (_, i) => `U${i}`);
      await expect(invite(deps, ana, { conversationId, userIds: [] })).rejects.toMatchObject({ code: 'invalid' });
      await expect(invite(deps, ana, { conversationId, userIds: many })).rejects.toMatchObject({ code: 'invalid' });
      const gus = invite(deps, actor('UGUS'), { conversationId, userIds: ['UBEN'] });
      await expect(gus).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(invite(deps, ana, { conversationId: 'none', userIds: ['UBEN'] })).rejects.toMatchObject({
        code: 'not_found',
      });
      expect(await seats(conversationId)).toEqual(['UANA in']);
    });
  });

  describe('somebody added to the channel by hand', () => {
    it('is in, once, and is the help that came', async () => {
      const { conversationId, requestId } = await ask(deps);
      await added('UBEN');
      await added('UBEN');
      expect(await seats(conversationId)).toEqual(['UANA in', 'UBEN in']);
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'joined' });
      expect((await kinds()).filter((kind) => kind === 'asker.came')).toHaveLength(1);
    });

    it.each([
      ['Beckon added them', 'UBEN', { inviterId: 'UBECKON' }],
      ['it was before the conversation was opened', 'UBEN', { at: new Date('2026-03-02T08:59:59.000Z') }],
      ['they are no agent', 'UELSE', {}],
      ['they are a guest', 'UGUS', {}],
    ])('is not where %s', async (_why, userId, change) => {
      await makePerson(deps.db, 'UELSE');
      const conversationId = await opened();
      await added(userId, change);
      expect(await seats(conversationId)).toEqual(['UANA in']);
    });
  });

  describe('leaving', () => {
    it('frees the seat, tells the customer nothing, and lets the same person come in again', async () => {
      const conversationId = await opened();
      await addedToChannel(deps, {
        workspaceId: 'T1',
        channelId: 'CACME',
        userId: 'UBEN',
        inviterId: '',
        at: deps.now(),
      });
      expect(await leave(deps, ana, { conversationId })).toMatchObject({ outcome: 'left', isEmpty: false });
      expect(await seats(conversationId)).toEqual(['UANA left', 'UBEN in']);
      expect(await kinds()).toEqual([]);
      await invite(deps, actor('UBEN'), { conversationId, userIds: ['UANA'] });
      expect(await seats(conversationId)).toEqual(['UANA left', 'UBEN in', 'UANA arriving']);
    });

    it('asks the last one in first, and lets them go when they say so', async () => {
      const conversationId = await opened();
      await invite(deps, ana, { conversationId, userIds: ['UBEN'] });
      expect(await leave(deps, ana, { conversationId })).toMatchObject({ outcome: 'last', isLookingForHelp: false });
      expect(await seats(conversationId)).toEqual(['UANA in', 'UBEN arriving']);
      expect(await leave(deps, ana, { conversationId, anyway: true })).toMatchObject({
        outcome: 'left',
        isEmpty: true,
      });
      expect(await seats(conversationId)).toEqual(['UANA left', 'UBEN arriving']);
      await expect(leave(deps, ana, { conversationId })).rejects.toMatchObject({ code: 'already' });
    });

    it('on the way in opens the request again, and nobody is added to the channel', async () => {
      const { conversationId, requestId } = await ask(deps);
      await join(deps, actor('UBEN'), { requestId });
      await leave(deps, actor('UBEN'), { conversationId });
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'open' });
      await arrive(deps, 'T1', await seatOf(conversationId, 'UBEN'));
      expect(await seats(conversationId)).toEqual(['UANA in', 'UBEN left']);
    });
  });

  describe('Still need help', () => {
    it('looks on with the age, expertise and note of the request that ended, and without whoever came', async () => {
      const { conversationId, requestId } = await answeredBy('UBEN');
      const before = await findRequest(deps.db, 'T1', requestId);
      expect(await stillNeedHelp(deps, ana, { requestId })).toMatchObject({ called: ['UCLEO'], next: 'called' });
      expect(await findOpenRequest(deps.db, conversationId)).toMatchObject({
        askedAt: before?.askedAt,
        previousId: requestId,
        note: 'Invoice 17',
        round: 1,
      });
      expect((await findConversation(deps.db, 'T1', conversationId))?.status).toBe('looking_for_help');
    });

    it('is pressed once', async () => {
      const { requestId } = await answeredBy('UBEN');
      const presses = [stillNeedHelp(deps, ana, { requestId }), stillNeedHelp(deps, ana, { requestId })];
      const results = await Promise.allSettled(presses);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(stillNeedHelp(deps, actor('UGUS'), { requestId })).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(stillNeedHelp(deps, ana, { requestId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
    });
  });
});

describeShared('two who leave at the same moment', (on, another) => {
  it('do not both go unasked: one is the last one in', async () => {
    const deps = on();
    await makeSupport(deps);
    const { conversationId } = await openConversation(deps, ana, { channelId: 'CACME' });
    const at = deps.now();
    await addedToChannel(deps, { workspaceId: 'T1', channelId: 'CACME', userId: 'UBEN', inviterId: '', at });
    const outcomes = await Promise.all([
      leave(deps, ana, { conversationId }),
      leave(another(), actor('UBEN'), { conversationId }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['last', 'left']);
  });
});
