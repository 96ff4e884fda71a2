import { EventEmitter, once } from 'node:events';
import { beforeEach, expect, it } from '@jest/globals';
import type { Notice } from '../../src/domain/notice.ts';
import { transaction, type Db } from '../../src/store/db.ts';
import { announce, type OutboxRow } from '../../src/store/outbox.ts';
import { runOutboxOnce, type Deliver, type Verdict } from '../../src/worker/outbox.ts';
import type { Clock } from '../support/clock.ts';
import { describeOnBoth } from '../support/on-both.ts';

const LEASE_MS = 60_000;
const card = (conversationId: string, requestId: string): Notice => ({ kind: 'help.card', conversationId, requestId });
const requestOf = (row: OutboxRow): string => ('requestId' in row.notice ? row.notice.requestId : '');

const down = () => Promise.reject(new Error('down'));

/** What Slack answered, as far as it matters here. */
class Failure extends Error {
  verdict: Verdict;
  constructor(message: string, verdict: Verdict) {
    super(message);
    this.verdict = verdict;
  }
}
const judge = (error: unknown): Verdict =>
  error instanceof Failure ? error.verdict : { hopeless: false, created: 'unknown' };

describeOnBoth('delivering notices', (on) => {
  let db: Db;
  let clock: Clock;
  let newId: () => string;
  let complaints: string[];
  let givenUp: string[];
  let waiting: string[];
  let settled: boolean;
  beforeEach(() => {
    ({ db, clock, newId } = on());
    complaints = [];
    givenUp = [];
    waiting = [];
    settled = false;
  });

  const tell = (...notices: Notice[]) =>
    transaction(db, (trx) => announce(trx, 'T1', notices, { now: clock.now(), newId }));
  const run = (deliver: Deliver, lanes = 16) =>
    runOutboxOnce(
      {
        db,
        now: clock.now,
        leaseMs: LEASE_MS,
        judge,
        deliver,
        onGivenUp: (row) => {
          givenUp.push(row.id);
          return Promise.resolve(settled);
        },
        onSetAside: async (row) => void waiting.push(row.id),
        onError: (error, _row, hopeless) =>
          complaints.push(`${(error as Error).message}${hopeless ? ', hopeless' : ''}`),
      },
      lanes,
    );
  const runAll = async (deliver: Deliver) => {
    while ((await run(deliver)) > 0);
  };
  const row = async (id = 'id1') =>
    (await db('notices').where({ id }).first()) as { state: string; due_at: string; last_error: string };

  it('sends everything, each lane in order', async () => {
    await tell(card('c1', 'r1'), card('c2', 'r2'), card('c1', 'r3'), card('c1', 'r4'));
    const sent: string[] = [];
    await runAll(async ({ notice, sending }) => {
      await sending();
      sent.push(requestOf(notice));
    });
    expect(sent.filter((request) => request !== 'r2')).toEqual(['r1', 'r3', 'r4']);
    expect(await db('notices').distinct('state')).toEqual([{ state: 'done' }]);
  });

  it('delivers heads side by side: one that takes long holds up its own lane only', async () => {
    await tell(card('slow', 'r1'), card('quick', 'r2'), card('slow', 'r3'));
    const order: string[] = [];
    const steps = new EventEmitter();
    const quickIsThere = once(steps, 'quick');
    await run(async ({ notice }) => {
      order.push(requestOf(notice));
      if (requestOf(notice) === 'r1') await quickIsThere;
      else steps.emit('quick');
    });
    expect(order.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['r1', 'r2']);
  });

  it('tries again later and later, up to every five minutes', async () => {
    await tell(card('c1', 'r1'));
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      expect(await run(() => Promise.reject(new Error('no connection')))).toBe(1);
      const due = Date.parse((await row()).due_at);
      pauses.push((due - clock.now().getTime()) / 1000);
      expect(await run(() => Promise.resolve())).toBe(0);
      clock.set(new Date(due).toISOString());
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    expect(complaints).toHaveLength(11);
  });

  it('waits as long as Slack asks for', async () => {
    await tell(card('c1', 'r1'));
    const tooMany = new Failure('ratelimited', { hopeless: false, created: false, retryAfterMs: 37_000 });
    await run(() => Promise.reject(tooMany));
    clock.advance({ seconds: 36 });
    expect(await run(() => Promise.resolve())).toBe(0);
    clock.advance({ seconds: 1 });
    expect(await run(() => Promise.resolve())).toBe(1);
  });

  it('sets aside at once what can never succeed, with the reason, and goes on', async () => {
    await tell(card('c1', 'r1'), card('c1', 'r2'));
    const never = new Failure('channel_not_found', { hopeless: true, created: false });
    await run(() => Promise.reject(never));
    expect(await row()).toMatchObject({ state: 'set_aside', last_error: 'channel_not_found' });
    expect(complaints).toEqual(['channel_not_found, hopeless']);
    const sent: string[] = [];
    await runAll(async ({ notice }) => {
      sent.push(requestOf(notice));
    });
    expect(sent).toEqual(['r2']);
  });

  const failEvery = async (seconds: number, times: number) => {
    for (let time = 0; time < times; time += 1) {
      await run(down);
      clock.advance({ seconds });
    }
  };

  it('sets aside what still fails an hour after it was announced, not before', async () => {
    await tell(card('c1', 'r1'));
    await failEvery(300, 12);
    expect((await row()).state).toBe('waiting');
    await run(down);
    expect((await row()).state).toBe('set_aside');
    expect(givenUp).toEqual(['id1']);
    expect(waiting).toEqual(['id1']);
  });

  it('gives nothing up for one failure after the clock was set forward, or after nothing ran for long', async () => {
    await tell(card('c1', 'r1'));
    clock.advance({ days: 1 });
    await failEvery(1, 60);
    expect(await row()).toMatchObject({ state: 'waiting', attempts: 6 });
    await failEvery(1, 10);
    expect(await row()).toMatchObject({ state: 'set_aside', attempts: 7 });
  });

  it('leaves nothing to an administrator where something else was done in its place', async () => {
    await tell(card('c1', 'r1'));
    settled = true;
    await run(() => Promise.reject(new Failure('down', { hopeless: true, created: false, name: 'is_archived' })));
    expect(await row()).toMatchObject({ state: 'dismissed', last_error: 'is_archived' });
    expect(waiting).toEqual([]);
  });

  it('says so when an earlier attempt may have created the message', async () => {
    await tell(card('c1', 'r1'));
    await run(async ({ sending }) => {
      await sending();
      throw new Error('the connection broke');
    });
    clock.advance({ seconds: 1 });
    const states: string[] = [];
    await run(async ({ notice }) => {
      states.push(notice.state);
    });
    expect(states).toEqual(['sending']);
  });

  it('still says so when looking for that message failed, whatever Slack said to the looking', async () => {
    await tell(card('c1', 'r1'));
    await run(async ({ sending }) => {
      await sending();
      throw new Error('the connection broke');
    });
    clock.advance({ seconds: 1 });
    await run(() =>
      Promise.reject(new Failure('ratelimited', { hopeless: false, created: false, retryAfterMs: 1000 })),
    );
    clock.advance({ seconds: 1 });
    const states: string[] = [];
    await run(async ({ notice }) => {
      states.push(notice.state);
    });
    expect(states).toEqual(['sending']);
  });

  it('begins anew when Slack said for certain that nothing was created', async () => {
    await tell(card('c1', 'r1'));
    await run(async ({ sending }) => {
      await sending();
      throw new Failure('ratelimited', { hopeless: false, created: false, retryAfterMs: 1000 });
    });
    clock.advance({ seconds: 1 });
    const states: string[] = [];
    await run(async ({ notice }) => {
      states.push(notice.state);
    });
    expect(states).toEqual(['claimed']);
  });

  it('finds what a worker left that died while sending, when its lease ends', async () => {
    await tell(card('c1', 'r1'));
    const steps = new EventEmitter();
    const isSending = once(steps, 'sending');
    void run(async ({ sending }) => {
      await sending();
      steps.emit('sending');
      await once(steps, 'never');
    });
    await isSending;
    expect(await run(() => Promise.resolve())).toBe(0);
    clock.advance({ minutes: 1 });
    const states: string[] = [];
    await run(async ({ notice }) => {
      states.push(notice.state);
    });
    expect(states).toEqual(['sending']);
    expect((await row()).state).toBe('done');
  });

  it('does not send when it wakes up after its lease ended and another worker has sent', async () => {
    await tell(card('c1', 'r1'));
    const sent: string[] = [];
    const send =
      (who: string): Deliver =>
      async ({ sending }) => {
        await sending();
        sent.push(who);
      };
    await run(async (delivery) => {
      clock.advance({ minutes: 2 });
      await run(send('the other'));
      await send('the sleeper')(delivery);
    });
    expect(sent).toEqual(['the other']);
    expect((await row()).state).toBe('done');
    expect(complaints).toEqual([]);
  });
});
