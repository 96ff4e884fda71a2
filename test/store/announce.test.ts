import { beforeEach, expect, it } from '@jest/globals';
import type { Notice } from '../../src/domain/notice.ts';
import { transaction, type Db, type Trx } from '../../src/store/db.ts';
import { announce, announceOnce, claimNotices, nextNoticeDue } from '../../src/store/outbox.ts';
import type { Clock } from '../support/clock.ts';
import { untilLocked } from '../support/locks.ts';
import { describeOnBoth } from '../support/on-both.ts';
import { card, home, lane, outboxOf, requests } from '../support/outbox.ts';

const MINUTE = 60_000;

describeOnBoth('announcing', (on, kind) => {
  let db: Db;
  let clock: Clock;
  let newId: () => string;
  beforeEach(() => {
    ({ db, clock, newId } = on());
  });

  const { tell, claim, claimOne } = outboxOf(on);
  const tellOnce = (notices: readonly Notice[], trx?: Trx) => {
    const work = (inside: Trx) => announceOnce(inside, 'T1', notices, { now: clock.now(), newId });
    return trx ? work(trx) : transaction(db, work);
  };

  it('keeps the order in which one verb announced, lane by lane', async () => {
    await tell([card('c1', 'r1'), card('c2', 'r2'), card('c1', 'r3'), card('c2', 'r4')]);
    await tell([card('c1', 'r5')]);
    expect(await lane(db, 'conversation:c1')).toEqual(['r1/waiting', 'r3/waiting', 'r5/waiting']);
    expect(await lane(db, 'conversation:c2')).toEqual(['r2/waiting', 'r4/waiting']);
  });

  it('holds what is announced for later, and what comes behind it', async () => {
    await tell([home('U1')], 'T1', new Date(clock.now().getTime() + 5000));
    await tell([home('U1')]);
    expect(await claim()).toEqual([]);
    expect(await nextNoticeDue(db)).toBe('2026-03-02T09:00:00.000Z');
    clock.advance({ seconds: 5 });
    expect(await claim()).toHaveLength(1);
  });

  it('announces nothing for a verb that is rolled back', async () => {
    const verb = transaction(db, async (trx) => {
      await announce(trx, 'T1', [card('c1')], { now: clock.now(), newId });
      throw new Error('refused');
    });
    await expect(verb).rejects.toThrow('refused');
    expect(await db('notices').select()).toEqual([]);
    await tell([card('c1')]);
    expect(await db('notices').pluck('number')).toEqual([1]);
  });

  it('announces nothing when there is nothing to announce', async () => {
    await tell([]);
    await tellOnce([]);
    expect(await db('lanes').select()).toEqual([]);
  });

  it('announces once what one waiting notice can tell, for each lane by itself', async () => {
    await tellOnce([home('U1'), home('U2')]);
    await tellOnce([home('U2'), home('U3')]);
    expect(await db('notices').orderBy('lane').pluck('lane')).toEqual(['home:U1', 'home:U2', 'home:U3']);
  });

  it('announces again what is being shown already: it may show the state before', async () => {
    await tellOnce([home('U1')]);
    await claimOne();
    await tellOnce([home('U1')]);
    expect(await db('notices').orderBy('number').pluck('state')).toEqual(['claimed', 'waiting']);
  });

  if (kind === 'postgres') {
    it('orders a lane by commit: who announces second waits for the first to commit', async () => {
      const first = await db.transaction();
      await announce(first, 'T1', [card('c1', 'r1')], { now: clock.now(), newId });
      const second = tell([card('c1', 'r2')]);
      await untilLocked(db);
      await tell([card('c2', 'r3')]);
      expect(await lane(db, 'conversation:c1')).toEqual([]);
      await first.commit();
      await second;
      expect(await lane(db, 'conversation:c1')).toEqual(['r1/waiting', 'r2/waiting']);
    });

    it('leaves no gap in a lane to wait for when the first rolls back', async () => {
      const first = await db.transaction();
      await announce(first, 'T1', [card('c1', 'r1')], { now: clock.now(), newId });
      const second = tell([card('c1', 'r2')]);
      await untilLocked(db);
      await first.rollback();
      await second;
      expect(requests(await claim())).toEqual(['r2']);
    });

    it('lets nobody claim what a change still to be committed counts on being shown', async () => {
      await tellOnce([home('U1')]);
      const change = await db.transaction();
      await tellOnce([home('U1')], change);
      expect(await claim()).toEqual([]);
      await change.commit();
      expect(await claim()).toHaveLength(1);
    });

    it('announces anew what is claimed while it was being counted on', async () => {
      await tellOnce([home('U1')]);
      const claiming = await db.transaction();
      await claimNotices(claiming, { now: clock.now(), leaseMs: MINUTE, limit: 1 });
      const again = tellOnce([home('U1')]);
      await untilLocked(db);
      await claiming.commit();
      await again;
      expect(await db('notices').orderBy('number').pluck('state')).toEqual(['claimed', 'waiting']);
    });

    it('lets two verbs announce in the same lanes in different order without a deadlock', async () => {
      const there = Array.from({ length: 20 }, (_, i) => card(`c${i}`));
      await Promise.all([tell(there), tell(there.toReversed()), tell(there), tell(there.toReversed())]);
      expect(await db('notices').where({ lane: 'conversation:c7' }).pluck('number')).toHaveLength(4);
    });
  }
});
