import { beforeEach, expect, it } from '@jest/globals';
import { claimRequest, keepAnswer, releaseRequest } from '../../src/services/bot/once.ts';
import { purgeKeys } from '../../src/store/idempotency.ts';
import { insertToken } from '../../src/store/tokens.ts';
import { makeWorkspace, type TestDeps } from '../support/make.ts';
import { describeShared } from '../support/on-both.ts';

const request = (over: { tokenId?: string; key?: string; requestHash?: string } = {}) => ({
  tokenId: 't1',
  key: 'k',
  requestHash: 'h',
  ...over,
});

describeShared('idempotency keys', (on, another) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    const token = { workspaceId: 'T1', speaksAs: '', madeBy: 'UROOT', now: deps.now() };
    for (const id of ['t1', 't2']) await insertToken(deps.db, { ...token, id, name: id, secret: id });
  });

  const claimed = async () => {
    const claim = await claimRequest(deps, request());
    if (claim.kind !== 'claimed') throw new Error(`It is ${claim.kind}.`);
    return { ...request(), heldSince: claim.heldSince, firstAt: claim.firstAt };
  };

  const answer = { status: 201, answer: '{"id":"c1"}' };

  it('are claimed by one of several processes, and by nobody else while that one works', async () => {
    const processes = [deps, another(), another()];
    const claims = await Promise.all([...processes, ...processes].map((one) => claimRequest(one, request())));
    expect(claims.map(({ kind }) => kind).toSorted()).toEqual([
      'claimed',
      'under_way',
      'under_way',
      'under_way',
      'under_way',
      'under_way',
    ]);
    expect(await claimRequest(deps, request({ tokenId: 't2' }))).toMatchObject({ kind: 'claimed' });
    expect(await claimRequest(deps, request({ key: 'other' }))).toMatchObject({ kind: 'claimed' });
  });

  it('answer alike for a day, and something else with a no', async () => {
    await keepAnswer(deps.db, await claimed(), answer);
    deps.clock.advance({ hours: 23, minutes: 59 });
    expect(await claimRequest(deps, request())).toEqual({ kind: 'answered', ...answer });
    expect(await claimRequest(deps, request({ requestHash: 'other' }))).toEqual({ kind: 'other' });
    deps.clock.advance({ minutes: 2 });
    expect(await claimRequest(deps, request({ requestHash: 'other' }))).toMatchObject({
      kind: 'claimed',
      firstAt: deps.now().toISOString(),
    });
  });

  it('are free again at once where nothing was done, known by when they were first used, but not where something was', async () => {
    const began = deps.now().toISOString();
    await releaseRequest(deps, await claimed());
    deps.clock.advance({ seconds: 1 });
    expect(await claimRequest(deps, request({ requestHash: 'other' }))).toEqual({ kind: 'other' });
    const again = await claimed();
    expect(again.firstAt).toBe(began);
    expect(await claimRequest(deps, request())).toEqual({ kind: 'under_way' });
    expect(await keepAnswer(deps.db, again, answer)).toBe(true);
    await releaseRequest(deps, again);
    expect(await claimRequest(deps, request())).toMatchObject({ kind: 'answered' });
  });

  it('are answered by who holds them, not by who held them before', async () => {
    const late = await claimed();
    deps.clock.advance({ seconds: 61 });
    const holder = await claimed();
    expect(await keepAnswer(deps.db, late, { status: 409, answer: '{}' })).toBe(false);
    await releaseRequest(deps, late);
    expect(await claimRequest(deps, request())).toEqual({ kind: 'under_way' });
    expect(await keepAnswer(deps.db, holder, answer)).toBe(true);
    expect(await keepAnswer(deps.db, late, { status: 409, answer: '{}' })).toBe(false);
    expect(await claimRequest(deps, request())).toEqual({ kind: 'answered', ...answer });
  });

  it('are taken over by one process when the first broke off, which is told since when', async () => {
    const began = deps.now().toISOString();
    await claimRequest(deps, request());
    deps.clock.advance({ seconds: 60 });
    expect(await claimRequest(deps, request())).toEqual({ kind: 'under_way' });
    deps.clock.advance({ seconds: 1 });
    const other = another();
    const claims = await Promise.all([claimRequest(deps, request()), claimRequest(other, request())]);
    const takenOver = () => ({ kind: 'claimed', heldSince: deps.now().toISOString(), firstAt: began });
    expect(claims.filter(({ kind }) => kind === 'claimed')).toEqual([takenOver()]);
    deps.clock.advance({ seconds: 61 });
    expect(await claimRequest(deps, request())).toEqual(takenOver());
  });

  it('do not wait for a clock that has been set back', async () => {
    const [began, since] = [deps.now().toISOString(), '2026-03-01T09:00:00.000Z'];
    await claimed();
    deps.clock.set(since);
    expect(await claimRequest(deps, request())).toEqual({ kind: 'claimed', heldSince: since, firstAt: began });
    expect(await claimRequest(deps, request())).toEqual({ kind: 'under_way' });
  });

  it('are forgotten by housekeeping', async () => {
    await claimRequest(deps, request());
    await purgeKeys(deps.db, deps.now());
    expect(await deps.db('idempotency_keys')).toHaveLength(1);
    deps.clock.advance({ milliseconds: 1 });
    await purgeKeys(deps.db, deps.now());
    expect(await deps.db('idempotency_keys')).toEqual([]);
  });
});
