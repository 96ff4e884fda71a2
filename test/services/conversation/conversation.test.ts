import { beforeEach, describe, expect, it } from '@jest/globals';
import { channelLost, channelMoved, memberCame } from '../../../src/services/conversation/channel-events.ts';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { panelOf } from '../../../src/services/conversation/panel.ts';
import { savePanel, type PanelChange, type SavedPanel } from '../../../src/services/conversation/save-panel.ts';
import { setStatusByHand } from '../../../src/services/conversation/set-status.ts';
import { arrive } from '../../../src/services/help/arrive.ts';
import { join, joinAsWell } from '../../../src/services/help/join.ts';
import { findConversation, listCustomers } from '../../../src/store/conversations.ts';
import { findRequest } from '../../../src/store/help-requests.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { actor, ask, makeExpert, makeSupport, stampOf } from '../../support/help.ts';
import {
  channel,
  makeAdministrator,
  makeDesk,
  makeExpertise,
  makePerson,
  person,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = actor('UANA');
const ben = actor('UBEN');
const byId = (a: string, b: string): number => (a < b ? -1 : 1);

const save = (deps: TestDeps, conversationId: string, change: Partial<PanelChange>, who = ana): Promise<SavedPanel> =>
  savePanel(deps, who, { conversationId, addExpertise: [], removeExpertise: [], ...change });

describeOnBoth('a conversation', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const openIt = async (who = ana) => (await openConversation(deps, who, { channelId: 'CACME' })).conversationId;
  const find = (id: string) => findConversation(deps.db, 'T1', id);
  const row = (id: string) => deps.db('conversations').where({ id }).first<{ outcome: string; closed_by: string }>();
  const inIt = async (id: string) =>
    (await listSeats(deps.db, id)).filter(({ state }) => state === 'in').map(({ userId }) => userId);
  const write = (userId: string, threadTs = '') =>
    noteMessage(deps, { workspaceId: 'T1', channelId: 'CACME', threadTs, ts: stampOf(deps), userId });
  /** Presses Join and arrives. */
  const joins = async (who: typeof ana, requestId: string) => {
    await join(deps, who, { requestId });
    const seat = await deps.db('seats').where({ user_id: who.userId, state: 'arriving' }).first<{ id: string }>('id');
    await arrive(deps, 'T1', seat.id);
  };

  describe('is opened', () => {
    it('with the guests and outsiders of the channel as customers, by an agent who is then in it', async () => {
      deps.slack.facts.people.set('UOUT', person('UOUT', { isOutsider: true, name: 'Otto' }));
      deps.slack.facts.people.set('UBOT', person('UBOT', { isBot: true }));
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UOUT', 'UBOT']);
      const opened = await openConversation(deps, ana, { channelId: 'CACME' });
      expect(opened.customers.toSorted(byId)).toEqual(['Gus', 'Otto']);
      expect(await inIt(opened.conversationId)).toEqual(['UANA']);
      expect(await find(opened.conversationId)).toMatchObject({
        status: 'in_progress',
        threadTs: '',
        closedAt: undefined,
      });
      expect(await noticesOf(deps.db)).toEqual([]);
    });

    it('by a full member who is no agent, and then nobody is in it', async () => {
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      expect(await inIt(await openIt(actor('UMIA')))).toEqual([]);
    });

    it('by no full member who is neither agent nor in the channel', async () => {
      await makePerson(deps.db, 'UMIA');
      await expect(openIt(actor('UMIA'))).rejects.toMatchObject({ code: 'not_allowed' });
    });

    it('for the opener’s only desk, else for the default', async () => {
      await makeDesk(deps.db, 'Far');
      await makeExpert(deps, 'UFAR', { desks: ['far'] });
      expect((await find(await openIt(actor('UFAR'))))?.deskId).toBe('far');
      await deps.db('conversations').update({ closed_at: 'x' });
      await makeAdministrator(deps.db, 'UROOT');
      expect((await find(await openIt(actor('UROOT'))))?.deskId).toBe('support');
    });

    it('once in a place, also by three at the same moment', async () => {
      const results = await Promise.allSettled([openIt(ana), openIt(ben), openIt(actor('UCLEO'))]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(refused).toMatchObject([{ code: 'already' }, { code: 'already' }]);
      expect(await deps.db('conversations').pluck('channel_id')).toEqual(['CACME']);
      expect((await deps.db('seats').pluck('user_id')).length).toBe(1);
    });

    it('not by customers, and nothing is half done', async () => {
      await expect(openIt(actor('UGUS'))).rejects.toMatchObject({ code: 'not_allowed' });
      expect(await deps.db('conversations').select()).toEqual([]);
      expect(deps.slack.asked).toEqual([]);
    });
  });

  describe('is closed', () => {
    it.each<[string, (id: string) => Promise<void>, string]>([
      ['success, when its agent wrote', () => write('UANA'), 'success'],
      ['never answered, when its agent did not', () => write('UGUS'), 'never_answered'],
      ['escalated, when a second agent came', async () => joins(ben, (await ask(deps)).requestId), 'escalated'],
      [
        'never answered, when the second never arrived',
        async (id) => void (await joinAsWell(deps, ben, { conversationId: id })),
        'never_answered',
      ],
    ])('as %s', async (_rule, happens, outcome) => {
      const id = await openIt();
      await happens(id);
      await closeByHand(deps, ana, { conversationId: id });
      expect(await row(id)).toMatchObject({ outcome, closed_by: 'UANA', status: '' });
    });

    it('as no agent, when nobody was ever in it', async () => {
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      const id = await openIt(actor('UMIA'));
      await closeByHand(deps, ana, { conversationId: id });
      expect(await row(id)).toMatchObject({ outcome: 'no_agent' });
    });

    it('with everything that hangs on it: seats are free, help is over, nothing is due', async () => {
      const { conversationId, requestId } = await ask(deps);
      await deps.db('notices').delete();
      await closeByHand(deps, ana, { conversationId });
      expect(await inIt(conversationId)).toEqual([]);
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'closed' });
      expect(await deps.db('timers').select()).toEqual([]);
      expect((await noticesOf(deps.db)).map(({ kind }) => kind)).toEqual(['help.card', 'help.over']);
    });

    it('once, and by agents only', async () => {
      const id = await openIt();
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      await expect(closeByHand(deps, actor('UMIA'), { conversationId: id })).rejects.toMatchObject({
        code: 'not_allowed',
      });
      const results = await Promise.allSettled([1, 2, 3].map(() => closeByHand(deps, ana, { conversationId: id })));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(closeByHand(deps, ana, { conversationId: id })).rejects.toMatchObject({ code: 'gone' });
      await expect(closeByHand(deps, ana, { conversationId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
    });

    it('as lost when its channel is archived or Beckon is removed from it', async () => {
      const { conversationId, requestId } = await ask(deps);
      await channelLost(deps, 'T2', 'CACME');
      expect((await find(conversationId))?.status).toBe('looking_for_help');
      await channelLost(deps, 'T1', 'CACME');
      expect(await row(conversationId)).toMatchObject({ outcome: 'lost', closed_by: '' });
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'closed' });
      await openIt();
    });
  });

  describe('has a status', () => {
    it('set by hand, which tells the customer nothing', async () => {
      const conversationId = await openIt();
      expect(await setStatusByHand(deps, ana, { conversationId, status: 'waiting' })).toBe(true);
      expect(await setStatusByHand(deps, ana, { conversationId, status: 'waiting' })).toBe(false);
      expect((await find(conversationId))?.status).toBe('waiting');
      expect(await noticesOf(deps.db)).toEqual([]);
    });

    it('that withdraws the request for help when it is left by hand', async () => {
      const { conversationId, requestId } = await ask(deps);
      await setStatusByHand(deps, ben, { conversationId, status: 'in_progress' });
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'withdrawn' });
      expect(await deps.db('timers').select()).toEqual([]);
      await expect(join(deps, ben, { requestId })).rejects.toMatchObject({ code: 'gone' });
    });

    it('only agents set, of their workspace, while it is open', async () => {
      const conversationId = await openIt();
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      const set = (who: typeof ana) => setStatusByHand(deps, who, { conversationId, status: 'waiting' });
      await expect(set(actor('UMIA'))).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(set(actor('UGUS'))).rejects.toMatchObject({ code: 'not_allowed' });
      await closeByHand(deps, ana, { conversationId });
      await expect(set(ana)).rejects.toMatchObject({ code: 'gone' });
    });

    it('that goes from waiting to in progress on the customer’s word only', async () => {
      const conversationId = await openIt();
      await setStatusByHand(deps, ana, { conversationId, status: 'waiting' });
      for (const userId of ['UANA', 'UBEN']) await write(userId);
      await expect(write('UNEVERMET')).rejects.toMatchObject({ code: 'unavailable' });
      expect((await find(conversationId))?.status).toBe('waiting');
      await write('UGUS');
      expect((await find(conversationId))?.status).toBe('in_progress');
    });

    it('that a customer’s word in a thread without a conversation of its own changes as well', async () => {
      const conversationId = await openIt();
      await setStatusByHand(deps, ana, { conversationId, status: 'waiting' });
      await write('UGUS', '55.5');
      expect((await find(conversationId))?.status).toBe('in_progress');
    });

    it('that a customer’s word does not end while help is looked for', async () => {
      const { conversationId } = await ask(deps);
      await write('UGUS');
      expect((await find(conversationId))?.status).toBe('looking_for_help');
    });
  });

  describe('that somebody writes in', () => {
    it('gets them as agent, once, and no customer is told', async () => {
      const id = await openIt();
      await write('UBEN');
      await write('UBEN');
      expect((await inIt(id)).toSorted(byId)).toEqual(['UANA', 'UBEN']);
      expect((await listSeats(deps.db, id)).find(({ userId }) => userId === 'UBEN')).toMatchObject({ cameBy: 'wrote' });
      expect((await noticesOf(deps.db)).map(({ kind }) => kind)).not.toContain('customer.joined');
    });

    it('does not get a full member who is no agent', async () => {
      const id = await openIt();
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      await write('UMIA');
      expect(await inIt(id)).toEqual(['UANA']);
    });

    it('has found its help when an agent does, but not when the asker does', async () => {
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      const { conversationId, requestId } = await ask(deps, {}, 'UMIA');
      await write('UMIA');
      expect((await find(conversationId))?.status).toBe('looking_for_help');
      await deps.db('notices').delete();
      await write('UBEN');
      expect((await find(conversationId))?.status).toBe('in_progress');
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ state: 'joined' });
      expect((await noticesOf(deps.db)).map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['help.card', 'help.over']),
      );
      expect(await deps.db('timers').where({ kind: 'help.round' })).toEqual([]);
    });

    it('has a new customer when a guest does who was not there before', async () => {
      const id = await openIt();
      deps.slack.facts.people.set('UNEW', person('UNEW', { isGuest: true }));
      await write('UNEW');
      expect((await listCustomers(deps.db, [id])).get(id)).toEqual(['UGUS', 'UNEW']);
    });

    it('has a new customer when a guest comes into the channel, and none when a colleague does', async () => {
      const id = await openIt();
      deps.slack.facts.people.set('UNEW', person('UNEW', { isOutsider: true }));
      await memberCame(deps, 'T1', 'CACME', 'UNEW');
      await memberCame(deps, 'T1', 'CACME', 'UBEN');
      await memberCame(deps, 'T1', 'CELSEWHERE', 'UNEW');
      expect((await listCustomers(deps.db, [id])).get(id)).toEqual(['UGUS', 'UNEW']);
    });
  });

  it('follows its channel to another id, with the help channel and its card', async () => {
    const { conversationId, requestId } = await ask(deps);
    await channelMoved(deps, 'T2', 'CACME', 'CWRONG');
    await channelMoved(deps, 'T1', 'CACME', 'CNEW');
    await channelMoved(deps, 'T1', 'CHELP', 'CHELPNEW');
    expect((await find(conversationId))?.channelId).toBe('CNEW');
    expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ cardChannelId: 'CHELPNEW' });
    expect(await deps.db('desks').pluck('help_channel_id')).toEqual(['CHELPNEW']);
    deps.slack.facts.channels.set('CNEW', channel('CNEW'));
    await expect(openConversation(deps, ana, { channelId: 'CNEW' })).rejects.toMatchObject({ code: 'already' });
  });

  describe('has an information panel', () => {
    it('that shows customers, who is in it with what they know, and the request', async () => {
      const { conversationId, requestId } = await ask(deps, { note: 'Charged twice' });
      await join(deps, ben, { requestId });
      expect(await panelOf(deps, ben, conversationId)).toMatchObject({
        deskName: 'Support',
        channelId: 'CACME',
        customers: [{ id: 'UGUS', name: 'Gus' }],
        status: 'in_progress',
        note: '',
        expertise: [{ id: 'billing', name: 'Billing' }],
        request: undefined,
        isIn: true,
        agents: [
          { userId: 'UANA', arriving: false, expertise: [] },
          { userId: 'UBEN', arriving: true, expertise: ['Billing'] },
        ],
      });
      expect((await panelOf(deps, actor('UCLEO'), conversationId)).isIn).toBe(false);
    });

    it('for agents and administrators of the workspace only', async () => {
      const id = await openIt();
      await makePerson(deps.db, 'UMIA');
      deps.slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UMIA', 'UBECKON']);
      for (const userId of ['UMIA', 'UGUS']) {
        await expect(panelOf(deps, actor(userId), id)).rejects.toMatchObject({ code: 'not_allowed' });
      }
      await expect(panelOf(deps, ana, 'none')).rejects.toMatchObject({ code: 'not_found' });
    });

    it('that saves what one person changed and keeps what another did meanwhile', async () => {
      const id = await openIt();
      await makeExpertise(deps.db, 'Law');
      await save(deps, id, { note: { was: '', is: ' \u202EInvoice 17 ' }, addExpertise: ['billing'] });
      await save(deps, id, { addExpertise: ['law', 'gone'], removeExpertise: [] }, ben);
      await save(deps, id, { removeExpertise: ['billing'], status: 'waiting' });
      expect(await panelOf(deps, ana, id)).toMatchObject({
        note: 'Invoice 17',
        expertise: [{ id: 'law', name: 'Law' }],
        status: 'waiting',
      });
    });

    it('that loses no note when two people write one: the second reads the first', async () => {
      const id = await openIt();
      await save(deps, id, { note: { was: '', is: 'From Ana' } });
      await expect(save(deps, id, { note: { was: '', is: 'From Ben' }, status: 'waiting' }, ben)).rejects.toMatchObject(
        {
          code: 'conflict',
          field: 'note',
        },
      );
      expect(await find(id)).toMatchObject({ note: 'From Ana', status: 'in_progress' });
      await save(deps, id, { note: { was: '', is: 'From Ana' } }, ben);
    });

    it('that refuses a note that is too long, and nothing is half done', async () => {
      const id = await openIt();
      const saving = save(deps, id, { note: { was: '', is: 'x'.repeat(2001) }, status: 'waiting' });
      await expect(saving).rejects.toMatchObject({ code: 'invalid', field: 'note' });
      expect((await find(id))?.status).toBe('in_progress');
    });

    it('that withdraws help when the status is changed, but nothing from somebody on the way in', async () => {
      const first = await ask(deps);
      await save(deps, first.conversationId, { status: 'waiting' });
      expect(await findRequest(deps.db, 'T1', first.requestId)).toMatchObject({ state: 'withdrawn' });
      const second = await ask(deps);
      await join(deps, ben, { requestId: second.requestId });
      await save(deps, first.conversationId, { status: 'waiting' });
      expect(await findRequest(deps.db, 'T1', second.requestId)).toMatchObject({ state: 'claimed' });
    });
  });
});
