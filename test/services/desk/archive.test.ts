import { beforeEach, describe, expect, it } from '@jest/globals';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { archiveDesk, archiving, makeDefaultDesk } from '../../../src/services/desk/archive.ts';
import { editDesk, type DeskChange } from '../../../src/services/desk/edit.ts';
import { deskForm, deskList } from '../../../src/services/desk/list.ts';
import { newDesk } from '../../../src/services/desk/new.ts';
import { archivedDesks, restoreDesk } from '../../../src/services/desk/restore.ts';
import { findDesk } from '../../../src/store/desks.ts';
import { insertSupportChannel } from '../../../src/store/support-channels.ts';
import {
  channel,
  makeAdministrator,
  makeAgent,
  makeDesk,
  makePerson,
  makeWorkspace,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const root = { workspaceId: 'T1', userId: 'UROOT' };
const ana = { workspaceId: 'T1', userId: 'UANA' };

describeOnBoth('a desk', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeDesk(deps.db);
    await makeDesk(deps.db, 'Billing');
    await makeAdministrator(deps.db, 'UROOT');
    await makeAgent(deps.db, 'UANA', { desks: ['billing'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    deps.slack.facts.channels.set('C1', channel('C1'));
    deps.slack.facts.members.set('C1', ['UANA', 'UGUS']);
  });

  const edit = (change: Partial<DeskChange>) =>
    editDesk(deps, root, {
      deskId: 'billing',
      version: 1,
      agents: { add: [], remove: [] },
      shown: ['UANA'],
      ...change,
    });
  const restore = (name = 'Billing') => restoreDesk(deps, root, { deskId: 'billing', name });
  const busy = async (): Promise<void> => {
    await openConversation(deps, ana, { channelId: 'C1' });
    const own = { workspaceId: 'T1', channelId: 'C2', channelName: 'c2', mode: 'threads' } as const;
    await insertSupportChannel(deps.db, { ...own, deskId: 'billing' });
  };
  const names = async (): Promise<string[]> => (await deskList(deps, root)).map(({ name }) => name);

  describe('has rules', () => {
    it('that begin with nobody to fall back to and seven days each', async () => {
      await newDesk(deps, root, { name: 'New', helpChannelId: '', agents: [], answerMinutes: 5 });
      expect(await deps.db('desks').where({ name: 'New' }).first()).toMatchObject({
        fallback_id: '',
        reopen_days: 7,
        quiet_days: 7,
      });
    });

    it('that can be changed, and keep what somebody else changed meanwhile', async () => {
      await edit({
        fallbackId: { from: '', to: 'UROOT' },
        reopenDays: { from: 7, to: 0 },
        quietDays: { from: 7, to: 30 },
      });
      const rules = { fallbackId: 'UROOT', reopenDays: 0, quietDays: 30 };
      expect((await deskForm(deps, root, 'billing')).desk).toMatchObject(rules);
      const late = await edit({ reopenDays: { from: 7, to: 14 } });
      expect(late).toMatchObject({ stayed: ['reopenDays'], changedMeanwhile: true });
      expect((await deskForm(deps, root, 'billing')).desk).toMatchObject(rules);
    });

    it('for handing out conversations, of which nothing is lost either', async () => {
      expect((await deskForm(deps, root, 'billing')).desk).toMatchObject({
        selectionOrder: 'expertise_first',
        capacity: 0,
        noHuddles: false,
        forwardsNew: false,
        sentence: 'We are finding the right person and will answer here.',
      });
      await edit({
        selectionOrder: { from: 'expertise_first', to: 'language_first' },
        capacity: { from: 0, to: 3 },
        noHuddles: { from: false, to: true },
        forwardsNew: { from: false, to: true },
        sentence: { from: 'We are finding the right person and will answer here.', to: '  One\nmoment,   please. ' },
      });
      const rules = { selectionOrder: 'language_first', capacity: 3, noHuddles: true, forwardsNew: true } as const;
      const kept = { ...rules, sentence: 'One moment, please.' };
      expect((await deskForm(deps, root, 'billing')).desk).toMatchObject(kept);
      const late = await edit({ capacity: { from: 0, to: 9 }, noHuddles: { from: false, to: true } });
      expect(late).toMatchObject({ stayed: ['capacity'] });
      await edit({ version: 2, sentence: { from: kept.sentence, to: '' } });
      expect((await deskForm(deps, root, 'billing')).desk).toMatchObject({ ...rules, sentence: '' });
      await newDesk(deps, root, { name: 'Third', helpChannelId: '', agents: [], answerMinutes: 5, ...kept });
      expect(await deps.db('desks').where({ name: 'Third' }).first()).toMatchObject({
        selection_order: 'language_first',
        capacity: 3,
        no_huddles: 1,
        forwards_new: 1,
        sentence: kept.sentence,
      });
    });

    it.each([
      ['a guest to fall back to', { fallbackId: { from: '', to: 'UGUS' } }, 'fallback'],
      ['91 days', { reopenDays: { from: 7, to: 91 } }, 'reopen_days'],
      ['half a day', { quietDays: { from: 7, to: 0.5 } }, 'quiet_days'],
      ['no number', { quietDays: { from: 7, to: Number.NaN } }, 'quiet_days'],
      ['101 conversations', { capacity: { from: 0, to: 101 } }, 'capacity'],
      ['a sentence of 301 letters', { sentence: { from: '', to: 'x'.repeat(301) } }, 'sentence'],
    ])('but not %s', async (_what, change, field) => {
      await expect(edit(change)).rejects.toMatchObject({ code: 'invalid', field });
    });
  });

  describe('is archived', () => {
    it('with nobody on it, out of every list, and its name is free', async () => {
      await archiveDesk(deps, root, { deskId: 'billing' });
      expect(await names()).toEqual(['Support']);
      expect(await deps.db('desk_agents').select()).toEqual([]);
      await newDesk(deps, root, { name: 'billing', helpChannelId: '', agents: [], answerMinutes: 5 });
      expect(await names()).toEqual(['Support', 'billing']);
    });

    it('only when another takes over what is open', async () => {
      await busy();
      expect(await archiving(deps, root, 'billing')).toMatchObject({
        conversations: 1,
        channels: 1,
        agents: 1,
        others: [{ id: 'support' }],
      });
      for (const takenOverBy of [undefined, 'billing', 'nowhere']) {
        const refused = archiveDesk(deps, root, { deskId: 'billing', takenOverBy });
        await expect(refused).rejects.toMatchObject({ code: 'conflict', field: 'desk' });
      }
      expect(await findDesk(deps.db, 'T1', 'billing')).toMatchObject({ isArchived: false });
      await archiveDesk(deps, root, { deskId: 'billing', takenOverBy: 'support' });
      expect(await deps.db('conversations').first()).toMatchObject({ desk_id: 'support', closed_at: null });
      expect(await deps.db('support_channels').first()).toMatchObject({ desk_id: 'support' });
    });

    it('without taking its conversations from who is in them', async () => {
      await busy();
      await archiveDesk(deps, root, { deskId: 'billing', takenOverBy: 'support' });
      expect(await deps.db('seats').first()).toMatchObject({ user_id: 'UANA', state: 'in' });
    });

    it('never while it is the default', async () => {
      await expect(archiving(deps, root, 'support')).rejects.toMatchObject({ code: 'invalid' });
      await expect(archiveDesk(deps, root, { deskId: 'support' })).rejects.toMatchObject({ code: 'invalid' });
      await makeDefaultDesk(deps, root, 'billing');
      await archiveDesk(deps, root, { deskId: 'support' });
      expect(await names()).toEqual(['Billing']);
    });

    it('once, and then there is nothing to edit, save or make the default', async () => {
      await archiveDesk(deps, root, { deskId: 'billing' });
      for (const act of [
        () => archiveDesk(deps, root, { deskId: 'billing' }),
        () => archiving(deps, root, 'billing'),
        () => deskForm(deps, root, 'billing'),
        () => makeDefaultDesk(deps, root, 'billing'),
        () => edit({ name: { from: 'Billing', to: 'Money' } }),
      ]) {
        await expect(act()).rejects.toMatchObject({ code: 'gone' });
      }
    });
  });

  describe('is restored', () => {
    beforeEach(async () => {
      await edit({ reopenDays: { from: 7, to: 3 } });
      await archiveDesk(deps, root, { deskId: 'billing' });
    });

    it('with its rules, its name and nobody on it', async () => {
      expect(await archivedDesks(deps, root)).toMatchObject([{ id: 'billing', name: 'Billing' }]);
      expect(await restore()).toMatchObject({ desk: { name: 'Billing', reopenDays: 3 }, lostHelpChannel: undefined });
      expect(await names()).toEqual(['Support', 'Billing']);
      expect(await archivedDesks(deps, root)).toEqual([]);
      expect(await deps.db('desk_agents').select()).toEqual([]);
    });

    it('under another name when a desk has its own by now', async () => {
      await newDesk(deps, root, { name: 'billing', helpChannelId: '', agents: [], answerMinutes: 5 });
      await expect(restore()).rejects.toMatchObject({ code: 'duplicate', field: 'name' });
      await expect(restore('  ')).rejects.toMatchObject({ code: 'invalid', field: 'name' });
      await restore('Old billing');
      expect(await names()).toEqual(['Support', 'billing', 'Old billing']);
    });

    it('with its help channel while that is safe, and without it where customers read it by now', async () => {
      await deps.db('desks').where({ id: 'billing' }).update({ help_channel_id: 'CHELP' });
      deps.slack.facts.channels.set('CHELP', channel('CHELP'));
      deps.slack.facts.members.set('CHELP', ['UANA']);
      expect(await restore()).toMatchObject({ desk: { helpChannelId: 'CHELP' } });
      await archiveDesk(deps, root, { deskId: 'billing' });
      deps.slack.facts.members.set('CHELP', ['UANA', 'UGUS']);
      const restored = await restore();
      expect(restored).toMatchObject({ desk: { helpChannelId: '' } });
      expect(restored.lostHelpChannel).toContain('Gus would read every request for help');
    });

    it('once, by an administrator', async () => {
      await expect(restoreDesk(deps, ana, { deskId: 'billing', name: 'Billing' })).rejects.toMatchObject({
        code: 'not_allowed',
      });
      await restore();
      await expect(restore()).rejects.toMatchObject({ code: 'gone' });
    });
  });

  it('can be made the default, in place of the one that was', async () => {
    await makeDefaultDesk(deps, root, 'billing');
    expect((await deskList(deps, root)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['Billing', true],
      ['Support', false],
    ]);
    await expect(makeDefaultDesk(deps, root, 'billing')).rejects.toMatchObject({ code: 'already' });
  });

  it('is an administrator’s to archive', async () => {
    for (const act of [
      () => archiveDesk(deps, ana, { deskId: 'billing' }),
      () => archiving(deps, ana, 'billing'),
      () => makeDefaultDesk(deps, ana, 'billing'),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'not_allowed' });
    }
  });
});
