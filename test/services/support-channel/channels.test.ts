import { beforeEach, describe, expect, it } from '@jest/globals';
import { channelMoved, channelRenamed } from '../../../src/services/conversation/channel-events.ts';
import { desksToChoose } from '../../../src/services/conversation/desk-for.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { editDesk } from '../../../src/services/desk/edit.ts';
import { askForHelp } from '../../../src/services/help/ask.ts';
import { askForm } from '../../../src/services/help/ask-form.ts';
import { addSupportChannel, type NewChannel } from '../../../src/services/support-channel/add.ts';
import { editSupportChannel, removeSupportChannel } from '../../../src/services/support-channel/edit.ts';
import { channelForm, CHANNELS_A_PAGE, supportChannels } from '../../../src/services/support-channel/list.ts';
import type { ChannelFacts } from '../../../src/services/deps.ts';
import { findSupportChannel, insertSupportChannel } from '../../../src/store/support-channels.ts';
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

describeOnBoth('support channels', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeDesk(deps.db);
    await makeDesk(deps.db, 'Billing');
    await makeAdministrator(deps.db, 'UROOT');
    await makeAgent(deps.db, 'UANA', { desks: ['support', 'billing'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    slackHas('C1');
  });

  const slackHas = (id: string, facts: Partial<ChannelFacts> = {}): void => {
    deps.slack.facts.channels.set(id, channel(id, facts));
    deps.slack.facts.members.set(id, ['UANA', 'UGUS']);
  };
  const add = (input: Partial<NewChannel> = {}) =>
    addSupportChannel(deps, root, { channelId: 'C1', deskId: 'billing', mode: 'threads', ...input });
  const deskOf = async () => (await deps.db('conversations').first<{ desk_id: string }>()).desk_id;
  const bound = () => findSupportChannel(deps.db, 'T1', 'C1');

  it('are added with a desk and a mode, listed by name, edited and removed', async () => {
    await add();
    expect((await supportChannels(deps, root)).channels).toEqual([
      { channelId: 'C1', channelName: 'c1', deskName: 'Billing', mode: 'threads' },
    ]);
    expect((await channelForm(deps, root, 'C1')).desks.map(({ name }) => name)).toEqual(['Support', 'Billing']);
    const change = { channelId: 'C1', version: 1, mode: { from: 'threads', to: 'conversation' } } as const;
    expect(await editSupportChannel(deps, root, change)).toMatchObject({ stayed: [], changedMeanwhile: false });
    expect(await bound()).toMatchObject({ deskId: 'billing', mode: 'conversation', version: 2 });
    await removeSupportChannel(deps, root, 'C1');
    expect(await bound()).toBeUndefined();
    await expect(removeSupportChannel(deps, root, 'C1')).rejects.toMatchObject({ code: 'gone' });
    await expect(editSupportChannel(deps, root, change)).rejects.toMatchObject({ code: 'gone' });
  });

  it('are for administrators', async () => {
    const input = { channelId: 'C1', deskId: 'billing', mode: 'threads' } as const;
    for (const act of [
      () => supportChannels(deps, ana),
      () => channelForm(deps, ana, undefined),
      () => addSupportChannel(deps, ana, input),
      () => editSupportChannel(deps, ana, { channelId: 'C1', version: 1 }),
      () => removeSupportChannel(deps, ana, 'C1'),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'not_allowed' });
    }
  });

  it.each<[string, Partial<ChannelFacts>, RegExp]>([
    ['a direct message', { kind: 'direct' }, /direct or group message/],
    ['an archived channel', { isArchived: true }, /is archived/],
    ['a channel Beckon is not in', { isMember: false }, /\/invite @Beckon/],
  ])('cannot be %s', async (_what, facts, reason) => {
    slackHas('C1', facts);
    await expect(add()).rejects.toMatchObject({ field: 'channel', message: expect.stringMatching(reason) });
    expect(await bound()).toBeUndefined();
  });

  it('cannot be a desk’s help channel, nor become one', async () => {
    await deps.db('desks').where({ id: 'support' }).update({ help_channel_id: 'C1' });
    await expect(add()).rejects.toMatchObject({ message: expect.stringContaining('help channel of “Support”') });
    await deps.db('desks').update({ help_channel_id: '' });
    await add();
    const help = { helpChannelId: { from: '', to: 'C1' }, agents: { add: [], remove: [] } };
    await expect(editDesk(deps, root, { deskId: 'support', version: 1, ...help })).rejects.toMatchObject({
      field: 'help_channel',
      message: expect.stringContaining('where customers write'),
    });
  });

  it('belong to one desk only', async () => {
    await add();
    await expect(add({ deskId: 'support' })).rejects.toMatchObject({ code: 'duplicate', field: 'channel' });
    await deps.db('desks').where({ id: 'support' }).update({ is_archived: 1 });
    slackHas('C2');
    await expect(add({ channelId: 'C2', deskId: 'support' })).rejects.toMatchObject({ code: 'gone', field: 'desk' });
  });

  it('keep what somebody else changed while the form was open', async () => {
    await add();
    await editSupportChannel(deps, root, { channelId: 'C1', version: 1, mode: { from: 'threads', to: 'by_hand' } });
    const mine = { deskId: { from: 'billing', to: 'support' }, mode: { from: 'threads', to: 'conversation' } } as const;
    expect(await editSupportChannel(deps, root, { channelId: 'C1', version: 1, ...mine })).toEqual({
      channelId: 'C1',
      stayed: ['mode'],
      changedMeanwhile: true,
    });
    expect(await bound()).toMatchObject({ deskId: 'support', mode: 'by_hand' });
  });

  it('are listed forty a page', async () => {
    for (let n = 0; n < CHANNELS_A_PAGE + 5; n += 1) {
      const id = `C${String(n).padStart(3, '0')}`;
      const row = { workspaceId: 'T1', channelId: id, deskId: 'support', channelName: id, mode: 'by_hand' } as const;
      await insertSupportChannel(deps.db, row);
    }
    expect(await supportChannels(deps, root)).toMatchObject({ page: 0, more: 5 });
    expect((await supportChannels(deps, root, 1)).channels).toHaveLength(5);
    expect(await supportChannels(deps, root, 7)).toMatchObject({ page: 1, more: 0 });
  });

  it('follow the channel to its new name and its new id', async () => {
    await add();
    await channelRenamed(deps, 'T1', 'C1', 'acme');
    await insertSupportChannel(deps.db, {
      workspaceId: 'T1',
      channelId: 'C9',
      deskId: 'support',
      channelName: '',
      mode: 'by_hand',
    });
    await channelMoved(deps, 'T1', 'C1', 'C9');
    expect(await bound()).toBeUndefined();
    expect(await findSupportChannel(deps.db, 'T1', 'C9')).toMatchObject({
      deskId: 'billing',
      channelName: 'acme',
      mode: 'threads',
    });
  });

  describe('decide the desk of a conversation', () => {
    it('whoever opens it', async () => {
      await add();
      await makeAgent(deps.db, 'UBEN', { desks: ['support'] });
      await openConversation(deps, { workspaceId: 'T1', userId: 'UBEN' }, { channelId: 'C1' });
      expect(await deskOf()).toBe('billing');
    });

    it('whoever asks for help', async () => {
      await add();
      expect((await askForm(deps, ana, { channelId: 'C1' })).desks).toEqual([]);
      const asked = await askForHelp(deps, ana, { channelId: 'C1', expertiseIds: [], note: '' });
      expect([asked.deskName, await deskOf()]).toEqual(['Billing', 'billing']);
    });

    it('and where there is none, somebody on several desks is asked, and the channel keeps the answer', async () => {
      const asked = [
        { id: 'support', name: 'Support' },
        { id: 'billing', name: 'Billing' },
      ];
      expect(await desksToChoose(deps, ana, 'C1')).toEqual(asked);
      expect((await askForm(deps, ana, { channelId: 'C1' })).desks).toEqual(asked);
      await openConversation(deps, ana, { channelId: 'C1', deskId: 'billing' });
      expect(await deskOf()).toBe('billing');
      expect(await bound()).toMatchObject({ deskId: 'billing', channelName: 'c1', mode: 'by_hand' });
      expect(await desksToChoose(deps, ana, 'C1')).toEqual([]);
    });

    it('the same when asking for help opens it', async () => {
      await askForHelp(deps, ana, { channelId: 'C1', expertiseIds: [], note: '', deskId: 'billing' });
      expect(await deskOf()).toBe('billing');
      expect(await bound()).toMatchObject({ deskId: 'billing', mode: 'by_hand' });
    });

    it('but nobody on one desk or none is asked, and nothing is kept', async () => {
      await makeAgent(deps.db, 'UBEN', { desks: ['billing'] });
      expect(await desksToChoose(deps, { workspaceId: 'T1', userId: 'UBEN' }, 'C1')).toEqual([]);
      expect(await desksToChoose(deps, root, 'C1')).toEqual([]);
      await openConversation(deps, { workspaceId: 'T1', userId: 'UBEN' }, { channelId: 'C1' });
      expect(await deskOf()).toBe('billing');
      expect(await bound()).toBeUndefined();
    });

    it('never one that was archived meanwhile', async () => {
      await deps.db('desks').where({ id: 'billing' }).update({ is_archived: 1 });
      const opening = openConversation(deps, ana, { channelId: 'C1', deskId: 'billing' });
      await expect(opening).rejects.toMatchObject({ code: 'gone', field: 'desk' });
    });
  });
});
