import { beforeEach, expect, it } from '@jest/globals';
import type { Db } from '../../src/store/db.ts';
import {
  claimTimers,
  clearTimer,
  finishTimer,
  setTimer,
  type ClaimedTimer,
  type Timer,
} from '../../src/store/timers.ts';
import type { Clock } from '../support/clock.ts';
import { describeOnBoth, describeShared } from '../support/on-both.ts';

const LEASE_MS = 30_000;
const timer = (subjectId: string, workspaceId = 'T1'): Timer => ({ workspaceId, kind: 'help.round', subjectId });

describeOnBoth('timers', (on) => {
  let db: Db;
  let clock: Clock;
  beforeEach(() => {
    ({ db, clock } = on());
  });

  const set = (subjectId: string, minutes: number, workspaceId = 'T1') =>
    setTimer(db, timer(subjectId, workspaceId), {
      now: clock.now(),
      dueAt: new Date(clock.now().getTime() + minutes * 60_000),
    });
  const claim = (limit = 20) => claimTimers(db, { now: clock.now(), leaseMs: LEASE_MS, limit });
  const claimOne = async () => {
    const [claimed] = await claim(1);
    return claimed as ClaimedTimer;
  };

  it('are given out when they are due, the earliest first, as many as asked for', async () => {
    await set('r3', 3);
    await set('r1', 1);
    await set('r2', 2);
    expect(await claim()).toEqual([]);
    clock.advance({ minutes: 2 });
    expect((await claimOne()).subjectId).toBe('r1');
    expect((await claim()).map(({ subjectId }) => subjectId)).toEqual(['r2']);
    clock.advance({ minutes: 1 });
    expect(await claim(2)).toHaveLength(2);
  });

  it('move when they are set again', async () => {
    await set('r1', 5);
    clock.advance({ minutes: 4 });
    await set('r1', 5);
    clock.advance({ minutes: 4 });
    expect(await claim()).toEqual([]);
    clock.advance({ minutes: 1 });
    expect(await claim()).toHaveLength(1);
  });

  it('are over when finished or cleared', async () => {
    await set('r1', 0);
    await set('r2', 0);
    await clearTimer(db, timer('r2'));
    for (const claimed of await claim()) await finishTimer(db, claimed);
    clock.advance({ days: 1 });
    expect(await claim()).toEqual([]);
  });

  it('stay when they were set anew while they were being acted on', async () => {
    await set('r1', 0);
    const claimed = await claimOne();
    await set('r1', 5);
    await finishTimer(db, claimed);
    clock.advance({ minutes: 5 });
    expect(await claimOne()).toMatchObject({ subjectId: 'r1', attempts: 1 });
  });

  it('come back when their lease ends, as after a crash, and a late finish does not end them', async () => {
    await set('r1', 0);
    const first = await claimOne();
    clock.advance({ seconds: 30 });
    const second = await claimOne();
    expect(second).toMatchObject({ subjectId: 'r1', attempts: 2 });
    await finishTimer(db, first);
    clock.advance({ seconds: 30 });
    expect(await claimOne()).toMatchObject({ attempts: 3 });
  });

  it('of two workspaces are apart though their subjects are named alike', async () => {
    await set('r1', 0, 'T1');
    await set('r1', 0, 'T2');
    await clearTimer(db, timer('r1', 'T1'));
    expect((await claim()).map(({ workspaceId }) => workspaceId)).toEqual(['T2']);
  });
});

describeShared('several workers', (on, another) => {
  it('never get the same timer', async () => {
    const { db: first, clock } = on();
    for (let i = 0; i < 60; i += 1) await setTimer(first, timer(`r${i}`), clock.now());
    const worked: string[] = [];
    const work = async (db: Db) => {
      for (;;) {
        const claimed = await claimTimers(db, { now: clock.now(), leaseMs: LEASE_MS, limit: 7 });
        if (claimed.length === 0) return;
        worked.push(...claimed.map(({ subjectId }) => subjectId));
        for (const each of claimed) await finishTimer(db, each);
      }
    };
    await Promise.all([another(), another(), another()].map(({ db }) => work(db)));
    expect(worked).toHaveLength(60);
    expect(new Set(worked).size).toBe(60);
  });
});
