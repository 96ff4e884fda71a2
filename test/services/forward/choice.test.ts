import { beforeEach, describe, expect, it } from '@jest/globals';
import { replay } from '../../../src/domain/forward.ts';
import { leave } from '../../../src/services/conversation/leave.ts';
import { decisionView, why } from '../../../src/services/forward/decision.ts';
import { pass } from '../../../src/services/forward/pass.ts';
import { ranking } from '../../../src/services/forward/ranking.ts';
import { couldNotArrive } from '../../../src/services/help/arrive.ts';
import { listDecisions } from '../../../src/store/decisions.ts';
import { savePresence } from '../../../src/store/people.ts';
import type { ForwardOutcome } from '../../../src/services/forward/forward.ts';
import { makeForwarding, whoGot, WISH, type Forwarding } from '../../support/forward.ts';
import { actor, makeExpert } from '../../support/help.ts';
import { makeAgent, makePerson, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const ana = actor('UANA');

/** An expert of whom Slack has just said that they are away. */
async function makeAway(deps: TestDeps, userId: string): Promise<void> {
  await makeExpert(deps, userId, { presence: 'away' });
  await savePresence(deps.db, 'T1', new Map([[userId, 'away']]), deps.now());
}

describeOnBoth('A choice', (given) => {
  let deps: TestDeps;
  let on: Forwarding;
  beforeEach(async () => {
    deps = given();
    on = await makeForwarding(deps);
  });

  describe('that asks who is there', () => {
    beforeEach(() => void deps.slack.asked.splice(0));

    it('asks down the ranking and stops at the first who is', async () => {
      deps.slack.facts.presence.set('UBEN', 'away');
      expect(whoGot(await on.forwards())).toBe('UCLEO');
      expect(on.presenceAsked()).toEqual(['UBEN', 'UCLEO']);
    });

    it('asks nobody who was seen a moment ago', async () => {
      await on.forwards();
      deps.slack.asked.splice(0);
      await pass(deps, actor('UBEN'), { turnId: (await on.turn()).id });
      deps.clock.advance({ seconds: 30 });
      await on.forwards({ wish: { ...WISH, wanted: [], candidates: undefined } });
      expect(on.presenceAsked()).not.toContain('UBEN');
    });

    it('never takes who is known to be away, rather who Slack says nothing of', async () => {
      for (const id of ['UBEN', 'UCLEO']) deps.slack.facts.presence.set(id, 'away');
      deps.slack.facts.presence.set('UDAN', 'unknown');
      const outcome = await on.forwards();
      expect(whoGot(outcome)).toBe('UDAN');
      const decision = await decisionView(deps, 'T1', outcome.decisionId);
      expect(decision.record).toMatchObject({ asked: ['UBEN', 'UCLEO', 'UDAN'], away: ['UBEN', 'UCLEO'] });
    });

    it('asks eight at most', async () => {
      for (let n = 0; n < 12; n += 1) await makeExpert(deps, `UX${n}`, { presence: 'unknown' });
      for (const id of ['UBEN', 'UCLEO', 'UDAN']) deps.slack.facts.presence.set(id, 'away');
      await on.forwards();
      expect(on.presenceAsked()).toHaveLength(8);
    });
  });

  describe('with candidates', () => {
    it('considers nobody else, and not whether they are available', async () => {
      deps.slack.facts.presence.set('UDAN', 'away');
      const pausedUntil = '2099-01-01T00:00:00.000Z';
      await makeAgent(deps.db, 'UDAN', { pausedUntil });
      const outcome = await on.forwards({ wish: { ...WISH, wanted: ['billing'], candidates: ['UDAN'] } });
      expect(whoGot(outcome)).toBe('UDAN');
      expect(on.presenceAsked()).toEqual([]);
      expect((await decisionView(deps, 'T1', outcome.decisionId)).record.isExplicit).toBe(true);
    });

    it('refuses guests by name', async () => {
      const wish = { ...WISH, candidates: ['UBEN', 'UGUS'] };
      await expect(on.forwards({ wish })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('Gus'),
      });
    });

    it('takes a full member who is no agent', async () => {
      await makePerson(deps.db, 'UPIA');
      expect(whoGot(await on.forwards({ wish: { ...WISH, candidates: ['UPIA'] } }))).toBe('UPIA');
    });
  });

  describe('as a decision', () => {
    it('replays to the same winner from its record alone', async () => {
      await on.forwards();
      const [decision] = await listDecisions(deps.db, on.conversationId, 1);
      expect(decision && replay(decision.record)).toBe(decision?.winnerId);
    });

    it('counts who was left out and why', async () => {
      await makeAgent(deps.db, 'UPIA', { desks: ['support'], pausedUntil: '2099-01-01T00:00:00.000Z' });
      await makeAgent(deps.db, 'UQIN', { desks: ['support'], takes: 'help' });
      const { decisionId } = await on.forwards();
      expect((await decisionView(deps, 'T1', decisionId)).record.leftOut).toMatchObject({ paused: 1, preferences: 1 });
    });

    it('counts them once a minute, and anew where nobody was found', async () => {
      const leftOutOf = async ({ decisionId }: ForwardOutcome) =>
        (await decisionView(deps, 'T1', decisionId)).record.leftOut;
      await on.forwards();
      await makeAgent(deps.db, 'UPIA', { desks: ['support'], pausedUntil: '2099-01-01T00:00:00.000Z' });
      expect(await leftOutOf(await on.forwards())).toEqual({});
      deps.clock.advance({ minutes: 1 });
      expect(await leftOutOf(await on.forwards())).toEqual({ paused: 1 });
      for (const id of ['UBEN', 'UCLEO', 'UDAN']) {
        await savePresence(deps.db, 'T1', new Map([[id, 'away']]), deps.now());
        deps.slack.facts.presence.set(id, 'away');
      }
      expect(await leftOutOf(await on.forwards())).toEqual({ paused: 1, away: 3 });
    });

    it('is read by agents, the last first', async () => {
      await on.forwards();
      await on.forwards();
      const { decisions } = await why(deps, ana, { conversationId: on.conversationId });
      expect(decisions.map(({ considered }) => considered[0]?.name)).toEqual(['Cleo', 'Ben']);
      await makePerson(deps.db, 'UPIA');
      await expect(why(deps, actor('UPIA'), { conversationId: on.conversationId })).rejects.toMatchObject({
        code: 'not_allowed',
      });
    });

    it('is a dry run where only the ranking is asked for', async () => {
      const ranked = await ranking(deps, 'T1', { deskId: 'support', wish: { ...WISH, wanted: ['billing'] }, limit: 3 });
      expect(ranked.map(({ name, covered }) => [name, covered.length])).toEqual([
        ['Ben', 1],
        ['Cleo', 1],
        ['Dan', 1],
      ]);
      expect(await listDecisions(deps.db, on.conversationId, 9)).toEqual([]);
    });
  });

  describe('where all are known to be away', () => {
    beforeEach(async () => {
      for (const id of ['UBEN', 'UCLEO', 'UDAN']) deps.slack.facts.presence.set(id, 'away');
      await on.forwards();
      deps.slack.asked.splice(0);
    });

    it('finds who has come back since, and says who was asked', async () => {
      deps.slack.facts.presence.set('UCLEO', 'active');
      deps.clock.advance({ seconds: 60 });
      const outcome = await on.forwards();
      expect(whoGot(outcome)).toBe('UCLEO');
      const { record } = await decisionView(deps, 'T1', outcome.decisionId);
      expect(record).toMatchObject({ asked: ['UBEN', 'UCLEO'], away: ['UBEN'] });
    });

    it('asks again at the next turn too', async () => {
      deps.slack.facts.presence.set('UCLEO', 'active');
      deps.clock.advance({ seconds: 60 });
      await on.forwards();
      await on.arrives();
      deps.slack.facts.presence.set('UDAN', 'active');
      deps.clock.advance({ seconds: 61 });
      await pass(deps, actor('UCLEO'), { turnId: (await on.turn()).id });
      await on.runTimers();
      expect(await on.turns()).toEqual(['UCLEO passed', 'UDAN arriving']);
    });

    it('asks nobody within the minute', async () => {
      deps.clock.advance({ seconds: 30 });
      expect((await on.forwards()).outcome).toBe('no_agent');
      expect(on.presenceAsked()).toEqual([]);
    });

    it('asks nobody of them while another can take it', async () => {
      await makeExpert(deps, 'UEVE', { presence: 'active' });
      deps.clock.advance({ seconds: 70 });
      expect(whoGot(await on.forwards())).toBe('UEVE');
      expect(on.presenceAsked()).toEqual(['UEVE']);
    });

    it('asks eight at most', async () => {
      for (let n = 0; n < 12; n += 1) await makeAway(deps, `UX${n}`);
      deps.clock.advance({ minutes: 2 });
      expect((await on.forwards()).outcome).toBe('no_agent');
      expect(on.presenceAsked()).toHaveLength(8);
    });

    it('asks nobody who does not want to be disturbed', async () => {
      await makeAway(deps, 'UAMY');
      const endsAt = new Date(deps.now().getTime() + 3_600_000).toISOString();
      deps.slack.facts.dnd.set('UAMY', { startsAt: deps.now().toISOString(), endsAt });
      deps.clock.advance({ minutes: 2 });
      await on.forwards();
      expect(on.presenceAsked()).toEqual(['UBEN', 'UCLEO', 'UDAN']);
    });
  });

  describe('that finds nobody', () => {
    beforeEach(() => {
      for (const id of ['UBEN', 'UCLEO', 'UDAN', 'UANA']) deps.slack.facts.presence.set(id, 'away');
    });

    it('says so, stores why, and posts nothing', async () => {
      const outcome = await on.forwards({ message: 'Wait.' });
      expect(outcome.outcome).toBe('no_agent');
      expect((await decisionView(deps, 'T1', outcome.decisionId)).considered).toEqual([]);
      expect(await on.kinds()).toEqual([]);
    });

    it('is Looking for help ten minutes later if nothing happened', async () => {
      await on.forwards();
      deps.clock.advance({ minutes: 9, seconds: 58 });
      await on.runTimers();
      expect(await on.status()).toBe('in_progress');
      deps.clock.advance({ seconds: 1 });
      await on.runTimers();
      expect(await on.status()).toBe('looking_for_help');
      expect(await on.kinds()).toContain('customer.finding');
    });

    it('is Looking for help ten minutes later where Slack let nobody in', async () => {
      for (const id of ['UBEN', 'UCLEO']) deps.slack.facts.presence.set(id, 'active');
      await leave(deps, ana, { conversationId: on.conversationId, anyway: true });
      await on.forwards();
      for (const _ of ['UBEN', 'UCLEO']) {
        await couldNotArrive(deps, 'T1', (await on.turn()).seatId, 'user_is_restricted');
        await on.runTimers();
      }
      expect(await on.turns()).toEqual(['UBEN failed', 'UCLEO failed']);
      deps.clock.advance({ minutes: 10 });
      await on.runTimers();
      expect(await on.status()).toBe('looking_for_help');
    });

    it('is left alone when somebody wrote, asked for help or closed it', async () => {
      await on.forwards();
      deps.clock.advance({ minutes: 1 });
      await on.write('UANA');
      deps.clock.advance({ minutes: 10 });
      await on.runTimers();
      expect(await on.status()).toBe('in_progress');
    });
  });
});
