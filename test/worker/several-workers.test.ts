import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transaction, type Db } from '../../src/store/db.ts';
import { announce, type OutboxRow } from '../../src/store/outbox.ts';
import { runOutboxOnce, type Deliver } from '../../src/worker/outbox.ts';
import { makeClock } from '../support/clock.ts';
import { describeShared } from '../support/on-both.ts';
import { card } from '../support/outbox.ts';
import { emptyDatabase } from '../support/state.ts';

const LEASE_MS = 60_000;
const requestOf = (row: OutboxRow): string => ('requestId' in row.notice ? row.notice.requestId : '');

describeShared('several workers', (on, another) => {
  it('deliver every notice once and each lane in order, whatever fails in between', async () => {
    const { db: first } = on();
    const pools = [another(), another(), another(), another()].map(({ db }) => db);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 100, maxLength: 100 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
        async (lanes, luck) => {
          await emptyDatabase(first);
          const clock = makeClock();
          let ids = 0;
          const notices = lanes.map((lane, number) => card(`c${lane}`, String(number).padStart(3, '0')));
          await transaction(first, (trx) =>
            announce(trx, 'T1', notices, { now: clock.now(), newId: () => `n${++ids}` }),
          );
          const sent: { lane: string; request: string }[] = [];
          const deliver: Deliver = async ({ notice, sending }) => {
            await sending();
            if (luck.next().value === 0) throw new Error('ratelimited');
            sent.push({ lane: notice.lane, request: requestOf(notice) });
          };
          const options = {
            now: clock.now,
            leaseMs: LEASE_MS,
            judge: () => ({ hopeless: false, created: false, retryAfterMs: 0 }) as const,
            deliver,
            onError: () => {},
            onGivenUp: () => Promise.resolve(false),
            onSetAside: () => Promise.resolve(),
          };
          const work = async (db: Db) => {
            while ((await runOutboxOnce({ ...options, db }, 8)) > 0);
          };
          const left = async () => (await first('notices').whereNot({ state: 'done' }).pluck('id')).length;
          while ((await left()) > 0) await Promise.all(pools.map(work));

          expect(sent).toHaveLength(100);
          expect(new Set(sent.map(({ request }) => request)).size).toBe(100);
          for (const lane of new Set(sent.map((each) => each.lane))) {
            const order = sent.filter((each) => each.lane === lane).map(({ request }) => request);
            expect(order).toEqual(order.toSorted((a, b) => (a < b ? -1 : 1)));
          }
        },
      ),
      { numRuns: 3 },
    );
  }, 60_000);
});
