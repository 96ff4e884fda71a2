import { beforeEach, expect, it } from '@jest/globals';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { due } from '../../../src/services/due.ts';
import { arrive, couldNotArrive } from '../../../src/services/help/arrive.ts';
import { forwardStep, type ForwardStep } from '../../../src/services/step/forward.ts';
import { findStepRunOf, type StepRun } from '../../../src/store/step-runs.ts';
import { runTimersOnce } from '../../../src/worker/timers.ts';
import { actor, makeExpert, makeSupport } from '../../support/help.ts';
import { makeExpertise, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const execution = { workspaceId: 'T1', executionId: 'Fx1' };

describeOnBoth('the step that forwards', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps, { experts: [] });
    await deps.db('desk_agents').where({ user_id: 'UANA' }).delete();
    await makeExpertise(deps.db, 'Refunds');
  });

  const begin = (change: Partial<ForwardStep> = {}): Promise<void> =>
    forwardStep(deps, execution, {
      channelId: 'CACME',
      expertise: ['Billing'],
      language: '',
      message: '',
      note: '',
      ...change,
    });
  const run = async (): Promise<StepRun> => {
    const found = await findStepRunOf(deps.db, 'T1', 'Fx1');
    if (found === undefined) throw new Error('there is no such run');
    return found;
  };
  const seatOf = async (userId: string): Promise<string> => {
    const seat = await deps.db('seats').where({ user_id: userId }).first<{ id: string } | undefined>('id');
    if (seat === undefined) throw new Error(`${userId} has no seat`);
    return seat.id;
  };
  const pass = async (minutes: number): Promise<void> => {
    deps.clock.advance({ minutes });
    const failures: unknown[] = [];
    const handle = (timer: Parameters<typeof due>[1]): Promise<void> => due(deps, timer);
    await runTimersOnce({ db: deps.db, now: deps.now, handle, onError: (error) => failures.push(error) });
    expect(failures).toEqual([]);
  };
  const told = async (): Promise<string[]> =>
    (await noticesOf(deps.db)).map(({ kind }) => kind).filter((kind) => kind.startsWith('step.'));

  it('gives the conversation to who knows most of it, and ends once they are in', async () => {
    await makeExpert(deps, 'UBEN');
    await makeExpert(deps, 'UCLEO', { expertise: ['billing', 'refunds'] });
    await begin({ expertise: ['Billing', 'Refunds'], message: 'One moment' });
    expect((await run()).state).toBe('waiting');
    await arrive(deps, 'T1', await seatOf('UCLEO'));
    expect(await run()).toMatchObject({
      state: 'completed',
      outputs: { found: true, operator: 'UCLEO', covered: 'Billing, Refunds' },
    });
    expect(await told()).toEqual(['step.completed']);
    expect(await deps.db('forwards').pluck('came_from')).toEqual(['step']);
  });

  it('prefers who speaks the language, by its name or code', async () => {
    await makeExpert(deps, 'UBEN');
    await makeExpert(deps, 'UCLEO', { languages: ['fr'] });
    await begin({ language: 'French' });
    await arrive(deps, 'T1', await seatOf('UCLEO'));
    expect(await run()).toMatchObject({ outputs: { operator: 'UCLEO' } });
  });

  it('ends with nobody at once where nobody is available', async () => {
    await makeExpert(deps, 'UBEN', { presence: 'away' });
    await begin();
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false, covered: '' } });
    expect(await told()).toEqual(['step.completed']);
  });

  it('ends with the next one where Slack would not let the first in, and with nobody where there is no next', async () => {
    await makeExpert(deps, 'UBEN');
    await makeExpert(deps, 'UCLEO');
    await begin();
    await couldNotArrive(deps, 'T1', await seatOf('UBEN'), 'cant_invite');
    expect((await run()).state).toBe('waiting');
    await pass(0);
    await couldNotArrive(deps, 'T1', await seatOf('UCLEO'), 'cant_invite');
    await pass(0);
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false } });
  });

  it('ends with nobody when the conversation is closed before anybody came', async () => {
    await makeExpert(deps, 'UBEN');
    await begin();
    await closeByHand(deps, actor('UBEN'), { conversationId: (await run()).conversationId });
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false } });
  });

  it('does not wait for ever for who never arrives', async () => {
    await makeExpert(deps, 'UBEN');
    await begin();
    await pass(60);
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false } });
  });

  it('forwards once, however often Slack says so', async () => {
    await makeExpert(deps, 'UBEN');
    await begin();
    await begin();
    expect(await deps.db('forwards').pluck('state')).toEqual(['open']);
  });

  it.each<[string, Partial<ForwardStep>, string]>([
    ['an expertise nobody knows of', { expertise: ['Biling'] }, 'Did you mean'],
    ['a language there is none of', { language: 'Klingon' }, 'There is no language'],
    ['a channel Beckon is not in', { channelId: 'CELSE' }, '/invite @Beckon'],
    ['a message that is too long', { message: '😀'.repeat(2500) }, 'this one has 2500'],
    ['far too many expertise', { expertise: Array.from({ length: 101 }, () => 'Nothing') }, 'There is no expertise'],
  ])('fails in words for %s', async (_what, change, words) => {
    await makeExpert(deps, 'UBEN');
    await begin(change);
    const { state, error } = await run();
    expect(state).toBe('failed');
    expect(error).toContain(words);
    expect(await deps.db('forwards').pluck('id')).toEqual([]);
  });
});
