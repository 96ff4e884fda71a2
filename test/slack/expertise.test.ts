import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import { makeExpertise } from '../support/make.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';

/** What somebody reads after a command. */
const answer = async (who: Somebody, command: string): Promise<string> => {
  await who.command('general', `/expertise ${command}`);
  const message = (await who.read('general')).at(-1);
  expect(message).toMatchObject({ ephemeral: true });
  return message === undefined ? '' : wordsOf(message);
};

describeWorlds('/expertise', {}, (on) => {
  let { db, world } = {} as Standing;
  let maya: Somebody;
  let ana: Somebody;
  beforeEach(async () => {
    ({ db, world } = on());
    maya = await world.as('maya');
    ana = await world.as('ana');
  });

  it('leads an administrator from nothing to an expertise with two operators', async () => {
    expect(await answer(maya, '')).toContain('There is no expertise yet. Add the first one');
    await maya.command('general', '/expertise new “Billing & refunds”');
    expect(await maya.submit({ Operators: ['ana', 'ben'], Description: 'Money' })).toEqual({});
    expect(await maya.modals()).toEqual([]);
    expect((await maya.read('general')).map(wordsOf).at(-1)).toMatch(/Billing .*is saved\. 2 people have it/);
    expect((await ana.read('general')).map(wordsOf).join()).not.toContain('is saved');
    expect(await answer(ana, 'LIST')).toMatch(/Billing &(amp;)? refunds\W+2 people — Money/);
    expect(await answer(ana, 'who bill')).toMatch(/2 people have .*Billing/);
    expect(await answer(ana, 'who @ben')).toContain('Billing');
    expect(await answer(ana, 'who @chloe')).toContain('has no expertise yet');
  });

  it('opens the form from the button of the empty list as well', async () => {
    await answer(maya, 'list');
    const list = (await maya.read('general')).at(-1);
    if (list === undefined) throw new Error('no list');
    await maya.press('New expertise', list);
    expect(wordsOf(await maya.modal())).toContain('New expertise');
  });

  it('says at its field what is wrong, and keeps what was typed', async () => {
    await maya.command('general', '/expertise new Billing');
    await maya.submit();
    await maya.command('general', '/expertise new');
    expect(await maya.submit({ Name: ' BILLING ' })).toEqual({
      name: 'There is an expertise “Billing” already. Choose another name, or edit that one.',
    });
    expect(await maya.submit({ Name: 'x'.repeat(61) })).toEqual({ name: expect.stringContaining('up to 60') });
    expect(await maya.submit({ Name: '   ' })).toEqual({ name: expect.any(String) });
    expect(await maya.submit({ Name: 'Shipping', Operators: ['ana', 'gus'] })).toEqual({
      operators: expect.stringContaining('Gus Keller (a guest)'),
    });
    expect(await maya.submit({ Operators: ['ana'] })).toEqual({});
    expect(await answer(ana, 'who shipping')).toContain('1 person has');
  });

  it('edits: the old name still answers, the operators change by their difference', async () => {
    await maya.command('general', '/expertise new Billing');
    await maya.submit({ Operators: ['ana', 'ben'] });
    await maya.command('general', '/expertise edit bil');
    expect(await maya.submit({ Name: 'Invoices', Operators: ['ben', 'chloe'] })).toEqual({});
    expect((await maya.read('general')).map(wordsOf).at(-1)).toMatch(/Invoices.* is saved\. 2 people have it/);
    const who = await answer(ana, 'who billing');
    expect(who).toContain('2 people have');
    expect(who).toContain('Invoices');
    expect(await answer(ana, 'who @ana')).toContain('has no expertise yet');
  });

  it('shows what somebody else did while the form was open, and keeps it', async () => {
    await maya.command('general', '/expertise new Billing');
    await maya.submit({ Operators: ['ana'] });
    await maya.command('general', '/expertise edit Billing');
    await answer(maya, 'assign @dev Billing');
    expect(await maya.submit({ Operators: ['ana', 'ben'] })).toEqual({});
    expect(wordsOf(await maya.modal())).toContain('Somebody else changed this expertise while you had it open');
    expect(await answer(ana, 'who billing')).toContain('3 people have');
    await maya.press('Open again', 'modal');
    expect(wordsOf(await maya.modal())).toContain('Edit expertise');
  });

  it('says that an expertise deleted while its form was open is gone', async () => {
    await maya.command('general', '/expertise new Billing');
    await maya.submit();
    await maya.command('general', '/expertise edit Billing');
    await db('expertise').delete();
    await maya.submit({ Name: 'Invoices' });
    expect(wordsOf(await maya.modal())).toContain('was deleted meanwhile');
  });

  it('gives and takes by command, and tells the person once', async () => {
    await maya.command('general', '/expertise new Billing');
    await maya.submit();
    expect(await answer(maya, 'assign @ana @ben "billing"')).toMatch(/Gave .*Billing.* to .* and /);
    expect(await answer(maya, 'assign @ana Billing')).toMatch(/Nothing to do: .* had .*Billing.* already/);
    expect(await answer(maya, 'unassign @ana Billing')).toContain('Took');
    await world.settle();
    expect((await ana.read('@beckon')).filter((message) => wordsOf(message).includes('Billing'))).toHaveLength(1);
    world.clock.advance({ minutes: 2 });
    await world.settle();
    expect((await ana.read('@beckon')).map(wordsOf).at(-1)).toMatch(/not known for .*Billing.* any more/);
  });

  it('says in the list that what was added there is saved, and who has it', async () => {
    await maya.openHome();
    await world.settle();
    await maya.press('Expertise and who has it', 'home');
    await maya.press('New expertise', 'modal');
    expect(await maya.submit({ Name: 'Law' })).toEqual({});
    expect(wordsOf(await maya.modal())).toMatch(/Law\* is saved\. Nobody has it yet[\s\S]*Law.*nobody yet/);
  });

  it.each([
    ['lsit', 'Did you mean `/expertise list`?'],
    ['frobnicate', '`/expertise who'],
    ['help', '`/expertise assign'],
    ['who Nothing', 'There is no expertise “Nothing”'],
    ['who', 'Say which expertise as well'],
    ['edit', 'Say which expertise as well'],
    ['assign @ana', 'Say which expertise as well'],
    ['assign Billing', 'Say who as well'],
    ['assign @nobody Billing', 'Slack does not say who @nobody is'],
    ['assign @gus Nothing', 'There is no expertise “Nothing”'],
  ])('answers %j with what to do', async (command, text) => {
    expect(await answer(maya, command)).toContain(text);
  });

  it.each(['new Law', 'edit Billing', 'assign @ana Billing', 'unassign @ana Billing'])(
    'refuses “%s” to others than administrators, and says who can help',
    async (command) => {
      await answer(maya, 'help');
      expect(await answer(ana, command)).toMatch(/Only administrators can do this\. .*can help/);
      expect(await ana.modals()).toEqual([]);
    },
  );

  it('is closed to guests', async () => {
    const gus = await world.as('gus');
    await gus.command('acme-support', '/expertise list');
    expect((await gus.read('acme-support')).at(-1)?.text).toContain('not open to guests');
  });

  it('shows a thousand in a window and finds each as somebody types', async () => {
    const workspaceId = (await db('workspaces').first<{ id: string }>('id')).id;
    for (let index = 0; index < 1000; index += 1) await makeExpertise(db, `Topic ${index}`, { workspaceId });
    expect(await answer(ana, 'list')).toContain('Show all 1,000');
    const list = (await ana.read('general')).at(-1);
    if (list === undefined) throw new Error('no list');
    await ana.press('Show all 1,000', list);
    expect(wordsOf(await ana.modal())).toContain('Topic 999');
    await ana.closeModal();
    await ana.command('general', '/expertise me');
    expect(await ana.submit({ 'Live chat expertise': ['Topic 777'] })).toEqual({});
    expect(await answer(ana, 'who @ana')).toContain('Topic 777');
  });
});
