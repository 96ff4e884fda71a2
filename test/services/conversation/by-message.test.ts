import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Mode } from '../../../src/domain/support-channel.ts';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { leave } from '../../../src/services/conversation/leave.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { findSupportChannel, insertSupportChannel } from '../../../src/store/support-channels.ts';
import { updateDesk } from '../../../src/store/desk-state.ts';
import { claimTimers } from '../../../src/store/timers.ts';
import { due } from '../../../src/services/due.ts';
import { transaction } from '../../../src/store/db.ts';
import {
  channel,
  makeAgent,
  makeDesk,
  makeExpertise,
  makePerson,
  makeWorkspace,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

type Row = { id: string; thread_ts: string; desk_id: string; status: string; outcome: string };
type Who = { user_id: string };

const ana = { workspaceId: 'T1', userId: 'UANA' };

describeOnBoth('a message in a support channel', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeDesk(deps.db);
    await makeDesk(deps.db, 'Billing');
    await makeAgent(deps.db, 'UANA', { desks: ['support', 'billing'] });
    await makeAgent(deps.db, 'UBEN', { desks: ['billing'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    await makePerson(deps.db, 'UOLGA', { isOutsider: true });
    await makePerson(deps.db, 'USUE');
    isIn('C1', ['UANA', 'UBEN', 'UGUS', 'UOLGA', 'USUE']);
  });

  const isIn = (id: string, members: string[], facts = {}): void => {
    deps.slack.facts.channels.set(id, channel(id, facts));
    deps.slack.facts.members.set(id, members);
  };
  const bind = (mode: Mode, deskId = 'billing') =>
    insertSupportChannel(deps.db, { workspaceId: 'T1', channelId: 'C1', deskId, channelName: 'c1', mode });
  let lastStamp = 0;
  /** Slack's timestamp of now; never the same twice. */
  const stamp = (): string => `${Math.floor(deps.now().getTime() / 1000)}.${String(++lastStamp).padStart(6, '0')}`;
  const at = (ts: string) => {
    deps.slack.facts.messages.set(`C1/${ts}`, { userId: 'UGUS', isBot: false, text: '' });
    return { workspaceId: 'T1', channelId: 'C1', threadTs: '', ts, userId: 'UGUS' };
  };
  const says = async (userId: string, threadTs = ''): Promise<string> => {
    const ts = stamp();
    if (threadTs === '') deps.slack.facts.messages.set(`C1/${ts}`, { userId, isBot: false, text: 'Help!' });
    await noteMessage(deps, { workspaceId: 'T1', channelId: 'C1', threadTs, ts, userId });
    return ts;
  };
  const conversations = (): Promise<Row[]> =>
    deps
      .db('conversations')
      .orderBy(['opened_at', 'id'])
      .select<Row[]>('id', 'thread_ts', 'desk_id', 'status', 'outcome');
  const customers = async (): Promise<string[]> =>
    (await deps.db('conversation_customers').orderBy('user_id').select<Who[]>('user_id')).map((row) => row.user_id);
  const inIt = async (): Promise<string[]> =>
    (await deps.db('seats').whereNull('left_at').orderBy('user_id').select<Who[]>('user_id')).map((row) => row.user_id);
  const closeAll = async (): Promise<void> => {
    for (const { id } of await deps.db('conversations').whereNull('closed_at').select<Row[]>('id')) {
      await closeByHand(deps, ana, { conversationId: id });
    }
  };

  /** Whom it has been forwarded to, once everything due has happened. */
  const got = async (): Promise<string[]> => {
    deps.clock.advance({ seconds: 1 });
    for (const timer of await claimTimers(deps.db, { now: deps.now(), leaseMs: 60_000, limit: 20 })) {
      await due(deps, timer);
    }
    return deps.db('turns').pluck<string[]>('user_id');
  };

  it('opens nothing by hand, nor in a channel that belongs to no desk', async () => {
    await says('UGUS');
    await bind('by_hand');
    await says('UGUS');
    expect(await conversations()).toEqual([]);
  });

  it('opens the channel’s conversation for the channel’s desk, once, with nobody in it', async () => {
    await bind('conversation');
    await says('UGUS');
    await says('UOLGA', await says('UGUS'));
    expect(await conversations()).toMatchObject([{ thread_ts: '', desk_id: 'billing', status: 'in_progress' }]);
    expect(await customers()).toEqual(['UGUS', 'UOLGA']);
    expect(await inIt()).toEqual([]);
    expect(await noticesOf(deps.db)).toEqual([]);
  });

  it('opens nothing when a colleague or an agent writes', async () => {
    await bind('conversation');
    await says('UBEN');
    await says('USUE');
    expect(await conversations()).toEqual([]);
  });

  it('opens a new conversation after the channel’s was closed', async () => {
    await bind('conversation');
    await says('UGUS');
    await closeAll();
    deps.clock.advance({ minutes: 1 });
    await says('UGUS');
    expect(await conversations()).toMatchObject([{ outcome: 'no_agent' }, { status: 'in_progress' }]);
  });

  it('opens one in the thread it begins, whose customer is who wrote it', async () => {
    await bind('threads');
    const [first, second] = [await says('UGUS'), await says('UOLGA')];
    expect((await conversations()).map((row) => row.thread_ts)).toEqual([first, second]);
    expect(await customers()).toEqual(['UGUS', 'UOLGA']);
  });

  it('belongs to the same question within five minutes, and begins another one later', async () => {
    await bind('threads');
    const first = await says('UGUS');
    deps.clock.advance({ minutes: 4 });
    const more = await says('UGUS');
    await says('UBEN', more);
    expect(await conversations()).toHaveLength(1);
    expect(await inIt()).toEqual(['UBEN']);
    deps.clock.advance({ minutes: 2 });
    const other = await says('UGUS');
    expect((await conversations()).map((row) => row.thread_ts)).toEqual([first, other]);
  });

  it('is one question also when the messages are heard of in the wrong order', async () => {
    await bind('threads');
    const [early, late] = [stamp(), stamp()];
    for (const ts of [late, early]) {
      deps.slack.facts.messages.set(`C1/${ts}`, { userId: 'UGUS', isBot: false, text: 'Help!' });
      await noteMessage(deps, { workspaceId: 'T1', channelId: 'C1', threadTs: '', ts, userId: 'UGUS' });
    }
    expect((await conversations()).map((row) => row.thread_ts)).toEqual([late]);
  });

  it('opens nothing again when it is told of after its conversation was closed', async () => {
    await bind('threads');
    const ts = await says('UGUS');
    await closeAll();
    await noteMessage(deps, { workspaceId: 'T1', channelId: 'C1', threadTs: '', ts, userId: 'UGUS' });
    expect(await conversations()).toHaveLength(1);
  });

  it('counts to the channel’s own conversation while that is open', async () => {
    await bind('conversation');
    await says('UGUS');
    await deps.db('support_channels').update({ mode: 'threads' });
    await says('UGUS');
    expect(await conversations()).toHaveLength(1);
  });

  it('opens a thread for a colleague only where no guest or other organization reads', async () => {
    await bind('threads');
    await says('USUE');
    expect(await conversations()).toEqual([]);
    isIn('C1', ['UANA', 'UBEN', 'USUE'], { isShared: true });
    await says('USUE');
    expect(await conversations()).toEqual([]);
    isIn('C1', ['UANA', 'UBEN', 'USUE']);
    await says('UBEN');
    expect(await conversations()).toEqual([]);
    await says('USUE');
    expect(await conversations()).toHaveLength(1);
    expect(await customers()).toEqual(['USUE']);
  });

  it('is tried again when Slack does not answer, and opens nothing where the message is gone', async () => {
    await bind('threads');
    deps.slack.silent.add('channel');
    await expect(says('UGUS')).rejects.toMatchObject({ code: 'unavailable' });
    deps.slack.silent.clear();
    await noteMessage(deps, { workspaceId: 'T1', channelId: 'C1', threadTs: '', ts: stamp(), userId: 'UGUS' });
    expect(await conversations()).toEqual([]);
  });

  describe('whose desk has it forwarded at once', () => {
    beforeEach(async () => {
      await makeExpertise(deps.db, 'Invoices');
      await makeAgent(deps.db, 'UINA', { desks: ['billing'], expertise: ['invoices'] });
      // As whoever is given expertise by an administrator.
      await deps.db('agents').where({ user_id: 'UINA' }).update({ takes: 'mine' });
      await transaction(deps.db, (trx) => updateDesk(trx, 'T1', 'billing', { forwardsNew: true }));
      for (const userId of ['UANA', 'UBEN', 'UINA']) deps.slack.facts.presence.set(userId, 'active');
      await bind('threads');
    });

    it('goes to who knows what its words name, though they take nothing else', async () => {
      await noteMessage(deps, { ...at(stamp()), text: 'Two of our INVOICES are wrong' });
      expect(await got()).toEqual(['UINA']);
    });

    it('is read from Slack where its words were not kept', async () => {
      const ts = stamp();
      const written = at(ts);
      deps.slack.facts.messages.set(`C1/${ts}`, { userId: 'UGUS', isBot: false, text: 'About invoices' });
      await noteMessage(deps, written);
      expect(await got()).toEqual(['UINA']);
    });

    it('goes to whoever takes any conversation when it names nothing', async () => {
      await noteMessage(deps, { ...at(stamp()), text: 'Hello?' });
      expect(await got()).not.toContain('UINA');
      expect(await got()).toHaveLength(1);
      const stored = await deps.db('conversations').select();
      expect(JSON.stringify(stored)).not.toContain('Hello?');
    });
  });

  describe('of a customer in a closed thread', () => {
    let thread: string;
    beforeEach(async () => {
      await bind('threads');
      thread = await says('UGUS');
      await says('UBEN', thread);
      await says('UANA', thread);
      await closeAll();
    });

    it('opens it again with its last agent, who is told; nothing is for the customer', async () => {
      deps.clock.advance({ days: 6 });
      await says('UGUS', thread);
      expect(await conversations()).toMatchObject([{ thread_ts: thread, status: 'in_progress', outcome: '' }]);
      expect(await inIt()).toEqual(['UANA']);
      expect(await noticesOf(deps.db)).toEqual([
        { kind: 'conversation.reopened', conversationId: expect.any(String), seatId: expect.any(String) },
      ]);
    });

    it('goes on with the one before when the last is on no desk any more', async () => {
      await deps.db('desk_agents').where({ user_id: 'UANA' }).delete();
      await says('UGUS', thread);
      expect(await inIt()).toEqual(['UBEN']);
    });

    it('goes on with who stayed to its end, not with who was invited later and had left', async () => {
      deps.clock.advance({ minutes: 1 });
      await says('UGUS', thread);
      await says('UBEN', thread);
      const [{ id: conversationId } = { id: '' }] = await conversations();
      deps.clock.advance({ minutes: 1 });
      const ben = { workspaceId: 'T1', userId: 'UBEN' };
      expect(await leave(deps, ben, { conversationId })).toMatchObject({ outcome: 'left' });
      deps.clock.advance({ minutes: 1 });
      expect(await leave(deps, ana, { conversationId })).toMatchObject({ outcome: 'last' });
      await closeAll();
      deps.clock.advance({ seconds: 20 });
      await says('UGUS', thread);
      expect(await inIt()).toEqual(['UANA']);
    });

    it('is without anybody rather than with who had left while another one stayed, who is no agent now', async () => {
      deps.clock.advance({ minutes: 1 });
      await says('UGUS', thread);
      await says('UBEN', thread);
      const [{ id: conversationId } = { id: '' }] = await conversations();
      await leave(deps, { workspaceId: 'T1', userId: 'UBEN' }, { conversationId });
      await closeAll();
      await deps.db('desk_agents').where({ user_id: 'UANA' }).delete();
      await says('UGUS', thread);
      expect(await conversations()).toMatchObject([{ status: 'in_progress' }]);
      expect(await inIt()).toEqual([]);
    });

    it('goes on with the last one in, also when they had left before it was closed', async () => {
      deps.clock.advance({ minutes: 1 });
      await says('UGUS', thread);
      await says('UBEN', thread);
      const [{ id: conversationId } = { id: '' }] = await conversations();
      await leave(deps, { workspaceId: 'T1', userId: 'UBEN' }, { conversationId });
      deps.clock.advance({ minutes: 1 });
      await leave(deps, ana, { conversationId, anyway: true });
      deps.clock.advance({ minutes: 1 });
      await closeAll();
      await says('UGUS', thread);
      expect(await inIt()).toEqual(['UANA']);
    });

    it('opens a new one there after the desk’s days', async () => {
      deps.clock.advance({ days: 8 });
      await says('UGUS', thread);
      expect(await conversations()).toMatchObject([{ outcome: 'escalated' }, { thread_ts: thread, outcome: '' }]);
      expect(await inIt()).toEqual([]);
    });

    it('opens nothing again where the desk never does and conversations begin by hand', async () => {
      await deps.db('support_channels').update({ mode: 'by_hand' });
      await transaction(deps.db, (trx) => updateDesk(trx, 'T1', 'billing', { reopenDays: 0 }));
      await says('UGUS', thread);
      expect(await conversations()).toHaveLength(1);
    });

    it('opens it for the channel’s desk when its own was archived', async () => {
      await deps.db('desks').where({ id: 'billing' }).update({ is_archived: 1 });
      await deps.db('support_channels').update({ desk_id: 'support' });
      await says('UGUS', thread);
      expect(await conversations()).toMatchObject([{ desk_id: 'support', status: 'in_progress' }]);
      expect(await findSupportChannel(deps.db, 'T1', 'C1')).toMatchObject({ deskId: 'support' });
    });

    it('stays closed when an agent writes', async () => {
      await says('UANA', thread);
      expect(await conversations()).toMatchObject([{ outcome: 'escalated' }]);
    });

    it('is one conversation when two messages arrive at once', async () => {
      await Promise.all([says('UGUS', thread), says('UGUS', thread)]);
      expect(await conversations()).toHaveLength(1);
      expect(await inIt()).toEqual(['UANA']);
    });
  });
});
