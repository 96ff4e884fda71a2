import { beforeEach, describe, expect, it } from '@jest/globals';
import { addedToChannel } from '../../../src/services/conversation/added.ts';
import { memberCame } from '../../../src/services/conversation/channel-events.ts';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { savePanel } from '../../../src/services/conversation/save-panel.ts';
import { setStatusByHand } from '../../../src/services/conversation/set-status.ts';
import { insertSupportChannel } from '../../../src/store/support-channels.ts';
import { actor, ask, makeSupport, stampOf } from '../../support/help.ts';
import { person, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const ana = actor('UANA');
const HERE = { workspaceId: 'T1', channelId: 'CACME' };

describeOnBoth('what Slack tells late', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const opened = async (): Promise<string> =>
    (await openConversation(deps, ana, { channelId: 'CACME' })).conversationId;
  const writes = (userId: string, ts: string, threadTs = '') => noteMessage(deps, { ...HERE, threadTs, ts, userId });
  const conversation = () => deps.db('conversations').first<{ status: string; closed_at: string | null }>();
  const inIt = () => deps.db('seats').whereNull('left_at').orderBy('user_id').pluck('user_id');
  const customers = () => deps.db('conversation_customers').orderBy('user_id').pluck('user_id');
  const minute = () => deps.clock.advance({ minutes: 1 });

  it.each<[string, (conversationId: string) => Promise<unknown>]>([
    ['by command', (conversationId) => setStatusByHand(deps, ana, { conversationId, status: 'waiting' })],
    [
      'in the panel',
      (conversationId) =>
        savePanel(deps, ana, { conversationId, status: 'waiting', addExpertise: [], removeExpertise: [] }),
    ],
  ])(
    'a customer’s word from before it was set to wait (%s) does not end that; one from after does',
    async (_how, wait) => {
      const conversationId = await opened();
      const before = stampOf(deps);
      minute();
      await wait(conversationId);
      await writes('UGUS', before);
      expect(await conversation()).toMatchObject({ status: 'waiting' });
      await writes('UGUS', stampOf(deps, -2));
      expect(await conversation()).toMatchObject({ status: 'in_progress' });
    },
  );

  it('a colleague’s word from before the conversation is no part of it', async () => {
    const before = stampOf(deps);
    minute();
    await opened();
    await writes('UBEN', before);
    expect(await inIt()).toEqual(['UANA']);
  });

  it('a colleague’s word from before help was asked for makes them part of it, and is not the help that comes', async () => {
    await opened();
    const before = stampOf(deps);
    const at = deps.now();
    minute();
    await ask(deps);
    await writes('UBEN', before);
    await addedToChannel(deps, { ...HERE, userId: 'UCLEO', inviterId: '', at });
    expect(await inIt()).toEqual(['UANA', 'UBEN', 'UCLEO']);
    expect(await conversation()).toMatchObject({ status: 'looking_for_help' });
  });

  it('a customer’s word from before the closing opens nothing again', async () => {
    await insertSupportChannel(deps.db, {
      ...HERE,
      channelName: 'acme',
      deskId: 'support',
      mode: 'conversation',
    });
    const conversationId = await opened();
    const before = stampOf(deps);
    minute();
    await closeByHand(deps, ana, { conversationId });
    await writes('UGUS', before);
    expect(await deps.db('conversations').whereNull('closed_at')).toEqual([]);
    await writes('UGUS', stampOf(deps));
    expect(await deps.db('conversations').whereNull('closed_at')).toHaveLength(1);
  });

  it('nor does one in a thread', async () => {
    const thread = stampOf(deps);
    deps.slack.facts.messages.set(`CACME/${thread}`, { userId: 'UGUS', isBot: false, text: 'Help!' });
    const { conversationId } = await openConversation(deps, ana, { channelId: 'CACME', threadTs: thread });
    const before = stampOf(deps);
    minute();
    await closeByHand(deps, ana, { conversationId });
    await writes('UGUS', before, thread);
    expect((await conversation()).closed_at).not.toBeNull();
    await writes('UGUS', stampOf(deps), thread);
    expect(await conversation()).toMatchObject({ closed_at: null });
  });

  describe('of somebody Slack says nothing about', () => {
    const unavailable = { code: 'unavailable' };

    it('a word is not lost: it is tried again and counts as when it was written', async () => {
      const conversationId = await opened();
      await setStatusByHand(deps, ana, { conversationId, status: 'waiting' });
      const ts = stampOf(deps, 1);
      await expect(writes('UNEW', ts)).rejects.toMatchObject(unavailable);
      expect(await conversation()).toMatchObject({ status: 'waiting' });
      deps.slack.facts.people.set('UNEW', person('UNEW', { isOutsider: true }));
      minute();
      await writes('UNEW', ts);
      expect(await conversation()).toMatchObject({ status: 'in_progress' });
      expect(await customers()).toEqual(['UGUS', 'UNEW']);
    });

    it('that they came into the channel is not lost, whether they are a customer or an agent', async () => {
      await opened();
      const at = deps.now();
      const comes = async (userId: string) => {
        await memberCame(deps, 'T1', 'CACME', userId);
        await addedToChannel(deps, { ...HERE, userId, inviterId: '', at });
      };
      await expect(comes('UNEW')).rejects.toMatchObject(unavailable);
      deps.slack.facts.people.set('UNEW', person('UNEW', { isGuest: true }));
      await comes('UNEW');
      await comes('UBEN');
      expect(await customers()).toEqual(['UGUS', 'UNEW']);
      expect(await inIt()).toEqual(['UANA', 'UBEN']);
    });
  });
});
