/** Whose conversation it is: its desk, its customers, and who is or was in it. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { currentCustomers, customerOptions } from '../../../src/services/conversation/customers.ts';
import { invite } from '../../../src/services/conversation/invite.ts';
import { leave } from '../../../src/services/conversation/leave.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { panelOf } from '../../../src/services/conversation/panel.ts';
import { savePanel, type PanelChange } from '../../../src/services/conversation/save-panel.ts';
import { archiveDesk } from '../../../src/services/desk/archive.ts';
import { arrive } from '../../../src/services/help/arrive.ts';
import { callNext } from '../../../src/services/help/call-next.ts';
import { join } from '../../../src/services/help/join.ts';
import { listCalls } from '../../../src/store/calls.ts';
import { setStatus } from '../../../src/store/conversations.ts';
import { transaction } from '../../../src/store/db.ts';
import { updateDesk } from '../../../src/store/desk-state.ts';
import { findRequest } from '../../../src/store/help-requests.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { actor, ask, makeExpert, makeSupport } from '../../support/help.ts';
import {
  channel,
  makeAdministrator,
  makeAgent,
  makeDesk,
  makePerson,
  person,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = actor('UANA');
const THREAD = '1772444527.000100';

const toBilling = (version: number) => ({ version, desk: { from: 'support', to: 'billing' } });
const customersChange = (add: string[], remove: string[] = []) => ({ customers: { add, remove } });

describeOnBoth('whose conversation it is', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const opened = async (): Promise<string> =>
    (await openConversation(deps, ana, { channelId: 'CACME' })).conversationId;
  const inThread = async (author: string): Promise<string> => {
    deps.slack.facts.messages.set(`CACME/${THREAD}`, { userId: author, isBot: false, text: 'Help' });
    return (await openConversation(deps, ana, { channelId: 'CACME', threadTs: THREAD })).conversationId;
  };
  const save = (conversationId: string, change: Partial<PanelChange>, who = ana) =>
    savePanel(deps, who, { conversationId, addExpertise: [], removeExpertise: [], ...change });
  const panel = (conversationId: string) => panelOf(deps, ana, conversationId);
  const customers = async (conversationId: string) =>
    (await panel(conversationId)).customers.map(({ id }) => id).toSorted();
  const status = async (id: string) => (await panel(id)).status;
  const writes = (userId: string, threadTs = '') =>
    noteMessage(deps, {
      workspaceId: 'T1',
      channelId: 'CACME',
      threadTs,
      ts: `${deps.now().getTime() / 1000}.000200`,
      userId,
    });

  const left = async () => {
    const { conversationId, requestId } = await ask(deps);
    await join(deps, actor('UBEN'), { requestId });
    const ben = (await listSeats(deps.db, conversationId)).find(({ userId }) => userId === 'UBEN');
    await arrive(deps, 'T1', ben?.id ?? '');
    await leave(deps, actor('UBEN'), { conversationId });
  };

  describe('its customers', () => {
    beforeEach(async () => {
      await makePerson(deps.db, 'UOUT', { isOutsider: true });
      await makePerson(deps.db, 'UPIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UBEN', 'UGUS', 'UOUT', 'UPIA', 'UBECKON']);
    });

    it('can be guests and outsiders in a channel, and anybody but its agents in a thread', async () => {
      const options = async (conversationId: string, typed = '') =>
        (await customerOptions(deps, ana, { conversationId, typed })).map(({ id, kind }) => `${id} ${kind}`);
      const id = await opened();
      expect(await options(id)).toEqual(['UGUS guest', 'UOUT outsider']);
      expect(await options(id, ' GU')).toEqual(['UGUS guest']);
      expect(await options(await inThread('UGUS'))).toEqual(['UGUS guest', 'UOUT outsider', 'UPIA colleague']);
      await expect(customerOptions(deps, actor('UPIA'), { conversationId: id, typed: '' })).rejects.toMatchObject({
        code: 'not_allowed',
      });
    });

    it('are searched among those who are known where Slack does not say who is there', async () => {
      const conversationId = await opened();
      deps.slack.silent.add('members');
      const found = await customerOptions(deps, ana, { conversationId, typed: 'ou' });
      expect(found.map(({ id }) => id)).toEqual(['UOUT']);
    });

    it('are put in and taken out, and what others did meanwhile stays', async () => {
      const id = await opened();
      expect(await customers(id)).toEqual(['UGUS', 'UOUT']);
      await makePerson(deps.db, 'UNEW', { isGuest: true });
      await save(id, customersChange(['UNEW']));
      await save(id, customersChange([], ['UGUS']), actor('UBEN'));
      expect(await customers(id)).toEqual(['UNEW', 'UOUT']);
      expect(await currentCustomers(deps, ana, { conversationId: id, typed: 'n' })).toEqual([
        { id: 'UNEW', name: 'New' },
      ]);
    });

    it('stay out once taken out, whatever they write, until they are put in again', async () => {
      const id = await opened();
      await save(id, customersChange([], ['UGUS']));
      await setStatus(deps.db, 'T1', id, 'waiting');
      deps.clock.advance({ minutes: 1 });
      await writes('UGUS');
      expect(await customers(id)).toEqual(['UOUT']);
      expect(await status(id)).toBe('waiting');
      await save(id, customersChange(['UGUS']));
      await writes('UGUS');
      expect(await customers(id)).toEqual(['UGUS', 'UOUT']);
      expect(await status(id)).toBe('in_progress');
    });

    it.each([
      ['a colleague in a channel', 'UPIA', ''],
      ['somebody who is in it as agent', 'UANA', THREAD],
      ['an agent of its desk', 'UBEN', THREAD],
    ])('cannot be %s, who is named', async (_rule, userId, threadTs) => {
      const id = threadTs === '' ? await opened() : await inThread('UGUS');
      await expect(save(id, { ...customersChange([userId]), note: { was: '', is: 'Lost?' } })).rejects.toMatchObject({
        code: 'invalid',
        field: 'customers',
        message: expect.stringContaining(person(userId).name),
      });
      expect(await panel(id)).toMatchObject({ note: '' });
    });

    it('show a colleague who asks in a thread', async () => {
      expect(await customers(await inThread('UPIA'))).toEqual(['UPIA']);
    });
  });

  describe('its desk', () => {
    beforeEach(async () => {
      await makeDesk(deps.db, 'Billing', { helpChannelId: 'CBILL' });
      deps.slack.facts.channels.set('CBILL', channel('CBILL'));
      deps.slack.facts.members.set('CBILL', ['UDAN']);
    });

    it('is changed by an agent; of two who change it at once the second keeps the first one’s and reads so', async () => {
      await makeDesk(deps.db, 'Sales');
      const id = await opened();
      const { version } = await panel(id);
      expect(await save(id, toBilling(version))).toEqual({ deskStayed: false, deskName: 'Billing' });
      expect(await save(id, { version, desk: { from: 'support', to: 'sales' } }, actor('UBEN'))).toEqual({
        deskStayed: true,
        deskName: 'Billing',
      });
      expect(await panel(id)).toMatchObject({ deskId: 'billing', deskName: 'Billing' });
    });

    it('cannot become one that was archived meanwhile', async () => {
      await makeAdministrator(deps.db, 'UROOT');
      const id = await opened();
      await archiveDesk(deps, actor('UROOT'), { deskId: 'billing' });
      await expect(save(id, toBilling(1))).rejects.toMatchObject({ code: 'gone', field: 'desk' });
      expect(await panel(id)).toMatchObject({ deskId: 'support' });
    });

    it('takes what looks for help with it: card, first round and fallback are the new desk’s, nobody is called twice', async () => {
      await makeExpert(deps, 'UDAN', { desks: ['billing'] });
      await makeAgent(deps.db, 'UFAY', { desks: ['billing'] });
      await transaction(deps.db, (trx) => updateDesk(trx, 'T1', 'billing', { fallbackId: 'UFAY' }));
      deps.slack.facts.presence.set('UDAN', 'away');
      const { conversationId, requestId, called } = await ask(deps);
      expect(called).toEqual(['UBEN', 'UCLEO']);
      deps.slack.facts.presence.set('UDAN', 'active');
      deps.clock.advance({ minutes: 2 });
      await save(conversationId, toBilling(99));
      const moved = await findRequest(deps.db, 'T1', requestId);
      expect(moved).toMatchObject({ state: 'open', cardChannelId: 'CBILL', cardTs: '', round: 0 });
      const [timer] = await deps.db('timers').where({ subject_id: requestId }).select<{ due_at: string }[]>('due_at');
      expect(timer?.due_at).toBe(deps.now().toISOString());
      await callNext(deps, 'T1', requestId);
      expect((await listCalls(deps.db, requestId)).map(({ userId }) => userId).toSorted()).toEqual([
        'UBEN',
        'UCLEO',
        'UDAN',
      ]);
      deps.clock.advance({ minutes: 5 });
      await callNext(deps, 'T1', requestId);
      expect((await findRequest(deps.db, 'T1', requestId))?.fallback).toMatchObject({ to: 'UFAY' });
    });

    it('leaves who is on the way in to come in, and calls nobody', async () => {
      const { conversationId, requestId } = await ask(deps);
      await join(deps, actor('UBEN'), { requestId });
      await deps.db('timers').delete();
      await save(conversationId, toBilling(99));
      expect(await deps.db('timers').select()).toEqual([]);
      const ben = (await listSeats(deps.db, conversationId)).find(({ userId }) => userId === 'UBEN');
      await arrive(deps, 'T1', ben?.id ?? '');
      expect((await findRequest(deps.db, 'T1', requestId))?.state).toBe('joined');
    });

    it('changes nothing and tells nobody where nothing looks for help', async () => {
      const id = await opened();
      await save(id, toBilling(1));
      expect(await noticesOf(deps.db)).toEqual([]);
    });
  });

  describe('who is in it and who was', () => {
    it('is told with how and when they came and left; whom Slack did not let in is not among them', async () => {
      const id = await opened();
      const start = deps.now().getTime();
      const after = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
      deps.clock.advance({ minutes: 1 });
      await invite(deps, ana, { conversationId: id, userIds: ['UBEN'] });
      const [, seat] = await listSeats(deps.db, id);
      deps.clock.advance({ minutes: 1 });
      await arrive(deps, 'T1', seat?.id ?? '');
      deps.clock.advance({ minutes: 3 });
      await leave(deps, ana, { conversationId: id });
      expect(await panel(id)).toMatchObject({
        agents: [{ userId: 'UBEN', cameBy: 'invited', invitedBy: 'UANA', cameAt: after(2), expertise: ['Billing'] }],
        history: [{ userId: 'UANA', cameBy: 'opened', cameAt: after(0), leftAt: after(5) }],
        isIn: false,
      });
      deps.clock.advance({ minutes: 1 });
      await closeByHand(deps, ana, { conversationId: id });
      expect((await panel(id)).history.map(({ userId, leftAt }) => [userId, leftAt])).toEqual([
        ['UBEN', after(6)],
        ['UANA', after(5)],
      ]);
    });
  });

  describe('who has just left by hand', () => {
    it('is not called back for a quarter of an hour, and is after that', async () => {
      await left();
      deps.clock.advance({ minutes: 14 });
      expect((await ask(deps)).called).toEqual(['UCLEO']);
      await deps.db('help_requests').update({ state: 'withdrawn', ended_at: deps.now().toISOString() });
      deps.clock.advance({ minutes: 1 });
      expect((await ask(deps)).called).toEqual(['UBEN', 'UCLEO']);
    });

    it('is as good as any other when the conversation was closed around them', async () => {
      const { conversationId, requestId } = await ask(deps);
      await join(deps, actor('UBEN'), { requestId });
      await closeByHand(deps, ana, { conversationId });
      expect((await ask(deps)).called).toEqual(['UBEN', 'UCLEO']);
    });
  });
});
