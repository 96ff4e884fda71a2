/** Workflow steps, end to end: a workflow asks for help and waits. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import type { World } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';

const STEP = 'Ask for help and wait';

async function setUp(world: World): Promise<void> {
  const maya = await world.as('maya');
  for (const name of ['Billing', 'Refunds']) {
    await maya.command('general', `/expertise new ${name}`);
    expect(await maya.submit({ Operators: ['ben'] })).toEqual({});
  }
  await maya.command('general', '/livechat desks');
  await maya.press('Edit', 'modal');
  expect(await maya.submit({ 'Help channel': 'support-help', Agents: ['ana', 'ben'] })).toEqual({});
  await maya.closeModal();
  await world.settle();
}

/** Slack sends steps over both. */
const HOW = { sqlite: { mode: 'socket', steps: true }, postgres: { mode: 'http', steps: true } } as const;

describeWorlds('a workflow', { how: HOW }, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await setUp(world);
  });

  it('asks for help with an expertise from the list, survives a restart, and goes on when somebody joins', async () => {
    const [ana, ben, gus] = await Promise.all([world.as('ana'), world.as('ben'), world.as('gus')]);
    expect(await ana.stepOptions(STEP, 'Expertise', 're')).toEqual(['Refunds']);
    const before = (await gus.read('acme-support')).length;
    const id = await ana.runStep(STEP, { Channel: 'acme-support', Expertise: ['Refunds'], Note: 'Invoice 17' });
    await world.settle();
    expect((await ana.stepRun(id)).state).toBe('running');
    const card = (await ben.read('support-help')).at(-1);
    if (card === undefined) throw new Error('there is no card');
    expect(wordsOf(card)).toContain('Invoice 17');
    expect(wordsOf(card)).toContain('asked by a workflow');

    await world.restart();
    world.clock.advance({ minutes: 20 });
    await ben.press('Join', card);
    await world.settle();
    expect(await ana.stepRun(id)).toMatchObject({
      state: 'completed',
      outputs: { found: true, helper: ben.id, minutes_waited: 20 },
    });
    const read = (await gus.read('acme-support')).slice(before);
    expect(read.map((message) => wordsOf(message)).join('\n')).not.toContain('Invoice 17');
  });

  it('forwards to who knows most, tells the customer, and goes on with who came', async () => {
    const [ana, ben, gus] = await Promise.all([world.as('ana'), world.as('ben'), world.as('gus')]);
    expect(await ana.stepOptions('Forward to operator', 'Expertise')).toEqual(['Billing', 'Refunds']);
    const id = await ana.runStep('Forward to operator', {
      Channel: 'acme-support',
      Expertise: ['Billing'],
      Language: 'English',
      Message: 'Ben is on the way.',
      Note: 'They wrote twice.\nBe quick.',
    });
    await world.settle();
    expect(await ana.stepRun(id)).toMatchObject({
      state: 'completed',
      outputs: { found: true, operator: ben.id, covered: 'Billing' },
    });
    const read = (await gus.read('acme-support')).map((message) => wordsOf(message)).join('\n');
    expect(read).toContain('Ben is on the way.');
    expect(read).toContain('joined the conversation');
    expect(read).not.toContain('wrote twice');
    const told = (await ben.read('@beckon')).map((message) => wordsOf(message)).join('\n');
    expect(told).toContain('They wrote twice.\nBe quick.');
    expect(told).toContain('A workflow forwarded it.');
  });

  it('ends in words where it cannot ask, and goes on without anybody when nobody comes', async () => {
    const ana = await world.as('ana');
    const nowhere = await ana.runStep(STEP, { Channel: 'general' });
    await world.settle();
    expect(await ana.stepRun(nowhere)).toMatchObject({ state: 'failed', error: expect.stringContaining('/invite') });

    const direct = await ana.runStep(STEP, { Channel: '@beckon' });
    await world.settle();
    expect(await ana.stepRun(direct)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('direct message'),
    });

    const id = await ana.runStep(STEP, { Channel: 'acme-support', 'Give up after (minutes)': 10 });
    await world.settle();
    world.clock.advance({ minutes: 10 });
    await world.settle();
    expect(await ana.stepRun(id)).toMatchObject({
      state: 'completed',
      outputs: { found: false, minutes_waited: 10 },
    });
  });

  it('tells Slack although it was down when the step ended, and keeps no token', async () => {
    const [ana, ben] = await Promise.all([world.as('ana'), world.as('ben')]);
    const id = await ana.runStep(STEP, { Channel: 'acme-support', Expertise: ['Billing'] });
    const [stored] = await db('inbox').where('body', 'like', '%function_executed%').pluck<string[]>('body');
    expect(stored).toContain('function_execution_id');
    expect(stored).not.toContain('xwfp-');
    await world.settle();
    world.slack.setKnobs({ cutNext: { calls: 1, method: 'functions.completeSuccess' } });
    const card = (await ben.read('support-help')).at(-1);
    if (card) await ben.press('Join', card);
    await world.settle();
    expect((await ana.stepRun(id)).state).toBe('completed');
    world.clock.advance({ minutes: 5 });
    await world.settle();
    const left = db('notices').where('notice', 'like', '%step.completed%').whereNot({ state: 'done' });
    expect(await left.select('state')).toEqual([]);
  });
});
