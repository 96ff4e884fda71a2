import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Notice } from '../../src/domain/notice.ts';
import { transaction } from '../../src/store/db.ts';
import { announce, type OutboxRow } from '../../src/store/outbox.ts';
import { runOutboxOnce, type Deliver, type DeliveryOptions } from '../../src/worker/outbox.ts';
import { deliveryPool, type Pool } from '../../src/worker/pool.ts';
import { webhookPauseMs } from '../../src/worker/retry.ts';
import { makeClock, type Clock } from '../support/clock.ts';
import { databases, type TestDatabase } from '../support/database.ts';

const webhook = (tokenId: string, number = 0): Notice => ({
  kind: 'webhook',
  tokenId,
  conversationId: 'c1',
  about: { id: 'c1', reference: null, channel: 'C1', thread: null },
  event: { type: 'conversation.no_agent', decision: `d${number}` },
});
const card: Notice = { kind: 'help.card', conversationId: 'c1', requestId: 'r1' };
const tokenOf = ({ notice }: OutboxRow): string => (notice.kind === 'webhook' ? notice.tokenId : notice.kind);
const decisionOf = ({ notice }: OutboxRow): string =>
  notice.kind === 'webhook' && notice.event.type === 'conversation.no_agent' ? notice.event.decision : '';

/** An endpoint that answers when it is told to. */
function hanging() {
  const state: { release?: () => void } = {};
  const released = new Promise<void>((resolve) => {
    state.release = resolve;
  });
  return { released, release: () => state.release?.() };
}

describe.each(databases)('a pool of deliveries on $name', ({ open }) => {
  let database: TestDatabase;
  let clock: Clock;
  let ids: number;
  beforeEach(async () => {
    database = await open();
    clock = makeClock();
    ids = 0;
  });
  afterEach(() => database.close());

  const tell = (...notices: Notice[]) =>
    transaction(database.db, (trx) => announce(trx, 'T1', notices, { now: clock.now(), newId: () => `n${++ids}` }));
  const options = (deliver: Deliver): DeliveryOptions => ({
    db: database.db,
    now: clock.now,
    leaseMs: 60_000,
    deliver,
    judge: () => ({ hopeless: false, created: false }),
    onError: () => {},
    onGivenUp: () => Promise.resolve(false),
    onSetAside: () => Promise.resolve(),
  });
  const poolOf = (deliver: Deliver, more: Partial<DeliveryOptions & { atOnce: number; onFinished: () => void }> = {}) =>
    deliveryPool({
      ...options(deliver),
      door: 'webhook',
      atOnce: 64,
      onFinished: () => {},
      onBroken: (error) => {
        throw error;
      },
      ...more,
    });
  const row = async (id: string) =>
    (await database.db('notices').where({ id }).first()) as { state: string; due_at: string; last_error: string };

  it('twenty endpoints that hang hold up neither another endpoint nor anything in Slack', async () => {
    const endpoint = hanging();
    await tell(...Array.from({ length: 20 }, (_, index) => webhook(`hangs${index}`)), webhook('healthy'), card);
    const [taken, posted]: string[][] = [[], []];
    const healthy = hanging();
    const pool = poolOf(async ({ notice }) => {
      if (tokenOf(notice) !== 'healthy') return endpoint.released;
      taken?.push(tokenOf(notice));
      return healthy.release();
    });
    expect(await pool.begin()).toBe(21);
    await healthy.released;
    await runOutboxOnce(
      options(({ notice }) => {
        posted?.push(notice.notice.kind);
        return Promise.resolve();
      }),
      1,
    );
    expect([taken, posted]).toEqual([['healthy'], ['help.card']]);

    // What comes later is not held up either.
    await tell(webhook('healthy', 2), card);
    endpoint.release();
    await pool.idle();
    expect(await pool.drain()).toBe(1);
    expect(await database.db('notices').where({ goes_to: 'webhook' }).distinct('state')).toEqual([{ state: 'done' }]);
  });

  it('an endpoint is sent one after the other, in order, while others go their own pace', async () => {
    await tell(webhook('a', 1), webhook('a', 2), webhook('b', 1), webhook('a', 3), webhook('b', 2));
    const sent: string[] = [];
    const pool: Pool = poolOf(({ notice }) => {
      sent.push(`${tokenOf(notice)} ${decisionOf(notice)}`);
      return Promise.resolve();
    });
    while ((await pool.drain()) > 0);
    expect(sent.filter((each) => each.startsWith('a'))).toEqual(['a d1', 'a d2', 'a d3']);
    expect(sent.filter((each) => each.startsWith('b'))).toEqual(['b d1', 'b d2']);
  });

  it('begins no more than there is room for, and says when there is room again', async () => {
    const endpoint = hanging();
    await tell(webhook('a'), webhook('b'), webhook('c'));
    let finished = 0;
    const pool = poolOf(() => endpoint.released, { atOnce: 2, onFinished: () => (finished += 1) });
    expect(await pool.begin()).toBe(2);
    expect(await pool.begin()).toBe(0);
    endpoint.release();
    await pool.idle();
    expect(finished).toBe(2);
    expect(await pool.begin()).toBe(1);
    await pool.idle();
  });

  it('tries again later and later, up to every quarter of an hour, for a day', async () => {
    await tell(webhook('a'));
    const begun = clock.now().getTime();
    const pauses: number[] = [];
    const pool = poolOf(() => Promise.reject(new Error('down')), {
      giveUpAfterMs: 86_400_000,
      pauseMs: webhookPauseMs,
    });
    while ((await row('n1')).state !== 'set_aside') {
      expect(await pool.drain()).toBe(1);
      const due = Date.parse((await row('n1')).due_at);
      pauses.push((due - clock.now().getTime()) / 1000);
      if ((await row('n1')).state === 'waiting') clock.set(new Date(due).toISOString());
    }
    expect(pauses.slice(0, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    expect(clock.now().getTime() - begun).toBeGreaterThanOrEqual(86_400_000);
    expect(clock.now().getTime() - begun).toBeLessThan(86_400_000 + 900_000);
    expect((await row('n1')).last_error).toBe('down');
  });

  it('leaves alone what is for Slack', async () => {
    await tell(card);
    expect(await poolOf(() => Promise.resolve()).drain()).toBe(0);
    expect((await row('n1')).state).toBe('waiting');
  });
});
