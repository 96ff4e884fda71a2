import { beforeEach, describe, expect, it } from '@jest/globals';
import { callNext } from '../../../src/services/help/call-next.ts';
import { join } from '../../../src/services/help/join.ts';
import { notNow } from '../../../src/services/help/not-now.ts';
import { runTimersOnce } from '../../../src/worker/timers.ts';
import { actor, ask, makeExpert, makeSupport } from '../../support/help.ts';
import { makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth, describeShared } from '../../support/on-both.ts';

const experts = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `U${String(i + 1).padStart(2, '0')}`);

describeOnBoth('rounds of calls', (on) => {
  let deps: TestDeps;
  beforeEach(() => {
    deps = on();
  });

  const setUp = (count: number, answerMinutes = 5) => makeSupport(deps, { experts: experts(count), answerMinutes });
  /** Everybody called so far, in order. */
  const called = () => deps.db('calls').orderBy(['round', 'user_id']).pluck('user_id');
  /** Time passes and whatever is due is done. */
  const pass = async (minutes: number) => {
    deps.clock.advance({ minutes });
    const failures: unknown[] = [];
    await runTimersOnce({
      db: deps.db,
      now: deps.now,
      handle: ({ workspaceId, subjectId }) => callNext(deps, workspaceId, subjectId),
      onError: (error) => failures.push(error),
    });
    expect(failures).toEqual([]);
  };

  it('call the next three when the answer time is over, three times at most', async () => {
    await setUp(12);
    await ask(deps);
    await pass(4);
    expect(await called()).toEqual(experts(3));
    await pass(1);
    expect(await called()).toEqual(experts(6));
    await pass(5);
    expect(await called()).toEqual(experts(9));
    for (let i = 0; i < 10; i += 1) await pass(5);
    expect(await called()).toEqual(experts(9));
  });

  it('call nobody twice for one request', async () => {
    await setUp(4);
    await ask(deps);
    for (let i = 0; i < 5; i += 1) await pass(5);
    expect(await called()).toEqual(experts(4));
  });

  it('do not count while nobody is available: who comes back is called', async () => {
    await setUp(1);
    await deps.db('agents').where({ user_id: 'U01' }).update({ paused_until: '2026-03-02T09:58:00.000Z' });
    await ask(deps);
    for (let i = 0; i < 11; i += 1) await pass(5);
    expect(await called()).toEqual([]);
    await pass(5);
    expect(await called()).toEqual(['U01']);
  });

  it('do not go on by themselves where the desk has no answer time', async () => {
    await setUp(6, 0);
    await ask(deps);
    await pass(600);
    expect(await called()).toEqual(experts(3));
  });

  it('end when somebody is on the way in', async () => {
    await setUp(6);
    const { requestId } = await ask(deps);
    await join(deps, actor('U02'), { requestId });
    await pass(5);
    expect(await called()).toEqual(experts(3));
  });

  it('mean nothing in another workspace', async () => {
    await setUp(6);
    await makeWorkspace(deps.db, 'T2');
    const { requestId } = await ask(deps);
    await callNext(deps, 'T2', requestId);
    await callNext(deps, 'T1', 'nothing');
    expect(await called()).toEqual(experts(3));
  });

  describe('with Not now', () => {
    it('call one more at once for each who says so, the first time', async () => {
      await setUp(9);
      const { requestId } = await ask(deps);
      expect(await notNow(deps, actor('U02'), { requestId })).toMatchObject({ isNew: true, isReplaced: true });
      expect(await called()).toEqual(experts(4));
      expect(await notNow(deps, actor('U02'), { requestId })).toMatchObject({ isNew: false });
      expect(await called()).toEqual(experts(4));
      await notNow(deps, actor('U01'), { requestId });
      await notNow(deps, actor('U03'), { requestId });
      expect(await called()).toEqual(experts(6));
      await pass(5);
      expect(await called()).toEqual(experts(9));
    });

    it('are for those who were called, while they are needed', async () => {
      await setUp(4);
      const { requestId } = await ask(deps);
      await expect(notNow(deps, actor('U04'), { requestId })).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(notNow(deps, actor('U01'), { requestId: 'none' })).rejects.toMatchObject({ code: 'gone' });
      await join(deps, actor('U02'), { requestId });
      await notNow(deps, actor('U01'), { requestId });
      expect(await called()).toEqual(experts(3));
    });
  });

  it('choose by what Slack says now: who went away since the request was made is not called', async () => {
    await setUp(5);
    await ask(deps);
    deps.slack.facts.presence.set('U04', 'away');
    await pass(5);
    expect(await called()).toEqual(['U01', 'U02', 'U03', 'U05']);
  });
});

describeShared('several who say Not now at the same moment', (on, another) => {
  it('get one replacement each, and nobody is called twice', async () => {
    const deps = on();
    await makeSupport(deps, { experts: experts(3) });
    for (const userId of experts(9).slice(3)) await makeExpert(deps, userId);
    const { requestId } = await ask(deps);
    const other = another();
    await Promise.all(experts(3).map((userId, i) => notNow(i === 1 ? other : deps, actor(userId), { requestId })));
    const called: string[] = await deps.db('calls').pluck('user_id');
    expect(called).toHaveLength(6);
    expect(new Set(called)).toEqual(new Set(experts(6)));
  });

  it('do not stand in the way of somebody who asks again then', async () => {
    const deps = on();
    await makeSupport(deps, { experts: experts(9) });
    const { requestId } = await ask(deps);
    const other = another();
    await Promise.all([
      notNow(deps, actor('U01'), { requestId }),
      ask(other, { note: 'Hurry' }),
      notNow(other, actor('U02'), { requestId }),
      ask(deps, { note: 'Please' }),
    ]);
    const called: string[] = await deps.db('calls').pluck('user_id');
    expect(new Set(called).size).toBe(called.length);
  });
});
