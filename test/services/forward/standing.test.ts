import { EventEmitter, once } from 'node:events';
import { beforeEach, expect, it } from '@jest/globals';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { forward } from '../../../src/services/forward/forward.ts';
import { isPostgres, transaction } from '../../../src/store/db.ts';
import { updateDesk } from '../../../src/store/desk-state.ts';
import { savePresence } from '../../../src/store/people.ts';
import { refreshStandings } from '../../../src/store/standings.ts';
import { WISH } from '../../support/forward.ts';
import { actor, makeExpert, makeSupport } from '../../support/help.ts';
import { untilLocked } from '../../support/locks.ts';
import { channel, makeDesk, type TestDeps } from '../../support/make.ts';
import { describeShared } from '../../support/on-both.ts';

const EXPERTS = ['UBEN', 'UCLEO'];

describeShared('Where agents stand', (on, another) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps, { experts: EXPERTS });
    await makeDesk(deps.db, 'Billing team', { id: 'second' });
    for (const id of EXPERTS) await makeExpert(deps, id, { desks: ['second'] });
    await transaction(deps.db, (trx) => updateDesk(trx, 'T1', 'support', { capacity: 2 }));
  });

  const reading = () => ({ workspaceId: 'T1', awayEmoji: [], now: deps.now() });

  async function opened(channelId: string): Promise<string> {
    deps.slack.facts.channels.set(channelId, channel(channelId));
    deps.slack.facts.members.set(channelId, ['UBECKON', 'UGUS']);
    return (await openConversation(deps, actor('UANA'), { channelId })).conversationId;
  }

  async function forwarded(conversationId: string): Promise<string> {
    const wish = { ...WISH, wanted: ['billing'] };
    const input = { conversationId, wish, note: '', message: '', cameFrom: 'command' } as const;
    const outcome = await forward(deps, actor('UANA'), input);
    return outcome.outcome === 'forwarded' ? outcome.agent.userId : 'nobody';
  }

  const kept = async (userIds: readonly string[]) => {
    const rows = await deps
      .db('desk_agents')
      .whereIn('user_id', userIds)
      .orderBy(['user_id', 'desk_id'])
      .select<
        { eligibility: string; load: number; in_buffer: number; last_forwarded_at: string; valid_until: string }[]
      >();
    return rows;
  };

  const workOut = () => transaction(deps.db, (trx) => refreshStandings(trx, reading()));

  it('is kept, once somebody was given a conversation, as it is worked out from everything, on all their desks', async () => {
    for (const channelId of ['C1', 'C2', 'C3', 'C4']) {
      const winner = await forwarded(await opened(channelId));
      const rows = await kept([winner]);
      expect(rows).toHaveLength(2);
      expect(rows.filter((row) => row.valid_until === '')).toEqual([]);
      await deps.db('desk_agents').update({ valid_until: '' });
      await workOut();
      expect(rows).toEqual(await kept([winner]));
      deps.clock.advance({ minutes: 3 });
    }
    expect(await forwarded(await opened('C5'))).toBe('nobody');
  });

  it('is what was learned of the winner at the same moment', async () => {
    const other = another();
    const conversationId = await opened('C1');
    await workOut();
    const learning = new EventEmitter();
    const choosing = once(learning, 'saved').then(() => forwarded(conversationId));
    await transaction(other.db, async (trx) => {
      await savePresence(trx, 'T1', new Map(EXPERTS.map((id) => [id, 'away'])), deps.now());
      learning.emit('saved');
      if (isPostgres(other.db)) await untilLocked(other.db);
    });
    await choosing;
    await workOut();
    expect((await kept(EXPERTS)).map(({ eligibility }) => eligibility)).toEqual(['away', 'away', 'away', 'away']);
  });
});
