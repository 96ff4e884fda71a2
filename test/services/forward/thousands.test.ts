import { beforeEach, describe, expect, it } from '@jest/globals';
import { refreshStandings } from '../../../src/store/standings.ts';
import { markStandingsOn } from '../../../src/store/standing-marks.ts';
import { transaction } from '../../../src/store/db.ts';
import { makeCrowd } from '../../support/crowd.ts';
import { makeForwarding, whoGot, WISH, type Forwarding } from '../../support/forward.ts';
import { makeExpertise, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const CROWD = 2000;
const BEST = 'U1999';
/** Of four hundred rows each. */
const BATCHES_AT_ONCE = 2;

type Query = { sql: string; __knexTxId?: string };

/** How many batches of standings were written by each transaction. */
function watchTransactions({ db }: TestDeps): Map<string, number> {
  const batches = new Map<string, number>();
  db.on('query', ({ sql, __knexTxId: id = '' }: Query) => {
    if (/^insert into .desk_agents/.test(sql)) batches.set(id, (batches.get(id) ?? 0) + 1);
  });
  return batches;
}

describeOnBoth('A forward at a desk of thousands', (given) => {
  let deps: TestDeps;
  let on: Forwarding;
  beforeEach(async () => {
    deps = given();
    on = await makeForwarding(deps);
    await makeExpertise(deps.db, 'Tax');
    await makeCrowd(deps.db, CROWD, 'tax');
    const rows = Array.from({ length: CROWD }, (_, n) => ({
      workspace_id: 'T1',
      desk_id: 'support',
      user_id: `U${n}`,
    }));
    await deps.db.batchInsert('desk_agents', rows, 400);
  });

  describe('after something has changed for all of them', () => {
    it('works out where they stand in portions between which others come, and chooses the best of all', async () => {
      await transaction(deps.db, (trx) => refreshStandings(trx, { workspaceId: 'T1', awayEmoji: [], now: deps.now() }));
      await deps.db('people').update({ presence: 'away', presence_at: deps.now().toISOString() });
      await deps.db('people').where({ user_id: BEST }).update({ presence: 'active' });
      await markStandingsOn(deps.db, 'T1');
      const batches = watchTransactions(deps);
      expect(whoGot(await on.forwards({ wish: { ...WISH, wanted: ['tax'] } }))).toBe(BEST);
      expect(Math.max(...batches.values())).toBeLessThanOrEqual(BATCHES_AT_ONCE);
      const total = [...batches.values()].reduce((sum, count) => sum + count, 0);
      expect(total).toBeGreaterThan(BATCHES_AT_ONCE);
    });
  });
});
