/** An empty workspace becomes a working desk, and what is known about gets its shape. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import { makeCrowd } from '../support/crowd.ts';
import { makeExpertise } from '../support/make.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { answerTo, askForHelp, cardIn, directMessages, everybody, setUp } from './story.ts';

describeWorlds('setting up', {}, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
  });

  /** Home as it is at once: what somebody does themselves waits for nothing. */
  const homeOf = async (somebody: Somebody): Promise<string> => {
    await world.settle();
    const home = await somebody.home();
    return home === null ? '' : wordsOf(home);
  };

  it('leads a first administrator from an empty Home to a working desk, and each person reads one welcome', async () => {
    const { maya, ana, ben, dev } = await everybody(world, 'maya', 'ana', 'ben', 'dev');
    await ana.openHome();
    expect(await homeOf(ana)).not.toContain('Set up Beckon');
    await maya.openHome();
    expect(await homeOf(maya)).toContain('0 of 4 steps are done');

    await maya.press('Choose a help channel', 'home');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ 'Help channel': 'support-help' })).toEqual({});
    await maya.closeModal();
    expect(await homeOf(maya)).toMatch(/1 of 4 steps[\s\S]*:white_check_mark: \*A help channel/);

    await maya.press('Add agents', 'home');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ Agents: ['ana'] })).toEqual({});
    await maya.closeModal();
    await maya.press('New expertise', 'home');
    expect(await maya.submit({ Name: 'Billing', Operators: ['ben'] })).toEqual({});
    expect(await homeOf(maya)).toContain('3 of 4 steps are done');

    await maya.press('Add a support channel', 'home');
    const channel = (await maya.modal()).blocks.length;
    expect(channel).toBeGreaterThan(0);
    expect(await maya.submit({ Channel: 'acme-support' })).toEqual({});
    expect(await homeOf(maya)).not.toContain('Set up Beckon');

    await maya.press('Administrators', 'home');
    expect(wordsOf(await maya.modal())).toContain('admin or owner of this Slack workspace');
    expect(await maya.submit({ 'Make administrators': ['dev', 'gus'] })).toEqual({
      administrators: expect.stringContaining('Gus Keller (a guest)'),
    });
    expect(await maya.submit({ 'Make administrators': ['dev'] })).toEqual({});
    // What was chosen is done with: sent once more without choosing, nobody is made anything.
    expect(await maya.submit({})).toHaveProperty(['administrators#1']);
    expect(wordsOf(await maya.modal())).toMatch(/is an administrator now[\s\S]*made by/);
    await world.settle();

    const told = await Promise.all([ana, ben, dev, maya].map(directMessages));
    expect(told.map((messages) => messages.length)).toEqual([1, 1, 1, 0]);
    expect(told[0]?.[0]).toContain('You are an agent of Support now');
    expect(told[1]?.[0]).toMatch(/agent of Support now[\s\S]*known for Billing/);
    expect(told[2]?.[0]).toMatch(/made you an administrator of Beckon[\s\S]*My preferences/);

    await dev.command('general', '/expertise new Law');
    expect(await dev.submit()).toEqual({});
    await askForHelp(world);
    expect(wordsOf(await cardIn(ben))).toContain('looking for help');
  });

  it('takes it back from who was made one, also from themselves', async () => {
    const { maya, dev } = await everybody(world, 'maya', 'dev');
    await maya.command('general', '/livechat admins');
    await maya.submit({ 'Make administrators': ['dev'] });
    await dev.command('general', '/livechat admins');
    await dev.press('Remove', 'modal');
    expect(wordsOf(await dev.modal())).toContain('You are no administrator any more');
    expect(await answerTo(dev, 'general', '/livechat admins')).toMatch(/Only administrators can do this\. Maya/);
    await maya.press('Remove', 'modal');
    expect(wordsOf(await maya.modal())).toContain('Somebody else removed');
  });

  it('makes one expertise of two: the card, the people and the old name follow', async () => {
    await setUp(world);
    const { maya, ana, ben, emi } = await everybody(world, 'maya', 'ana', 'ben', 'emi');
    await askForHelp(world);
    await maya.command('general', '/expertise new Money');
    await maya.submit({ Operators: ['ben', 'emi'] });
    await maya.command('general', '/expertise merge billing into MONEY');
    expect(wordsOf(await maya.modal())).toMatch(
      /1 person will have \*Money\*; 1 person has both[\s\S]*1 open request for help will want it/,
    );
    expect(await maya.submit()).toEqual({});
    expect(wordsOf(await maya.modal())).toContain('*Billing* is *Money* now');
    await world.settle();
    expect(wordsOf(await cardIn(ben))).toContain('Money');
    expect(await answerTo(ana, 'general', '/expertise who Billing')).toMatch(/3 people have \*Money\*/);
    expect(await answerTo(emi, 'general', '/expertise who @ben')).toContain('*Money*');
  });

  it('deletes from the form in the list only after showing where it is used', async () => {
    await setUp(world);
    const { maya, ana, ben } = await everybody(world, 'maya', 'ana', 'ben');
    await askForHelp(world);
    await maya.openHome();
    await world.settle();
    await maya.press('Expertise and who has it', 'home');
    await maya.choose('Edit an expertise', 'Billing', 'modal');
    await maya.press('Delete', 'modal');
    expect((await maya.modals()).map(({ title }) => title)).toEqual([
      'Expertise',
      'Edit expertise',
      'Delete expertise',
    ]);
    expect(wordsOf(await maya.modal())).toMatch(/2 people have it[\s\S]*1 open request for help wants it/);
    await maya.press('Delete', 'modal');
    const [list, form, done] = (await maya.modals()).map(wordsOf);
    expect(done).toContain('*Billing* is deleted');
    expect(form).toContain('This expertise was deleted.');
    expect(list).toContain('There is no expertise yet');
    await world.settle();
    expect(wordsOf(await cardIn(ben))).toContain('Any agent of the desk');
    expect(await answerTo(ana, 'general', '/expertise who Billing')).toContain('There is no expertise “Billing”');
  });

  it('merges from the form, into one found among a thousand, with five thousand people', async () => {
    const workspaceId = (await db('workspaces').first<{ id: string }>('id')).id;
    for (let index = 0; index < 1000; index += 1) await makeExpertise(db, `Topic ${index}`, { workspaceId });
    await makeCrowd(db, 5000, 'topic-1', workspaceId);
    const maya = await world.as('maya');
    await maya.command('general', '/expertise edit Topic 1');
    expect(wordsOf(await maya.modal())).toContain('5,000 people have');
    await maya.press('Merge into another', 'modal');
    expect(await maya.submit({ 'Merge into': 'Topic 777' })).toEqual({});
    expect(wordsOf(await maya.modal())).toContain('5,000 people will have *Topic 777*');
    await maya.submit();
    await world.settle();
    expect((await maya.modals()).map(wordsOf)).toEqual([
      expect.stringContaining('was merged into another'),
      expect.stringContaining('*Topic 1* is *Topic 777* now'),
    ]);
    expect(await answerTo(maya, 'general', '/expertise who Topic 1, Topic 2')).toMatch(/5,000 people have some of/);
    await maya.command('general', '/expertise delete Topic 777');
    expect(wordsOf(await maya.modal())).toMatch(/5,000 people have it[\s\S]*4,980 more/);
  });
});
