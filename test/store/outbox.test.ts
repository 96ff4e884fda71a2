import { beforeEach, expect, it } from '@jest/globals';
import { isPostgres, type Db } from '../../src/store/db.ts';
import { markDone, markSending } from '../../src/store/outbox-marks.ts';
import { purgeNotices, retryNotice, setAside } from '../../src/store/outbox.ts';
import type { Clock } from '../support/clock.ts';
import { describeOnBoth } from '../support/on-both.ts';
import { card, lane, outboxOf, requests } from '../support/outbox.ts';
import { nextStatement, planOf } from '../support/plan.ts';

/** How what is due is found, and what is first in its lane; where little is due PostgreSQL may find both by lane. */
const READS = {
  sqlite: ['USING INDEX notices_due_by_door', 'USING INDEX notices_lane'],
  postgres: ['using notices_lane'],
};

describeOnBoth('the outbox', (on, kind) => {
  let db: Db;
  let clock: Clock;
  beforeEach(() => {
    ({ db, clock } = on());
  });

  const { tell, claim, claimOne } = outboxOf(on);

  it('gives out only the head of a lane, until it is done', async () => {
    await tell([card('c1', 'r1'), card('c1', 'r2'), card('c1', 'r3')]);
    const head = await claimOne();
    expect(head.notice).toEqual(card('c1', 'r1'));
    expect(await claim()).toEqual([]);
    await markDone(db, [head], clock.now());
    expect(requests(await claim())).toEqual(['r2']);
  });

  it('gives out the heads of several lanes side by side, as many as asked for', async () => {
    await tell([card('c1', 'r1'), card('c2', 'r2'), card('c3', 'r3'), card('c1', 'r4')]);
    expect(await claim(2)).toHaveLength(2);
    expect(await claim(2)).toHaveLength(1);
    expect(await claim(2)).toEqual([]);
  });

  it('keeps lanes of two workspaces apart, also when they are named alike', async () => {
    await tell([card('c1', 'r1')], 'T1');
    await tell([card('c1', 'r2')], 'T2');
    const rows = await claim();
    expect(new Map(rows.map((row) => [row.workspaceId, requests([row])[0]]))).toEqual(
      new Map([
        ['T1', 'r1'],
        ['T2', 'r2'],
      ]),
    );
  });

  it('gives a notice to another worker when its lease has ended, not before', async () => {
    await tell([card('c1')]);
    const first = await claimOne();
    clock.advance({ seconds: 59 });
    expect(await claim()).toEqual([]);
    clock.advance({ seconds: 1 });
    expect(await claimOne()).toMatchObject({ id: first.id, attempts: 2, state: 'claimed' });
  });

  it('says of a notice that was about to be sent that a message may exist', async () => {
    await tell([card('c1')]);
    const first = await claimOne();
    expect(first.state).toBe('claimed');
    expect(await markSending(db, [first])).toEqual(new Set([first.id]));
    clock.advance({ minutes: 1 });
    expect(await claimOne()).toMatchObject({ id: first.id, state: 'sending' });
  });

  it('lets a worker whose lease was taken over decide nothing any more', async () => {
    await tell([card('c1', 'r1'), card('c1', 'r2')]);
    const slow = await claimOne();
    clock.advance({ minutes: 2 });
    const quick = await claimOne();
    expect(await markSending(db, [slow])).toEqual(new Set());
    await markDone(db, [slow], clock.now());
    await setAside(db, slow, { error: 'too late', now: clock.now() });
    await retryNotice(db, slow, { error: 'too late', dueAt: clock.now(), created: false });
    expect(await lane(db, 'conversation:c1')).toEqual(['r1/claimed', 'r2/waiting']);
    expect(await markSending(db, [quick])).toEqual(new Set([quick.id]));
    await markDone(db, [quick], clock.now());
    expect(await lane(db, 'conversation:c1')).toEqual(['r1/done', 'r2/waiting']);
  });

  it('marks several at once, but not what another worker has taken over, however often each was tried', async () => {
    await tell([card('c1', 'r1'), card('c2', 'r2'), card('c3', 'r3')]);
    const slow = await claimOne();
    clock.advance({ minutes: 2 });
    const claimed = await claim();
    const others = claimed.filter(({ id }) => id !== slow.id);
    const again = claimed.filter(({ id, attempts }) => id === slow.id && attempts === 2);
    expect([again.length, others.length]).toEqual([1, 2]);
    expect(await markSending(db, [slow, ...others])).toEqual(new Set(others.map(({ id }) => id)));
    await markDone(db, [slow, ...others], clock.now());
    expect(await lane(db, 'conversation:c1')).toEqual(['r1/claimed']);
    expect(await lane(db, 'conversation:c2')).toEqual(['r2/done']);
    expect(await lane(db, 'conversation:c3')).toEqual(['r3/done']);
    expect(await markSending(db, [...again, ...others])).toEqual(new Set([slow.id]));
  });

  it.each([
    ['stays in doubt when nobody knows whether it was created', 'unknown', 'sending'],
    ['begins anew when Slack said for certain that it was not', false, 'claimed'],
  ] as const)('a notice that failed while being sent %s', async (_rule, created, state) => {
    await tell([card('c1')]);
    const first = await claimOne();
    await markSending(db, [first]);
    const dueAt = new Date(clock.now().getTime() + 3000);
    await retryNotice(db, first, { error: 'no', dueAt, created });
    expect(await claim()).toEqual([]);
    clock.advance({ seconds: 3 });
    expect(await claimOne()).toMatchObject({ state });
  });

  it('goes on in the lane when its head is set aside, and keeps that with the reason', async () => {
    await tell([card('c1', 'r1'), card('c1', 'r2')]);
    await setAside(db, await claimOne(), { error: 'channel_not_found', now: clock.now() });
    expect(requests(await claim())).toEqual(['r2']);
    clock.advance({ days: 400 });
    await purgeNotices(db, clock.now());
    expect(await db('notices').where({ state: 'set_aside' }).pluck('last_error')).toEqual(['channel_not_found']);
  });

  it('forgets what was sent long ago, and nothing that is on its way', async () => {
    await tell([card('c1', 'r1'), card('c1', 'r2')]);
    await markDone(db, [await claimOne()], clock.now());
    await purgeNotices(db, clock.now());
    expect(await lane(db, 'conversation:c1')).toEqual(['r1/done', 'r2/waiting']);
    clock.advance({ milliseconds: 1 });
    await purgeNotices(db, clock.now());
    expect(await lane(db, 'conversation:c1')).toEqual(['r2/waiting']);
  });

  it('finds what is due without reading what was sent, and each lane’s first by itself, also when all comes at once', async () => {
    const at = clock.now().toISOString();
    const sent = Array.from({ length: 3000 }, (_, index) => ({
      id: `n${index}`,
      workspace_id: 'T1',
      lane: `conversation:c${index}`,
      number: 1,
      notice: '{}',
      state: 'done',
      created_at: at,
      due_at: at,
    }));
    await db.batchInsert('notices', sent, 400);
    // What came since is not counted yet.
    if (isPostgres(db)) await db.raw('analyze notices');
    const claiming = nextStatement(db);
    await claim();
    const plan = await planOf(db, await claiming);
    for (const read of READS[kind]) expect(plan).toContain(read);
    expect(plan).not.toMatch(/anti join|seq scan|scan notices$/i);
  });
});
