import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';

describeWorlds('/livechat desks', {}, (on) => {
  let { db, world } = {} as Standing;
  let maya: Somebody;
  beforeEach(async () => {
    ({ db, world } = on());
    maya = await world.as('maya');
  });

  const titles = async (): Promise<string[]> => (await maya.modals()).map(({ title }) => title);

  it('sets a desk up, and the list below shows it at once', async () => {
    await maya.command('general', '/livechat desks');
    expect(wordsOf(await maya.modal())).toMatch(
      /Support.*\(default\)[\s\S]*no help channel yet · 0 agents · answer time 5/,
    );
    await maya.press('Edit', 'modal');
    expect(await titles()).toEqual(['Desks', 'Edit desk']);
    const entries = { 'Help channel': 'support-help', Agents: ['ana', 'ben'], 'Answer time in minutes': '0' };
    expect(await maya.submit(entries)).toEqual({});
    expect(await titles()).toEqual(['Desks']);
    expect(wordsOf(await maya.modal())).toMatch(/help in .* · 2 agents · no answer time/);
  });

  it('adds one', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('New desk', 'modal');
    expect(await maya.submit({ Name: 'support' })).toEqual({
      name: expect.stringContaining('a desk “Support” already'),
    });
    expect(await maya.submit({ Name: 'Billing team', Agents: ['gus'] })).toEqual({
      agents: expect.stringContaining('Gus Keller (a guest)'),
    });
    expect(await maya.submit({ Agents: ['chloe'] })).toEqual({});
    expect(wordsOf(await maya.modal())).toMatch(/Billing team[\s\S]*1 agent/);
  });

  it.each([
    ['acme-support', /Gus Keller would read every request for help/],
    ['globex-shared', /shared with another organization/],
    ['general', /Beckon is not in #general. Type \/invite @Beckon there, then save again/],
  ])('refuses #%s as help channel, with the reason at its field', async (channel, reason) => {
    await maya.command('general', '/livechat desks');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ 'Help channel': channel })).toEqual({ help_channel: expect.stringMatching(reason) });
    expect(await db('desks').first()).toMatchObject({ help_channel_id: '' });
  });

  it('restores one that was archived, under another name where its own is taken', async () => {
    await maya.command('general', '/livechat desks');
    for (const again of [1, 2]) {
      await maya.press('New desk', 'modal');
      expect(await maya.submit({ Name: 'Billing' })).toEqual({});
      if (again === 2) break;
      await maya.press('*Billing*', 'modal');
      await maya.press('Archive…', 'modal');
      expect(await maya.submit({})).toEqual({});
      await maya.closeModal();
    }
    await maya.press('Archived desks (1)', 'modal');
    await maya.press('Restore', 'modal');
    expect(await titles()).toEqual(['Desks', 'Archived desks', 'Restore desk']);
    expect(await maya.submit({})).toEqual({ name: expect.stringContaining('a desk “Billing” already') });
    expect(await maya.submit({ Name: 'Money' })).toEqual({});
    expect(wordsOf(await maya.modal())).toMatch(/Money\* is in use again[\s\S]*No desk is archived/);
    await maya.closeModal();
    expect(wordsOf(await maya.modal())).toMatch(/Billing[\s\S]*Money/);
    expect(wordsOf(await maya.modal())).not.toContain('Archived desks');
  });

  it('says that one was archived meanwhile, and leads to restoring it', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('New desk', 'modal');
    expect(await maya.submit({ Name: 'Billing' })).toEqual({});
    const archive = () => db('desks').where({ name: 'Billing' }).update({ is_archived: 1 });
    await maya.press('*Billing*', 'modal');
    await archive();
    await maya.submit({ Name: 'Money' });
    expect(wordsOf(await maya.modal())).toMatch(/was archived by somebody else, so nothing was changed[^]*restore it/);
    await maya.closeModal();
    await maya.press('*Billing*', 'modal');
    expect(wordsOf(await maya.modal())).toContain('*Billing* was archived, so there is nothing to edit.');
    await maya.press('Restore', 'modal');
    expect(await maya.submit({})).toEqual({});
    expect(await db('desks').where({ name: 'Billing' }).first()).toMatchObject({ is_archived: 0 });
  });

  it('hands out conversations as it says', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('Edit', 'modal');
    const entries = {
      'Who is chosen': 'Language first',
      'Conversations somebody can have at once': '3',
      'Conversations that customers begin': 'Forward them at once',
    };
    expect(await maya.submit(entries)).toEqual({});
    expect(await db('desks').first()).toMatchObject({
      selection_order: 'language_first',
      capacity: 3,
      forwards_new: 1,
    });
  });

  it('leads to the emoji that mean out of office', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('Out-of-office emoji', 'modal');
    expect(await maya.submit({ 'Status emoji': 'holidays' })).toEqual({
      away_emoji: expect.stringContaining('This is none: holidays'),
    });
    expect(await maya.submit({ 'Status emoji': ':palm_tree: :baby:' })).toEqual({});
    expect(await titles()).toEqual(['Desks']);
    expect(await db('workspaces').pluck('away_emoji')).toEqual(['[":palm_tree:",":baby:"]']);
  });

  it('is for administrators', async () => {
    const ana = await world.as('ana');
    await ana.command('general', '/livechat desks');
    expect((await ana.read('general')).at(-1)?.text).toContain('Only administrators can do this');
    expect(await ana.modals()).toEqual([]);
  });
});
