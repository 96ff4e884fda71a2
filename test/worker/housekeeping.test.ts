import { describe, expect, it } from '@jest/globals';
import { transaction } from '../../src/store/db.ts';
import { finishEvent, storeEvent } from '../../src/store/inbox.ts';
import { markDone } from '../../src/store/outbox-marks.ts';
import { announce, claimNotices } from '../../src/store/outbox.ts';
import { firstSeen } from '../../src/store/triggers.ts';
import { runHousekeepingOnce } from '../../src/worker/housekeeping.ts';
import { backoffMs, describeError } from '../../src/worker/retry.ts';
import { databases } from '../support/database.ts';
import { makeDeps } from '../support/make.ts';

describe.each(databases)('housekeeping on $name', ({ open }) => {
  it('forgets clicks and finished events after a day and sent notices after a week, nothing else', async () => {
    const database = await open();
    const { db, now, newId, clock } = makeDeps(database.db);
    await firstSeen(db, { workspaceId: 'T1', triggerId: 'x', now: now() });
    await storeEvent(db, { workspaceId: 'T1', eventId: 'E1', body: {}, now: now() });
    await storeEvent(db, { workspaceId: 'T1', eventId: 'E2', body: {}, now: now() });
    await finishEvent(db, { workspaceId: 'T1', eventId: 'E1' });
    const cards = ['r1', 'r2'].map((requestId) => ({ kind: 'help.card', conversationId: 'c', requestId }) as const);
    await transaction(db, (trx) => announce(trx, 'T1', cards, { now: now(), newId }));
    for (const claimed of await claimNotices(db, { now: now(), leaseMs: 1000, limit: 8 })) {
      await markDone(db, [claimed], now());
    }
    const left = async () => ({
      triggers: (await db('triggers').pluck('trigger_id')).length,
      events: await db('inbox').orderBy('event_id').pluck('event_id'),
      notices: (await db('notices').pluck('id')).length,
    });
    clock.advance({ days: 1 });
    await runHousekeepingOnce({ db, now });
    expect(await left()).toEqual({ triggers: 1, events: ['E1', 'E2'], notices: 2 });
    clock.advance({ milliseconds: 1 });
    await runHousekeepingOnce({ db, now });
    expect(await left()).toEqual({ triggers: 0, events: ['E2'], notices: 2 });
    clock.advance({ days: 6 });
    await runHousekeepingOnce({ db, now });
    expect(await left()).toEqual({ triggers: 0, events: ['E2'], notices: 1 });
    await database.close();
  });
});

describe('trying again', () => {
  it.each([
    [0, 1000],
    [1, 1000],
    [2, 2000],
    [9, 256_000],
    [10, 300_000],
    [5000, 300_000],
  ])('after %d attempts waits %d ms', (attempts, ms) => {
    expect(backoffMs(attempts)).toBe(ms);
  });

  it('keeps the beginning of what went wrong, whatever was thrown', () => {
    expect(describeError(new Error('no'))).toBe('no');
    expect(describeError('no')).toBe('no');
    expect(describeError(new Error('x'.repeat(5000)))).toHaveLength(500);
  });
});
