import { beforeEach, expect, it } from '@jest/globals';
import type { DeskConversations } from '../../../src/services/home/conversations.ts';
import { homeOf } from '../../../src/services/home/show.ts';
import { addCustomers, insertConversation } from '../../../src/store/conversations.ts';
import { insertSeat } from '../../../src/store/seats.ts';
import { makeAgent, makeDesk, makePerson, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const ana = { workspaceId: 'T1', userId: 'UANA' };

describeOnBoth('my desks’ open conversations', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeDesk(deps.db);
    await makeDesk(deps.db, 'Billing');
    await makeAgent(deps.db, 'UANA', { desks: ['support'] });
    await makeAgent(deps.db, 'UBEN', { desks: ['support', 'billing'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
  });

  const conversation = async (id: string, { deskId = 'support', agents = [] as string[] } = {}): Promise<void> => {
    const at = { workspaceId: 'T1', channelId: `C${id}`, threadTs: '', channelName: id };
    deps.clock.advance({ minutes: 1 });
    await insertConversation(deps.db, { ...at, id, deskId, status: 'in_progress', openedBy: 'UGUS', now: deps.now() });
    await addCustomers(deps.db, id, ['UGUS']);
    for (const userId of agents) {
      const seat = { id: `${id}${userId}`, workspaceId: 'T1', conversationId: id, userId };
      await insertSeat(deps.db, { ...seat, cameBy: 'opened', arrived: true, now: deps.now() });
    }
  };
  const ofDesks = async (actor = ana): Promise<DeskConversations> => {
    const home = await homeOf(deps, actor);
    if (home.kind !== 'team') throw new Error('they are of the team');
    return home.deskConversations;
  };
  const shown = async (): Promise<string[]> => (await ofDesks()).rows.map(({ conversationId }) => conversationId);

  it('are those of my desks that I am not in, without anybody first, then open longest', async () => {
    await conversation('a', { agents: ['UBEN'] });
    await conversation('b', { agents: ['UBEN', 'UANA'] });
    await conversation('c', { deskId: 'billing' });
    await conversation('d');
    await conversation('e');
    expect(await shown()).toEqual(['d', 'e', 'a']);
    expect((await ofDesks()).rows[2]).toMatchObject({
      channelName: 'a',
      deskName: 'Support',
      customers: ['Gus'],
      agents: ['UBEN'],
    });
  });

  it('leave out what is closed', async () => {
    await conversation('a');
    await deps.db('conversations').update({ closed_at: deps.now().toISOString() });
    expect(await shown()).toEqual([]);
  });

  it('are ten at most, and the rest is counted', async () => {
    for (let n = 0; n < 12; n += 1) await conversation(`n${n}`);
    expect(await ofDesks()).toMatchObject({ more: 2 });
    expect(await shown()).toHaveLength(10);
  });

  it('are none for somebody on no desk, and those of all desks for an administrator on none', async () => {
    await conversation('a', { agents: ['UBEN'] });
    await conversation('b', { deskId: 'billing' });
    const maya = { workspaceId: 'T1', userId: await makePerson(deps.db, 'UMAYA') };
    expect(await ofDesks(maya)).toEqual({ rows: [], more: 0 });
    const root = { workspaceId: 'T1', userId: await makePerson(deps.db, 'UROOT', { isSlackAdmin: true }) };
    expect((await ofDesks(root)).rows).toMatchObject([
      { conversationId: 'b', deskName: 'Billing', agents: [] },
      { conversationId: 'a', deskName: 'Support', agents: ['UBEN'] },
    ]);
  });
});
