import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/domain/notice.ts';
import { savePreferences } from '../../../src/services/agent/save-preferences.ts';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { callNext } from '../../../src/services/help/call-next.ts';
import { notNow } from '../../../src/services/help/not-now.ts';
import { noteDnd, notePerson } from '../../../src/services/person/note.ts';
import { findAgent } from '../../../src/store/agents.ts';
import { findRequest } from '../../../src/store/help-requests.ts';
import { runTimersOnce } from '../../../src/worker/timers.ts';
import { actor, ask, makeExpert, makeSupport } from '../../support/help.ts';
import { makePerson, person, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const NEVER = '2027-01-01T00:00:00.000Z';

describeOnBoth('a request nobody answers', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
  });

  const called = (): Promise<string[]> => deps.db('calls').orderBy(['called_at', 'user_id']).pluck('user_id');
  const due = async () => {
    const failures: unknown[] = [];
    const handle = (timer: { workspaceId: string; subjectId: string }) =>
      callNext(deps, timer.workspaceId, timer.subjectId);
    await runTimersOnce({ db: deps.db, now: deps.now, handle, onError: (error) => failures.push(error) });
    expect(failures).toEqual([]);
  };
  const pass = async (minutes: number) => {
    deps.clock.advance({ minutes });
    await due();
  };
  const told = async () => {
    const notices = await noticesOf(deps.db);
    return notices
      .filter((notice): notice is Extract<Notice, { kind: 'asker.told' }> => notice.kind === 'asker.told')
      .map(({ what }) => what);
  };
  const fallbacks = async () => (await noticesOf(deps.db)).filter(({ kind }) => kind === 'help.fallback');
  const fallBackTo = (fallbackId: string) => deps.db('desks').update({ fallback_id: fallbackId });

  const away = async (answerMinutes = 5) => {
    await makeSupport(deps, { experts: [], answerMinutes });
    await makeExpert(deps, 'UBEN', { pausedUntil: NEVER });
  };

  describe('because nobody is available', () => {
    it('says so at once, and does not fall back', async () => {
      await away();
      await fallBackTo('UROOT');
      const { requestId, next, called: now } = await ask(deps);
      expect({ next, now }).toEqual({ next: 'waiting', now: [] });
      await pass(5);
      await pass(5);
      expect(await findRequest(deps.db, 'T1', requestId)).toMatchObject({ round: 0, isWaiting: true });
      expect(await fallbacks()).toEqual([]);
    });

    it('counts who is left out, and says of nobody why they are not available', async () => {
      await away();
      await makeExpert(deps, 'UCLEO', { calledBy: 'none' });
      await makeExpert(deps, 'UDORA', { callsAnHour: 1 });
      const first = await ask(deps);
      expect(first).toMatchObject({
        called: ['UDORA'],
        wanted: ['Billing'],
        leftOut: { unavailable: 2, often: 0, next: 0 },
      });
      await closeByHand(deps, actor('UANA'), { conversationId: first.conversationId });
      expect(await ask(deps)).toMatchObject({ called: [], leftOut: { unavailable: 2, often: 1, next: 0 } });
    });

    it('tells the asker once when it turns out later', async () => {
      await makeSupport(deps, { experts: ['UBEN'] });
      await makeExpert(deps, 'UCLEO', { presence: 'away' });
      expect((await ask(deps)).called).toEqual(['UBEN']);
      await pass(5);
      await pass(5);
      await pass(5);
      expect(await told()).toEqual(['waiting']);
    });

    it.each([0, 5])('calls the first one back as soon as a pause ends by hand (answer time %i)', async (minutes) => {
      await away(minutes);
      await ask(deps);
      const version = (await findAgent(deps.db, 'T1', 'UBEN'))?.version ?? 0;
      const none = { add: [], remove: [] };
      const form = { version, pause: 'none', expertise: none, desks: none } as const;
      await savePreferences(deps, actor('UBEN'), form as unknown as Parameters<typeof savePreferences>[2]);
      await due();
      expect(await called()).toEqual(['UBEN']);
    });

    it('calls the first one back when do not disturb ends, and when a status is taken off', async () => {
      await makeSupport(deps, { experts: ['UBEN', 'UCLEO'] });
      await makePerson(deps.db, 'UCLEO', { statusEmoji: ':palm_tree:' });
      const at = { startsAt: '2026-03-02T08:00:00.000Z', endsAt: '2026-03-02T12:00:00.000Z' };
      await noteDnd(deps, 'T1', 'UBEN', at);
      expect((await ask(deps)).next).toBe('waiting');
      await notePerson(deps, 'T1', person('UANA'));
      await due();
      expect(await called()).toEqual([]);
      await noteDnd(deps, 'T1', 'UBEN', { startsAt: undefined, endsAt: undefined });
      await due();
      expect(await called()).toEqual(['UBEN']);
      await pass(5);
      await notePerson(deps, 'T1', person('UCLEO'));
      await due();
      expect(await called()).toEqual(['UBEN', 'UCLEO']);
    });

    it('asks again who was away, though no event tells of it', async () => {
      await makeSupport(deps, { experts: [] });
      await makeExpert(deps, 'UBEN', { presence: 'away' });
      expect((await ask(deps)).next).toBe('waiting');
      await pass(5);
      expect(await called()).toEqual([]);
      deps.slack.facts.presence.set('UBEN', 'active');
      await pass(5);
      expect(await called()).toEqual(['UBEN']);
    });

    it('waits for an hour to pass where somebody was called as often as they allow', async () => {
      await makeSupport(deps, { experts: [] });
      await makeExpert(deps, 'UBEN', { callsAnHour: 1 });
      await ask(deps);
      await deps.db('seats').update({ left_at: deps.now().toISOString(), state: 'left' });
      await deps.db('help_requests').update({ ended_at: deps.now().toISOString(), state: 'withdrawn' });
      expect((await ask(deps)).next).toBe('waiting');
      for (let i = 0; i < 13; i += 1) await pass(5);
      expect(await called()).toEqual(['UBEN', 'UBEN']);
    });
  });

  describe('falls back', () => {
    it.each([
      ['a person who reads the card’s channel, by mention', 'UROOT', ['UANA', 'UROOT'], 'mention'],
      ['a person who does not, by direct message', 'UROOT', ['UANA'], 'direct'],
      ['a user group, by mention', 'SLEADS', ['UANA'], 'mention'],
    ])('to %s, once, after the rounds', async (_whom, to, members, way) => {
      await makeSupport(deps, { experts: ['UBEN'] });
      await makePerson(deps.db, 'UROOT');
      await fallBackTo(to);
      deps.slack.facts.members.set('CHELP', members);
      const { requestId } = await ask(deps);
      expect(await fallbacks()).toEqual([]);
      for (let i = 0; i < 5; i += 1) await pass(5);
      expect(await fallbacks()).toHaveLength(1);
      expect(await told()).toEqual(['fallback']);
      expect((await findRequest(deps.db, 'T1', requestId))?.fallback).toMatchObject({ to, way });
    });

    it('at once where nobody matches at all, and the asker reads it with the answer', async () => {
      await makeSupport(deps, { experts: [] });
      await makePerson(deps.db, 'UROOT');
      await fallBackTo('UROOT');
      expect((await ask(deps)).next).toBe('fallback');
      expect(await told()).toEqual([]);
    });

    it('to nobody where the desk has none, and says so', async () => {
      await makeSupport(deps, { experts: ['UBEN'] });
      await ask(deps);
      await pass(5);
      await pass(5);
      expect(await fallbacks()).toEqual([]);
      expect(await told()).toEqual(['exhausted']);
    });

    it.each([
      ['the asker', 'UANA'],
      ['a guest', 'UGUS'],
      ['somebody nobody knows', 'UNOBODY'],
    ])('to nobody where the fallback is %s', async (_who, fallbackId) => {
      await makeSupport(deps, { experts: [] });
      await fallBackTo(fallbackId);
      expect((await ask(deps)).next).toBe('exhausted');
    });

    it('to no user group where no card stands to mention it in', async () => {
      await makeSupport(deps, { experts: [], helpChannelId: '' });
      await fallBackTo('SLEADS');
      expect((await ask(deps)).next).toBe('exhausted');
    });

    it('at once when everybody who was called says Not now', async () => {
      await makeSupport(deps, { experts: ['UBEN', 'UCLEO'], answerMinutes: 0 });
      await makePerson(deps.db, 'UROOT');
      await fallBackTo('UROOT');
      const { requestId } = await ask(deps);
      await notNow(deps, actor('UBEN'), { requestId });
      expect(await fallbacks()).toEqual([]);
      await notNow(deps, actor('UCLEO'), { requestId });
      expect(await fallbacks()).toHaveLength(1);
      expect(await told()).toEqual(['fallback']);
    });

    it('not while those called have time left, though help is asked for again', async () => {
      await makeSupport(deps, { experts: ['UBEN'] });
      await makePerson(deps.db, 'UROOT');
      await fallBackTo('UROOT');
      await ask(deps);
      expect(await ask(deps, { note: 'More' })).toMatchObject({ again: true, called: [], next: 'called' });
      expect(await fallbacks()).toEqual([]);
    });
  });

  it('calls somebody who learns what is wanted after everybody was called', async () => {
    await makeSupport(deps, { experts: ['UBEN'] });
    await ask(deps);
    await pass(5);
    await makeExpert(deps, 'UCLEO');
    await pass(5);
    expect(await called()).toEqual(['UBEN', 'UCLEO']);
  });
});
