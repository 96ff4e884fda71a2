import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { declineCall, findCallOf, insertCalls } from '../../src/store/calls.ts';
import { closeConversation, insertConversation, setStatus } from '../../src/store/conversations.ts';
import type { Db } from '../../src/store/db.ts';
import { claimRequest, endRequest, findRequest, insertRequest, reopenRequest } from '../../src/store/help-requests.ts';
import { findSeatOfRequest, insertSeat, markArrived, markRefused } from '../../src/store/seats.ts';
import { wakeWaiting } from '../../src/store/waiting-conversations.ts';
import { makeDesk, makePerson, makeWorkspace } from '../support/make.ts';
import { shared, type SharedDatabase } from '../support/shared.ts';
import { emptyDatabase } from '../support/state.ts';

const now = new Date('2026-03-02T09:00:00.000Z');
const workspaceId = 'T1';
const place = { workspaceId, channelId: 'C1', threadTs: '' };
const rest = { deskId: 'support', status: 'in_progress', openedBy: 'UANA', now } as const;
const seatOf = (userId: string) =>
  ({
    id: `s-${userId}`,
    workspaceId,
    conversationId: 'c1',
    userId,
    cameBy: 'joined',
    requestId: 'r1',
    arrived: false,
    now,
  }) as const;

describe.each(shared)('of ten in two processes exactly one, on $name,', ({ open }) => {
  let database: SharedDatabase;
  let pools: Db[];
  beforeAll(async () => {
    database = await open();
    pools = [database.db, database.another()];
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    const { db } = database;
    await emptyDatabase(db);
    await makeWorkspace(db);
    await makePerson(db, 'UANA');
    await makeDesk(db);
    await insertConversation(db, { ...place, ...rest, id: 'c1' });
    const asked = { askedBy: 'UANA', note: '', cardChannelId: '', now };
    await insertRequest(db, { id: 'r1', workspaceId, conversationId: 'c1', ...asked });
  });

  /** How many of ten at the same moment are told that it was them. */
  const winners = async (attempt: (db: Db, i: number) => Promise<boolean>): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => attempt(pools[i % 2] ?? database.db, i)));
    return answers.filter(Boolean).length;
  };

  it('claims a request, and again after it was given back', async () => {
    expect(await winners((db) => claimRequest(db, 'r1'))).toBe(1);
    expect(await winners((db) => claimRequest(db, 'r1'))).toBe(0);
    expect(await winners((db) => reopenRequest(db, 'r1'))).toBe(1);
    expect(await winners((db) => claimRequest(db, 'r1'))).toBe(1);
  });

  it('ends a request', async () => {
    expect(await winners((db, i) => endRequest(db, 'r1', i % 2 === 0 ? 'withdrawn' : 'joined', now))).toBe(1);
    expect(await winners((db) => claimRequest(db, 'r1'))).toBe(0);
    expect((await findRequest(database.db, workspaceId, 'r1'))?.endedAt).toBe(now.toISOString());
  });

  it('asks for help in a conversation', async () => {
    await endRequest(database.db, 'r1', 'closed', now);
    const asked = { askedBy: 'UANA', note: '', cardChannelId: '', now };
    const ask = (db: Db, i: number) => insertRequest(db, { id: `n${i}`, workspaceId, conversationId: 'c1', ...asked });
    expect(await winners(ask)).toBe(1);
  });

  it('opens a conversation in a place, but each thread has its own', async () => {
    const here = { ...place, channelId: 'C2' };
    expect(await winners((db, i) => insertConversation(db, { ...here, ...rest, id: `n${i}` }))).toBe(1);
    const inThread = (db: Db, i: number) =>
      insertConversation(db, { ...here, ...rest, threadTs: `${i}.1`, id: `t${i}` });
    expect(await winners(inThread)).toBe(10);
  });

  it('closes a conversation, and a closed one has no status to change', async () => {
    const close = (db: Db) => closeConversation(db, workspaceId, 'c1', { outcome: 'success', closedBy: 'UANA', now });
    expect(await winners(close)).toBe(1);
    expect(await setStatus(database.db, workspaceId, 'c1', 'waiting')).toBe(false);
    expect(await wakeWaiting(database.db, workspaceId, 'c1', now.toISOString())).toBe(false);
    expect(await winners((db, i) => insertConversation(db, { ...place, ...rest, id: `n${i}` }))).toBe(1);
  });

  it('changes a status to what it was not', async () => {
    expect(await winners((db) => setStatus(db, workspaceId, 'c1', 'waiting'))).toBe(1);
    expect(await winners((db) => wakeWaiting(db, workspaceId, 'c1', now.toISOString()))).toBe(1);
  });

  it('takes a seat, arrives in it, or is refused', async () => {
    expect(await winners((db, i) => insertSeat(db, { ...seatOf('UANA'), id: `s${i}` }))).toBe(1);
    await insertSeat(database.db, seatOf('UBEN'));
    const won = await winners(async (db, i) =>
      i % 2 === 0 ? Boolean(await markArrived(db, workspaceId, 's-UBEN', now)) : markRefused(db, 's-UBEN', now),
    );
    expect(won).toBe(1);
  });

  it('declines a call', async () => {
    const round = { workspaceId, requestId: 'r1', round: 1, now };
    await insertCalls(database.db, round, [{ id: 'k1', userId: 'UANA', way: 'mention', matched: ['Billing', '"'] }]);
    expect(await winners((db) => declineCall(db, 'k1', now))).toBe(1);
    expect(await findCallOf(database.db, 'r1', 'UANA')).toMatchObject({ matched: ['Billing', '"'], way: 'mention' });
  });

  it('is the winner of a request: not who was refused, but who came after', async () => {
    const { db } = database;
    await insertSeat(db, seatOf('UANA'));
    await markRefused(db, 's-UANA', now);
    expect(await findSeatOfRequest(db, 'r1')).toBeUndefined();
    await insertSeat(db, seatOf('UBEN'));
    expect((await findSeatOfRequest(db, 'r1'))?.userId).toBe('UBEN');
    expect(await insertSeat(db, { ...seatOf('UANA'), id: 's-again' })).toBe(true);
  });
});
