import { beforeEach, expect, it } from '@jest/globals';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { forward } from '../../../src/services/forward/forward.ts';
import { pass, timeOut } from '../../../src/services/forward/pass.ts';
import { arrive } from '../../../src/services/help/arrive.ts';
import { transaction } from '../../../src/store/db.ts';
import { updateDesk } from '../../../src/store/desk-state.ts';
import { setConversationDesk } from '../../../src/store/conversation-desk.ts';
import { findOpenTurn, listTurns } from '../../../src/store/turns.ts';
import { WISH } from '../../support/forward.ts';
import { actor, makeExpert, makeSupport } from '../../support/help.ts';
import { channel, makeDesk, type TestDeps } from '../../support/make.ts';
import { describeShared } from '../../support/on-both.ts';

const ana = actor('UANA');

describeShared('Two processes', (on, another) => {
  let one: TestDeps;
  let other: TestDeps;
  beforeEach(async () => {
    one = on();
    await makeSupport(one, { experts: ['UBEN', 'UCLEO', 'UDAN', 'UEVE'] });
    other = another();
  });

  async function opened(channelIds: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const channelId of channelIds) {
      one.slack.facts.channels.set(channelId, channel(channelId));
      one.slack.facts.members.set(channelId, ['UBECKON', 'UGUS']);
      ids.push((await openConversation(one, ana, { channelId })).conversationId);
    }
    return ids;
  }

  /** Forwards them all at one instant, one process each in turn; who got each. */
  async function together(conversationIds: readonly string[]): Promise<string[]> {
    const outcomes = await Promise.all(
      conversationIds.map((conversationId, index) =>
        forward(index % 2 === 0 ? one : other, ana, {
          conversationId,
          wish: { ...WISH, wanted: ['billing'] },
          note: '',
          message: '',
          cameFrom: 'command',
        }),
      ),
    );
    return outcomes.map((outcome) => (outcome.outcome === 'forwarded' ? outcome.agent.userId : 'nobody'));
  }

  it('never see the same agent as idle', async () => {
    const got = await together(await opened(['C1', 'C2', 'C3', 'C4']));
    expect(got.toSorted()).toEqual(['UBEN', 'UCLEO', 'UDAN', 'UEVE']);
  });

  it('give equals the same number, or one more', async () => {
    const got = await together(await opened(Array.from({ length: 10 }, (_, n) => `C${n}`)));
    const counts = ['UBEN', 'UCLEO', 'UDAN', 'UEVE'].map((id) => got.filter((each) => each === id).length);
    expect(counts.toSorted((a, b) => a - b)).toEqual([2, 2, 3, 3]);
  });

  it('never exceed a desk’s limit', async () => {
    await transaction(one.db, (trx) => updateDesk(trx, 'T1', 'support', { capacity: 1 }));
    const got = await together(await opened(['C1', 'C2', 'C3', 'C4', 'C5', 'C6']));
    expect(got.toSorted()).toEqual(['UBEN', 'UCLEO', 'UDAN', 'UEVE', 'nobody', 'nobody']);
  });

  it('never see an agent of two desks as idle on both', async () => {
    await makeDesk(one.db, 'Billing team', { id: 'second' });
    for (const id of ['UBEN', 'UCLEO', 'UDAN', 'UEVE']) await makeExpert(one, id, { desks: ['second'] });
    const ids = await opened(['C1', 'C2', 'C3', 'C4']);
    for (const id of ids.slice(0, 2))
      await transaction(one.db, (trx) => setConversationDesk(trx, { workspaceId: 'T1', id }, 'second'));
    expect((await together(ids)).toSorted()).toEqual(['UBEN', 'UCLEO', 'UDAN', 'UEVE']);
  });

  it('forward one conversation at one instant to one agent each time, and one turn is open', async () => {
    const [conversationId = ''] = await opened(['C1']);
    await together([conversationId, conversationId]);
    const openTurn = await findOpenTurn(one.db, conversationId);
    const turns = await one.db('turns').where({ conversation_id: conversationId }).whereNull('ended_at').select('id');
    expect(turns).toEqual([{ id: openTurn?.id }]);
  });

  it('end a turn once where it is passed and runs out at one instant', async () => {
    const [conversationId = ''] = await opened(['C1']);
    await together([conversationId]);
    const turn = await findOpenTurn(one.db, conversationId);
    await arrive(one, 'T1', turn?.seatId ?? '');
    const turnId = turn?.id ?? '';
    await Promise.all([pass(one, actor(turn?.userId ?? ''), { turnId }), timeOut(other, 'T1', turnId)]);
    const [ended] = await listTurns(one.db, turn?.forwardId ?? '');
    expect(['passed', 'timed_out']).toContain(ended?.state);
    const over = await one.db('notices').where('notice', 'like', '%turn.over%').select('id');
    expect(over).toHaveLength(1);
  });
});
