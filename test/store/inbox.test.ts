import { beforeEach, expect, it } from '@jest/globals';
import type { Db } from '../../src/store/db.ts';
import {
  claimEvents,
  finishEvent,
  purgeEvents,
  retryEvent,
  setEventAside,
  storeEvent,
  type InboxRow,
} from '../../src/store/inbox.ts';
import type { Clock } from '../support/clock.ts';
import { describeOnBoth, describeShared } from '../support/on-both.ts';

const LEASE_MS = 60_000;
const idsOf = (rows: readonly InboxRow[]): string[] => rows.map(({ eventId }) => eventId);

const at = (seconds: string) => ({ body: { event: { event_ts: seconds } } });

describeOnBoth('the inbox', (on) => {
  let db: Db;
  let clock: Clock;
  beforeEach(() => {
    ({ db, clock } = on());
  });

  const store = (eventId: string, { workspaceId = 'T1', body = { type: 'x' } as Record<string, unknown> } = {}) =>
    storeEvent(db, { workspaceId, eventId, body, now: clock.now() });
  const claim = (limit = 20) => claimEvents(db, { now: clock.now(), leaseMs: LEASE_MS, limit });

  it('keeps an event once that Slack sends four times, also at the same moment', async () => {
    await Promise.all([store('E1'), store('E1'), store('E1')]);
    clock.advance({ minutes: 5 });
    await store('E1', { body: { type: 'again' } });
    expect(await claim()).toEqual([{ workspaceId: 'T1', eventId: 'E1', body: { type: 'x' }, attempts: 1 }]);
  });

  it('does not take an event for new that was finished', async () => {
    await store('E1');
    for (const row of await claim()) await finishEvent(db, row);
    await store('E1');
    clock.advance({ hours: 1 });
    expect(await claim()).toEqual([]);
  });

  it('keeps events of two workspaces apart that are numbered alike', async () => {
    await store('E1', { workspaceId: 'T1' });
    await store('E1', { workspaceId: 'T2' });
    const [first] = await claim(1);
    await finishEvent(db, { workspaceId: 'T1', eventId: 'E1' });
    clock.advance({ minutes: 1 });
    expect(first?.eventId).toBe('E1');
    expect((await claim()).map(({ workspaceId }) => workspaceId)).toEqual(['T2']);
  });

  it('gives out what came at the same moment, or the wrong way round, in the order in which it happened', async () => {
    const now = Math.floor(clock.now().getTime() / 1000);
    await store('E3', at(`${now}.000300`));
    await store('E1', at(`${now}.000100`));
    await store('E2', at(`${now}.000200`));
    clock.advance({ milliseconds: 1 });
    await store('E0', at(`${now - 3600}.000100`));
    expect(idsOf(await claim())).toEqual(['E0', 'E1', 'E2', 'E3']);
  });

  it('gives events out oldest first, as many as asked for', async () => {
    for (const eventId of ['E3', 'E1', 'E2', 'E5', 'E4']) {
      await store(eventId);
      clock.advance({ milliseconds: 1 });
    }
    expect(idsOf(await claim(2))).toEqual(['E3', 'E1']);
    expect(idsOf(await claim())).toEqual(['E2', 'E5', 'E4']);
  });

  it('gives an event out again when its lease ends, not before', async () => {
    await store('E1');
    await claim();
    clock.advance({ seconds: 59 });
    expect(await claim()).toEqual([]);
    clock.advance({ seconds: 1 });
    expect((await claim()).map(({ attempts }) => attempts)).toEqual([2]);
  });

  it('gives a failed one out again when it is due, and never one that was set aside', async () => {
    await store('E1');
    await store('E2');
    const [first, second] = (await claim()) as [InboxRow, InboxRow];
    await retryEvent(db, first, { error: 'no', dueAt: new Date(clock.now().getTime() + 3000) });
    expect(await setEventAside(db, second, { error: 'never', now: clock.now() })).toBe(true);
    clock.advance({ seconds: 3 });
    expect(idsOf(await claim())).toEqual([first.eventId]);
    clock.advance({ days: 1 });
    expect(idsOf(await claim())).toEqual([first.eventId]);
    expect(await db('inbox').where({ event_id: second.eventId }).first('state', 'last_error')).toEqual({
      state: 'set_aside',
      last_error: 'never',
    });
  });

  it('keeps nothing of what an event said once it is finished', async () => {
    await store('E1', { body: { text: 'my password is 1234' } });
    for (const row of await claim()) await finishEvent(db, row);
    expect(JSON.stringify(await db('inbox').select())).not.toContain('1234');
  });

  it('keeps of an event that was set aside what happened, and nothing that anybody wrote', async () => {
    const event = { type: 'message', channel: 'C1', user: 'U1', text: 'my password is 1234', blocks: ['1234'] };
    await store('E1', { body: { event: { ...event, root: { text: '1234' } } } });
    for (const row of await claim()) await setEventAside(db, row, { error: 'never', now: clock.now() });
    const [row] = await db('inbox').select<{ body: string }[]>('body');
    expect(JSON.parse(row?.body ?? '')).toEqual({ event: { type: 'message', channel: 'C1', user: 'U1', root: {} } });
  });

  it('sets nothing aside that nobody misses: a Home is shown when it is opened next', async () => {
    await store('E1', { body: { event: { type: 'app_home_opened', user: 'U1' } } });
    for (const row of await claim()) {
      expect(await setEventAside(db, row, { error: 'never', now: clock.now() })).toBe(false);
    }
    expect(await db('inbox').pluck('state')).toEqual(['done']);
  });

  it('forgets finished events after a while, and none that are still to be worked on', async () => {
    await store('E1');
    await store('E2');
    await finishEvent(db, { workspaceId: 'T1', eventId: 'E1' });
    await purgeEvents(db, clock.now());
    expect(await db('inbox').pluck('event_id')).toHaveLength(2);
    clock.advance({ days: 1 });
    await purgeEvents(db, clock.now());
    expect(await db('inbox').pluck('event_id')).toEqual(['E2']);
  });
});

describeShared('several workers', (on, another) => {
  it('never get the same event', async () => {
    const { db: first, clock } = on();
    for (let i = 0; i < 100; i += 1) {
      await storeEvent(first, { workspaceId: 'T1', eventId: `E${i}`, body: {}, now: clock.now() });
    }
    const worked: string[] = [];
    const work = async (db: Db) => {
      for (;;) {
        const rows = await claimEvents(db, { now: clock.now(), leaseMs: LEASE_MS, limit: 7 });
        if (rows.length === 0) return;
        worked.push(...idsOf(rows));
        for (const row of rows) await finishEvent(db, row);
      }
    };
    await Promise.all([another(), another(), another()].map(({ db }) => work(db)));
    expect(worked).toHaveLength(100);
    expect(new Set(worked).size).toBe(100);
  });
});
