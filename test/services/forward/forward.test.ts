import { beforeEach, describe, expect, it } from '@jest/globals';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { lockOpenConversation } from '../../../src/services/conversation/find.ts';
import { invite } from '../../../src/services/conversation/invite.ts';
import { leave } from '../../../src/services/conversation/leave.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { setStatusByHand, setStatusNow } from '../../../src/services/conversation/set-status.ts';
import { pass } from '../../../src/services/forward/pass.ts';
import { arrive, couldNotArrive } from '../../../src/services/help/arrive.ts';
import { helpCard } from '../../../src/services/help/card.ts';
import { leaveEverything } from '../../../src/services/person/leave-everything.ts';
import { listConversationExpertise } from '../../../src/store/conversation-expertise.ts';
import { transaction } from '../../../src/store/db.ts';
import { updateDesk } from '../../../src/store/desk-state.ts';
import { findForward } from '../../../src/store/forwards.ts';
import { findOpenRequest } from '../../../src/store/help-requests.ts';
import { savePeople, savePresence } from '../../../src/store/people.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { listTurns } from '../../../src/store/turns.ts';
import { makeForwarding, whoGot, WISH, type Forwarding } from '../../support/forward.ts';
import { actor, ask, makeExpert } from '../../support/help.ts';
import {
  channel,
  makeAgent,
  makeExpertise,
  makePerson,
  person,
  type TestDeps,
  makeWorkspace,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const ana = actor('UANA');

describeOnBoth('A forward', (given) => {
  let deps: TestDeps;
  let on: Forwarding;
  beforeEach(async () => {
    deps = given();
    on = await makeForwarding(deps);
  });

  describe('that finds somebody', () => {
    it('gives the conversation to who knows most about what is wanted, and says who and what is not covered', async () => {
      await makeExpertise(deps.db, 'Refunds');
      await makeExpert(deps, 'UEVE', { expertise: ['billing', 'refunds'] });
      await makeExpertise(deps.db, 'Tax');
      const outcome = await on.forwards({ wish: { ...WISH, wanted: ['billing', 'refunds', 'tax'] } });
      expect(outcome).toMatchObject({
        outcome: 'forwarded',
        agent: { userId: 'UEVE', name: 'Eve' },
        covered: [{ name: 'Billing' }, { name: 'Refunds' }],
        missing: [{ name: 'Tax' }],
      });
    });

    it('ends, though a machine whose clock is ahead has seen everybody there', async () => {
      const ahead = new Date(deps.now().getTime() + 90_000);
      const there = new Map(['UBEN', 'UCLEO', 'UDAN'].map((userId) => [userId, 'active'] as const));
      await savePresence(deps.db, 'T1', there, ahead);
      expect(whoGot(await on.forwards())).toMatch(/^U/);
      deps.clock.advance({ seconds: 40 });
      expect(whoGot(await on.forwards())).toMatch(/^U/);
    });

    it('claims the seat at once, adds what was wanted to the conversation and to the history', async () => {
      await on.forwards();
      const seat = (await listSeats(deps.db, on.conversationId)).at(-1);
      expect(seat).toMatchObject({ userId: 'UBEN', cameBy: 'forwarded', state: 'arriving', asked: ['Billing'] });
      expect(await listConversationExpertise(deps.db, on.conversationId)).toEqual([{ id: 'billing', name: 'Billing' }]);
      expect(await on.kinds()).toEqual(['seat.claimed']);
    });

    it('tells the customer and the agent only when they are in, and what the bot had to say first', async () => {
      await on.forwards({ message: 'I hand you to a colleague.' });
      await deps.db('notices').delete();
      await on.arrives();
      expect(await on.kinds()).toEqual(['customer.message', 'customer.joined', 'turn.offered']);
      expect((await on.turn()).state).toBe('waiting');
    });

    it('wants what the conversation is about where nothing else is said, and nothing where nothing is wanted', async () => {
      await makeExpertise(deps.db, 'Refunds');
      await makeExpert(deps, 'UZOE', { expertise: ['refunds'] });
      await deps.db('conversation_expertise').insert({ conversation_id: on.conversationId, expertise_id: 'refunds' });
      expect(whoGot(await on.forwards({ wish: WISH }))).toBe('UZOE');
      await pass(deps, actor('UZOE'), { turnId: (await on.turn()).id });
      expect(whoGot(await on.forwards({ wish: { ...WISH, wanted: [] } }))).toBe('UBEN');
    });

    it('leaves out whoever is in it', async () => {
      await makeAgent(deps.db, 'UANA', { desks: ['support'], expertise: ['billing'] });
      await makeExpertise(deps.db, 'Refunds');
      expect(whoGot(await on.forwards())).not.toBe('UANA');
    });

    it('answers the request for help that is open', async () => {
      const { requestId } = await ask(deps);
      await on.forwards();
      await on.arrives();
      expect(await findOpenRequest(deps.db, on.conversationId)).toBeUndefined();
      expect(await on.status()).toBe('in_progress');
      expect(requestId).not.toBe('');
    });

    it('ends the one before', async () => {
      const first = await on.forwards();
      await on.forwards();
      expect(await findForward(deps.db, 'T1', first.forwardId)).toMatchObject({ state: 'ended' });
      expect(await on.turns()).toEqual(['UCLEO arriving']);
    });
  });

  describe('whose turn', () => {
    it('is answered by writing, and nobody is asked after that', async () => {
      await on.forwards();
      await on.arrives();
      await on.write('UBEN');
      expect(await on.turns()).toEqual(['UBEN answered']);
      deps.clock.advance({ minutes: 6 });
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN answered']);
    });

    it('is answered by setting the status', async () => {
      await on.forwards();
      await on.arrives();
      await setStatusByHand(deps, actor('UBEN'), { conversationId: on.conversationId, status: 'waiting' });
      expect(await on.turns()).toEqual(['UBEN answered']);
    });

    it('goes to the next after the answer time, to the third, and then experts are called', async () => {
      await makeExpert(deps, 'UEVE');
      const { forwardId } = await on.forwards({ note: 'Charged twice.' });
      for (const _ of [1, 2, 3]) {
        await on.arrives();
        deps.clock.advance({ minutes: 5 });
        await on.runTimers();
        await on.runTimers();
      }
      expect(await on.turns()).toEqual(['UBEN timed_out', 'UCLEO timed_out', 'UDAN timed_out']);
      expect(await findForward(deps.db, 'T1', forwardId)).toMatchObject({ state: 'no_answer' });
      expect(await on.status()).toBe('looking_for_help');
      expect(await on.kinds()).toEqual(expect.arrayContaining(['customer.finding', 'help.card', 'forwarder.told']));
      const request = await findOpenRequest(deps.db, on.conversationId);
      const card = await helpCard(deps, 'T1', request?.id ?? '');
      const tried = ['UBEN', 'UCLEO', 'UDAN'].map((userId) => ({ userId, state: 'timed_out', reason: '' }));
      expect(card).toMatchObject({ askedBy: '', because: 'no_answer', tried });
      expect(request?.note).toBe('Charged twice.');
      // Withdrawn, and everybody is gone much later: the forward did not lead to that.
      await setStatusByHand(deps, ana, { conversationId: on.conversationId, status: 'in_progress' });
      for (const userId of ['UANA', 'UBEN', 'UCLEO', 'UDAN']) await leaveEverything(deps, 'T1', userId, 'deactivated');
      const later = await findOpenRequest(deps.db, on.conversationId);
      expect(later?.id).not.toBe(request?.id);
      expect(await helpCard(deps, 'T1', later?.id ?? '')).toMatchObject({ because: 'alone', tried: [] });
    });

    it('has no end where the desk has no answer time', async () => {
      await transaction(deps.db, (trx) => updateDesk(trx, 'T1', 'support', { answerMinutes: 0 }));
      await on.forwards();
      await on.arrives();
      deps.clock.advance({ hours: 3 });
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN waiting']);
    });

    it('is passed to the next at once, who is not the one before', async () => {
      await on.forwards();
      await on.arrives();
      expect(await pass(deps, actor('UBEN'), { turnId: (await on.turn()).id })).toMatchObject({ outcome: 'passed' });
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN passed', 'UCLEO arriving']);
      const seat = (await listSeats(deps.db, on.conversationId)).find(({ userId }) => userId === 'UBEN');
      expect(seat?.state).toBe('left');
    });

    it('cannot be passed twice, and a late press reads who has it', async () => {
      await on.forwards();
      await on.arrives();
      const { id: turnId } = await on.turn();
      await pass(deps, actor('UBEN'), { turnId });
      await on.runTimers();
      await on.arrives();
      expect(await pass(deps, actor('UBEN'), { turnId })).toMatchObject({
        outcome: 'stale',
        has: { userId: 'UCLEO', name: 'Cleo' },
      });
      expect(await on.turns()).toEqual(['UBEN passed', 'UCLEO waiting']);
    });

    it('can be passed by nobody else', async () => {
      await on.forwards();
      await on.arrives();
      await expect(pass(deps, actor('UCLEO'), { turnId: (await on.turn()).id })).rejects.toMatchObject({
        code: 'not_allowed',
      });
    });

    it('ends when another agent writes, and stays theirs', async () => {
      await on.forwards();
      await on.arrives();
      await on.write('UANA');
      expect(await on.turns()).toEqual(['UBEN ended']);
      const seats = (await listSeats(deps.db, on.conversationId)).filter(({ state }) => state === 'in');
      expect(seats.map(({ userId }) => userId)).toEqual(['UANA', 'UBEN']);
    });

    it('ends when another comes in, help is asked for by hand, or it is closed', async () => {
      await on.forwards();
      await on.arrives();
      await invite(deps, ana, { conversationId: on.conversationId, userIds: ['UDAN'] });
      const seat = (await listSeats(deps.db, on.conversationId)).find(({ userId }) => userId === 'UDAN');
      await arrive(deps, 'T1', seat?.id ?? '');
      expect(await on.turns()).toEqual(['UBEN ended']);
      await on.forwards();
      await ask(deps);
      expect(await on.turns()).toEqual(['UCLEO ended']);
      await on.forwards();
      await closeByHand(deps, ana, { conversationId: on.conversationId });
      expect((await on.turns()).every((each) => each.endsWith('ended'))).toBe(true);
    });

    it('goes on when its agent leaves, is taken off the desk or out of the workspace', async () => {
      await on.forwards();
      await on.arrives();
      await leave(deps, actor('UBEN'), { conversationId: on.conversationId });
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN passed', 'UCLEO arriving']);
      await savePeople(deps.db, 'T1', [person('UCLEO', { isDeactivated: true })], deps.now());
      await leaveEverything(deps, 'T1', 'UCLEO', 'deactivated');
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN passed', 'UCLEO failed', 'UDAN arriving']);
    });

    it('goes to the next best where whoever was chosen is alone in it and leaves the workspace', async () => {
      await leave(deps, ana, { conversationId: on.conversationId, anyway: true });
      await on.forwards();
      await savePeople(deps.db, 'T1', [person('UBEN', { isDeactivated: true })], deps.now());
      await leaveEverything(deps, 'T1', 'UBEN', 'deactivated');
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN failed', 'UCLEO arriving']);
      expect(await on.status()).toBe('in_progress');
    });

    it('stays theirs when a bot sets the status', async () => {
      await on.forwards();
      await on.arrives();
      await transaction(deps.db, async (trx) =>
        setStatusNow(trx, deps, await lockOpenConversation(trx, 'T1', on.conversationId), {
          status: 'waiting',
          by: '',
        }),
      );
      expect(await on.turns()).toEqual(['UBEN waiting']);
    });

    it('does not count for whom Slack would not let in: the next is taken, and the reason kept', async () => {
      await on.forwards();
      const refused = await on.turn();
      await couldNotArrive(deps, 'T1', refused.seatId, 'user_is_restricted');
      await on.runTimers();
      expect(await on.turns()).toEqual(['UBEN failed', 'UCLEO arriving']);
      expect((await listTurns(deps.db, refused.forwardId))[0]?.reason).toBe('user_is_restricted');
      expect(await on.kinds()).not.toContain('seat.failed');
    });
  });

  it('is refused for a closed conversation, one of another workspace, and by somebody who is no agent', async () => {
    await makePerson(deps.db, 'UPIA');
    await expect(on.forwards({}, actor('UPIA'))).rejects.toMatchObject({ code: 'not_allowed' });
    await makeWorkspace(deps.db, 'T2');
    await expect(on.forwards({}, { workspaceId: 'T2', userId: '' })).rejects.toMatchObject({ code: 'not_found' });
    await closeByHand(deps, ana, { conversationId: on.conversationId });
    await expect(on.forwards()).rejects.toMatchObject({ code: 'gone' });
  });

  it('takes nobody over the desk’s limit', async () => {
    await transaction(deps.db, (trx) => updateDesk(trx, 'T1', 'support', { capacity: 1 }));
    const got: string[] = [];
    for (const channelId of ['C1', 'C2', 'C3', 'C4', 'C5']) {
      deps.slack.facts.channels.set(channelId, channel(channelId));
      deps.slack.facts.members.set(channelId, ['UBECKON', 'UGUS']);
      const opened = await openConversation(deps, ana, { channelId });
      got.push(whoGot(await on.forwards({ conversationId: opened.conversationId })));
    }
    expect(got).toEqual(['UBEN', 'UCLEO', 'UDAN', 'nobody', 'nobody']);
  });
});
