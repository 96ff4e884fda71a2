/** A clock that somebody sets back by a day, in the middle of everything. */
import { beforeEach, expect, it } from '@jest/globals';
import { transaction, type Db } from '../../src/store/db.ts';
import { claimEvents, retryEvent, storeEvent } from '../../src/store/inbox.ts';
import { announce, claimNotices, retryNotice } from '../../src/store/outbox.ts';
import { claimTimers, setTimer } from '../../src/store/timers.ts';
import { mendTimesOnce } from '../../src/worker/set-back.ts';
import { makeClock, type Clock } from '../support/clock.ts';
import { describeOnBoth } from '../support/on-both.ts';

describeOnBoth('once the clock was set back,', (on) => {
  let db: Db;
  let clock: Clock;
  let ids: number;
  beforeEach(() => {
    ({ db, clock } = on());
    ids = 0;
  });

  const later = (by: Parameters<Clock['advance']>[0]) => {
    const there = makeClock(clock.now().toISOString());
    there.advance(by);
    return there.now();
  };
  const setBack = () => clock.advance({ days: -1 });
  const mend = () => mendTimesOnce({ db, now: clock.now });
  const tell = (requestId: string, dueAt = clock.now()) =>
    transaction(db, (trx) =>
      announce(trx, 'T1', [{ kind: 'help.card', conversationId: 'c1', requestId }], {
        now: clock.now(),
        newId: () => `n${++ids}`,
        dueAt,
      }),
    );
  const claim = () => claimNotices(db, { now: clock.now(), leaseMs: 40_000, limit: 8 });
  const claimed = async () => (await claim()).map(({ id }) => id);

  it('what was never tried goes out at once, and what is announced from now on behind it', async () => {
    await tell('r1', later({ minutes: 50 }));
    setBack();
    await tell('r2');
    expect(await claimed()).toEqual([]);
    await mend();
    expect(await claimed()).toEqual(['n1']);
  });

  it('what failed is tried again at once, for an hour from now', async () => {
    await tell('r1');
    const [notice] = await claim();
    if (notice) await retryNotice(db, notice, { error: 'down', dueAt: later({ minutes: 5 }), created: false });
    setBack();
    await mend();
    const [again] = await claim();
    expect(again).toMatchObject({ id: 'n1', attempts: 2, tryingSince: clock.now().toISOString() });
  });

  it('what had been tried for longer than the clock was set back is tried again as well', async () => {
    await tell('r1');
    const [notice] = await claim();
    clock.advance({ days: 2 });
    if (notice) await retryNotice(db, notice, { error: 'down', dueAt: later({ minutes: 5 }), created: false });
    setBack();
    expect(await claimed()).toEqual([]);
    await mend();
    expect(await claimed()).toEqual(['n1']);
  });

  it('what somebody is delivering is given to nobody else for a minute, and then to one', async () => {
    await tell('r1');
    await claim();
    setBack();
    await mend();
    clock.advance({ seconds: 59 });
    await mend();
    expect(await claimed()).toEqual([]);
    clock.advance({ seconds: 1 });
    await mend();
    expect(await claimed()).toEqual(['n1']);
  });

  it('events are worked on again, however far their pause had grown', async () => {
    await storeEvent(db, { workspaceId: 'T1', eventId: 'E1', body: {}, now: clock.now() });
    const events = () => claimEvents(db, { now: clock.now(), leaseMs: 60_000, limit: 8 });
    const [event] = await events();
    if (event) await retryEvent(db, event, { error: 'down', dueAt: later({ minutes: 5 }) });
    setBack();
    await mend();
    clock.advance({ minutes: 1 });
    expect(await events()).toHaveLength(1);
  });

  const due = () => claimTimers(db, { now: clock.now(), leaseMs: 30_000, limit: 8 });
  const timer = { workspaceId: 'T1', kind: 'turn.answer', subjectId: 't1' } as const;

  it('a timer waits as long as it was to wait, from now on, and no longer', async () => {
    await setTimer(db, timer, { now: clock.now(), dueAt: later({ minutes: 5 }) });
    setBack();
    await mend();
    clock.advance({ minutes: 4, seconds: 59 });
    await mend();
    expect(await due()).toEqual([]);
    clock.advance({ seconds: 1 });
    expect(await due()).toHaveLength(1);
  });

  it('one that was due is due, also where who worked on it is dead', async () => {
    await setTimer(db, timer, clock.now());
    await due();
    setBack();
    await mend();
    clock.advance({ seconds: 30 });
    expect(await due()).toHaveLength(1);
  });

  it('nothing else changes, and nothing at all where the clock is right', async () => {
    await tell('r1', later({ minutes: 59 }));
    await tell('r2');
    await storeEvent(db, { workspaceId: 'T1', eventId: 'E1', body: {}, now: clock.now() });
    await claimEvents(db, { now: clock.now(), leaseMs: 60_000, limit: 8 });
    await setTimer(db, timer, { now: clock.now(), dueAt: later({ days: 7 }) });
    const everything = () =>
      Promise.all(['notices', 'inbox', 'timers'].map((table) => db(table).orderBy('due_at').select<unknown[]>('*')));
    const before = await everything();
    await mend();
    // Clocks of several machines are not quite alike.
    clock.advance({ seconds: -30 });
    await mend();
    expect(await everything()).toEqual(before);
  });
});
