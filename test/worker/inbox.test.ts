import { beforeEach, expect, it } from '@jest/globals';
import type { Db } from '../../src/store/db.ts';
import { setTimer } from '../../src/store/timers.ts';
import { storeEvent } from '../../src/store/inbox.ts';
import { runInboxOnce, type InboxOptions } from '../../src/worker/inbox.ts';
import { runTimersOnce, type TimersOptions } from '../../src/worker/timers.ts';
import type { Clock } from '../support/clock.ts';
import { describeOnBoth } from '../support/on-both.ts';

describeOnBoth('working on what came in,', (on) => {
  let db: Db;
  let clock: Clock;
  let complaints: string[];
  beforeEach(() => {
    ({ db, clock } = on());
    complaints = [];
  });

  const onError = (error: unknown) => complaints.push((error as Error).message);
  const onSetAside: InboxOptions['onSetAside'] = async ({ eventId }) =>
    void complaints.push(`${eventId} was set aside`);
  const events = (handle: InboxOptions['handle']) => runInboxOnce({ db, now: clock.now, handle, onError, onSetAside });
  const timers = (handle: TimersOptions['handle']) => runTimersOnce({ db, now: clock.now, handle, onError });
  const arrive = (eventId: string) =>
    storeEvent(db, { workspaceId: 'T1', eventId, body: { id: eventId }, now: clock.now() });

  it('hands each event to its listeners once, in the order they came', async () => {
    for (const eventId of ['E2', 'E1', 'E3']) {
      await arrive(eventId);
      clock.advance({ milliseconds: 1 });
    }
    const seen: unknown[] = [];
    const handle: InboxOptions['handle'] = async ({ body }) => {
      seen.push(body['id']);
    };
    expect(await events(handle)).toBe(3);
    clock.advance({ days: 1 });
    expect(await events(handle)).toBe(0);
    expect(seen).toEqual(['E2', 'E1', 'E3']);
  });

  it('goes on with the others when one fails, and tries that one again later', async () => {
    await arrive('E1');
    clock.advance({ milliseconds: 1 });
    await arrive('E2');
    const seen: string[] = [];
    await events(async ({ eventId }) => {
      if (eventId === 'E1') throw new Error('slow database');
      seen.push(eventId);
    });
    expect(await events(() => Promise.resolve())).toBe(0);
    clock.advance({ seconds: 1 });
    await events(async ({ eventId, attempts }) => {
      seen.push(`${eventId} again: ${attempts}`);
    });
    expect(seen).toEqual(['E2', 'E1 again: 2']);
    expect(complaints).toEqual(['slow database']);
  });

  it('sets an event aside that failed for a day', async () => {
    await arrive('E1');
    for (let attempt = 0; attempt < 300; attempt += 1) {
      await events(() => Promise.reject(new Error('bug')));
      clock.advance({ minutes: 6 });
    }
    expect(complaints).toHaveLength(291);
    expect(complaints.at(-1)).toBe('E1 was set aside');
    expect(await db('inbox').first('state', 'attempts', 'last_error')).toEqual({
      state: 'set_aside',
      attempts: 290,
      last_error: 'bug',
    });
  });

  it('acts on each timer once', async () => {
    await setTimer(db, { workspaceId: 'T1', kind: 'help.round', subjectId: 'r1' }, clock.now());
    const seen: string[] = [];
    await timers(async ({ subjectId }) => {
      seen.push(subjectId);
    });
    clock.advance({ days: 1 });
    expect(await timers(() => Promise.resolve())).toBe(0);
    expect(seen).toEqual(['r1']);
  });

  it('acts on a timer again that failed, when its lease ends, and on the others at once', async () => {
    for (const subjectId of ['r1', 'r2']) {
      await setTimer(db, { workspaceId: 'T1', kind: 'help.round', subjectId }, clock.now());
      clock.advance({ milliseconds: 1 });
    }
    const seen: string[] = [];
    const handle: TimersOptions['handle'] = async ({ subjectId, attempts }) => {
      seen.push(`${subjectId}/${attempts}`);
      if (subjectId === 'r1' && attempts === 1) throw new Error('bug');
    };
    await timers(handle);
    expect(await timers(handle)).toBe(0);
    clock.advance({ seconds: 30 });
    await timers(handle);
    expect(seen.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['r1/1', 'r1/2', 'r2/1']);
    expect(complaints).toEqual(['bug']);
  });
});
