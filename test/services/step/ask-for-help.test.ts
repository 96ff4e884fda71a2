import { beforeEach, expect, it } from '@jest/globals';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { setStatusByHand } from '../../../src/services/conversation/set-status.ts';
import { couldNotArrive, arrive } from '../../../src/services/help/arrive.ts';
import { callNext } from '../../../src/services/help/call-next.ts';
import { join } from '../../../src/services/help/join.ts';
import { askForHelpStep, type AskStep } from '../../../src/services/step/ask-for-help.ts';
import { stepDue } from '../../../src/services/step/due.ts';
import { findOpenConversation } from '../../../src/store/conversations.ts';
import { findOpenRequest } from '../../../src/store/help-requests.ts';
import { listWanted } from '../../../src/store/wanted-expertise.ts';
import { findStepRunOf, type StepRun } from '../../../src/store/step-runs.ts';
import type { ClaimedTimer } from '../../../src/store/timers.ts';
import { runTimersOnce } from '../../../src/worker/timers.ts';
import { actor, ask, makeSupport } from '../../support/help.ts';
import { channel, makeExpertise, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const execution = { workspaceId: 'T1', executionId: 'Fx1' };

describeOnBoth('the step that asks for help', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const begin = (change: Partial<AskStep> = {}, of = execution): Promise<void> =>
    askForHelpStep(deps, of, { channelId: 'CACME', expertise: ['billing'], note: '', giveUpMinutes: 60, ...change });
  const run = async (executionId = 'Fx1'): Promise<StepRun> => {
    const found = await findStepRunOf(deps.db, 'T1', executionId);
    if (found === undefined) throw new Error('there is no such run');
    return found;
  };
  const request = async () => {
    const conversation = await findOpenConversation(deps.db, { workspaceId: 'T1', channelId: 'CACME', threadTs: '' });
    const found = conversation && (await findOpenRequest(deps.db, conversation.id));
    if (found === undefined) throw new Error('no help is looked for');
    return found;
  };
  const TIMED = { 'help.round': callNext, 'step.due': stepDue };
  const pass = async (minutes: number): Promise<void> => {
    deps.clock.advance({ minutes });
    const failures: unknown[] = [];
    const handle = async ({ kind, subjectId }: ClaimedTimer): Promise<void> => {
      if (kind === 'help.round' || kind === 'step.due') await TIMED[kind](deps, 'T1', subjectId);
    };
    await runTimersOnce({ db: deps.db, now: deps.now, handle, onError: (error) => failures.push(error) });
    expect(failures).toEqual([]);
  };
  const told = async (): Promise<string[]> =>
    (await noticesOf(deps.db)).map(({ kind }) => kind).filter((kind) => kind.startsWith('step.'));
  const comeIn = async (userId: string): Promise<void> => {
    await join(deps, actor(userId), { requestId: (await request()).id });
    const seat = await deps.db('seats').where({ user_id: userId }).first<{ id: string }>('id');
    await arrive(deps, 'T1', seat.id);
  };

  it('opens the conversation and looks for help as Beckon itself', async () => {
    await begin({ note: '  Charged twice ' });
    const { askedBy, note, id, cardChannelId } = await request();
    expect({ askedBy, note, cardChannelId }).toEqual({ askedBy: '', note: 'Charged twice', cardChannelId: 'CHELP' });
    expect((await listWanted(deps.db, [id])).get(id)).toEqual([{ id: 'billing', name: 'Billing' }]);
    await pass(0);
    expect(await deps.db('calls').orderBy('user_id').pluck('user_id')).toEqual(['UBEN', 'UCLEO']);
    expect(await told()).toEqual([]);
  });

  it('ends with who came and after how long, once they are in', async () => {
    await begin();
    deps.clock.advance({ minutes: 4 });
    await comeIn('UBEN');
    expect(await run()).toMatchObject({
      state: 'completed',
      outputs: { found: true, helper: 'UBEN', minutes_waited: 4 },
    });
    expect(await told()).toEqual(['step.completed']);
    await pass(120);
    expect(await told()).toEqual(['step.completed']);
  });

  it('does not end with somebody who was on the way and could not come in', async () => {
    await begin();
    await join(deps, actor('UBEN'), { requestId: (await request()).id });
    const seat = await deps.db('seats').where({ user_id: 'UBEN' }).first<{ id: string }>('id');
    await couldNotArrive(deps, 'T1', seat.id, 'cant_invite');
    expect((await run()).state).toBe('waiting');
  });

  it('ends without anybody when help is not looked for any more', async () => {
    await begin();
    const { conversationId } = await request();
    await setStatusByHand(deps, actor('UANA'), { conversationId, status: 'in_progress' });
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false, minutes_waited: 0 } });
  });

  it('ends without anybody when the conversation is closed', async () => {
    await begin();
    await closeByHand(deps, actor('UANA'), { conversationId: (await request()).conversationId });
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false } });
  });

  it('gives up after the time it was told, and the request stays open', async () => {
    await begin({ giveUpMinutes: 20 });
    await pass(19);
    expect((await run()).state).toBe('waiting');
    await pass(1);
    expect(await run()).toMatchObject({ state: 'completed', outputs: { found: false, minutes_waited: 20 } });
    expect((await request()).state).toBe('open');
  });

  it('does not give up on somebody who has pressed Join and is on the way', async () => {
    await begin({ giveUpMinutes: 20 });
    await join(deps, actor('UBEN'), { requestId: (await request()).id });
    await pass(20);
    expect((await run()).state).toBe('waiting');
  });

  it('waits for help that is looked for already, and adds what it wants', async () => {
    await makeExpertise(deps.db, 'Refunds');
    const { requestId } = await ask(deps);
    await begin({ expertise: ['Refunds'], note: 'In French' });
    expect(await run()).toMatchObject({ state: 'waiting', requestId });
    const wanted = (await listWanted(deps.db, [requestId])).get(requestId);
    expect(wanted?.map(({ name }) => name)).toEqual(['Billing', 'Refunds']);
    expect((await request()).note).toBe('In French');
    await comeIn('UBEN');
    expect(await run()).toMatchObject({ outputs: { found: true, helper: 'UBEN' } });
  });

  it('wants what the conversation is about where the workflow does not say', async () => {
    const { conversationId } = await openConversation(deps, actor('UANA'), { channelId: 'CACME' });
    await deps.db('conversation_expertise').insert({ conversation_id: conversationId, expertise_id: 'billing' });
    await begin({ expertise: [] });
    const { id } = await request();
    expect((await listWanted(deps.db, [id])).get(id)?.map(({ name }) => name)).toEqual(['Billing']);
  });

  it('is done once, however often Slack says so', async () => {
    await begin();
    const { id } = await request();
    await comeIn('UBEN');
    await begin();
    expect((await run()).requestId).toBe(id);
    expect(await deps.db('help_requests').pluck('id')).toEqual([id]);
  });

  it.each<[string, Partial<AskStep>, string]>([
    ['an expertise nobody knows of', { expertise: ['Biling'] }, 'There is no expertise'],
    ['a channel Beckon is not in', { channelId: 'CELSE' }, 'type /invite @Beckon and'],
    ['a channel that is none', { channelId: '' }, 'Beckon is not in here'],
    ['a direct message', { channelId: 'DANA' }, 'this is a direct message'],
    ['a help channel', { channelId: 'CHELP' }, 'This is a help channel'],
    ['a note that is too long', { note: 'x'.repeat(5000) }, 'The note can be up to'],
    ['a time that is none', { giveUpMinutes: Number.NaN }, 'must be a whole number of minutes'],
    ['a time that is too long', { giveUpMinutes: 20_000 }, 'must be a whole number of minutes'],
  ])('fails in words for %s', async (_what, change, words) => {
    deps.slack.facts.channels.set('DANA', channel('DANA', { kind: 'direct' }));
    await begin(change);
    const { state, error } = await run();
    expect(state).toBe('failed');
    expect(error).toContain(words);
    expect(await told()).toEqual(['step.failed']);
    expect(await deps.db('help_requests').pluck('id')).toEqual([]);
  });

  it('is tried again while Slack does not answer, and fails when that takes too long', async () => {
    deps.slack.silent.add('channel');
    await expect(begin()).rejects.toThrow('Slack did not answer');
    deps.slack.silent.delete('channel');
    await begin();
    expect((await run()).state).toBe('waiting');

    deps.slack.silent.add('channel');
    const other = { ...execution, executionId: 'Fx2' };
    await expect(begin({}, other)).rejects.toThrow('Slack did not answer');
    await pass(5);
    expect(await run('Fx2')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('Run the workflow again'),
    });
    deps.slack.silent.delete('channel');
    await begin({}, other);
    expect((await run('Fx2')).state).toBe('failed');
  });
});
