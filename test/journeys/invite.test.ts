/** Inviting colleagues, and leaving. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import type { World } from '../support/world.ts';
import { describeWorlds } from '../support/worlds.ts';
import { answerTo, askForHelp, directMessages, everybody, isMember, said, setUp } from './story.ts';

describeWorlds('inviting and leaving', {}, (on) => {
  let world: World;
  beforeEach(async () => {
    ({ world } = on());
    await setUp(world);
  });

  it('shows who knows what is wanted first; presence arrives after opening; several come, and the customer reads who', async () => {
    const { ana, ben, chloe, gus, maya } = await everybody(world, 'ana', 'ben', 'chloe', 'gus', 'maya');
    const { fill: fillIn } = ana;
    await maya.send('setPerson', { user: ben.id, presence: 'away' });
    await maya.command('general', '/expertise assign @dev Shipping');
    const card = await askForHelp(world);
    await ana.command('acme-support', '/livechat invite');
    const picker = wordsOf(await ana.modal());
    expect(picker).toMatch(/Chloé Martin · 🟢 active · 0 open\n🎓 ⭐ Billing · French/);
    expect(picker).toMatch(/Ben Okafor · ⚪ away/);
    expect(picker.indexOf('Chloé')).toBeLessThan(picker.indexOf('Ben'));
    expect(picker).not.toContain('Ana Silva');
    const before = (await said(gus, 'acme-support')).length;
    await fillIn({ Agents: ['Ben Okafor', 'Chloé Martin'] });
    expect(await ana.submit()).toEqual({});
    expect(wordsOf(await ana.modal())).toContain('are being added');
    await world.settle();
    expect(await isMember(ben, 'acme-support')).toBe(true);
    expect(await isMember(chloe, 'acme-support')).toBe(true);
    expect((await said(gus, 'acme-support')).slice(before).map(wordsOf).sort()).toEqual([
      '*Ben Okafor* joined the conversation.',
      '*Chloé Martin* joined the conversation.',
    ]);
    expect((await directMessages(ben)).at(-1)).toContain('invited you into');
    expect((await directMessages(ana)).filter((text) => text.includes('In progress'))).toHaveLength(1);
    expect(wordsOf((await said(ana, 'support-help')).find(({ ts }) => ts === card.ts) as Message)).toContain('joined');
  });

  it('keeps what was ticked through searching and filtering', async () => {
    const { ana, ben, maya } = await everybody(world, 'ana', 'ben', 'maya');
    const { fill: fillIn } = ana;
    await maya.command('general', '/expertise assign @dev Billing');
    await ana.command('acme-support', '/livechat open');
    await ana.command('acme-support', '/livechat invite');
    await fillIn({ Agents: ['Ben Okafor'] });
    await ana.choose('Search by name', 'chlo', 'modal');
    const found = wordsOf(await ana.modal());
    expect(found).toContain('Chloé Martin');
    expect(found).not.toContain('Ben Okafor ·');
    expect(found).toContain(`Also ticked: <@${ben.id}>`);
    await ana.choose('Search by name', '', 'modal');
    await ana.choose('Only people who know about', ['Billing'], 'modal');
    expect(wordsOf(await ana.modal())).toContain('Dev Patel');
    expect(await ana.submit()).toEqual({});
    await world.settle();
    expect(await isMember(ben, 'acme-support')).toBe(true);
  });

  it('names to the inviter whom Slack will not let in', async () => {
    const { ana, ben, chloe } = await everybody(world, 'ana', 'ben', 'chloe');
    const { fill: fillIn } = ana;
    await ana.command('acme-support', '/livechat open');
    await ana.command('acme-support', '/livechat invite');
    await fillIn({ Agents: ['Ben Okafor', 'Chloé Martin'] });
    await ana.submit();
    const refused = { calls: 1, method: 'conversations.invite', error: 'ura_max_channels' };
    await ana.send('knobs', { knobs: { errorNext: refused } });
    await world.settle();
    const failures = (await directMessages(ana)).filter((text) => text.includes('could not bring'));
    expect(failures).toHaveLength(1);
    const [out, come] = failures[0]?.includes(ben.id) === true ? [ben, chloe] : [chloe, ben];
    expect(failures[0]).toContain(`<@${out.id}>`);
    expect(failures[0]).toContain('may be in no further channel');
    expect(await isMember(out, 'acme-support')).toBe(false);
    expect(await isMember(come, 'acme-support')).toBe(true);
  });

  it('explains itself where there is no conversation, and shows nobody', async () => {
    const { ana } = await everybody(world, 'ana');
    await ana.command('acme-support', '/livechat invite');
    const nothing = wordsOf(await ana.modal());
    expect(nothing).toContain('People are invited into conversations');
    expect(nothing).not.toMatch(/Billing|Ben|🎓/);
    await ana.press('Open a conversation here', 'modal');
    expect(wordsOf(await ana.modal())).toContain('Ben Okafor');
    await ana.closeModal();
    const answer = await answerTo(ana, '@ben', '/livechat invite');
    expect(answer).toMatch(/direct message/);
    expect(answer).not.toMatch(/Billing|🎓/);
  });

  it('lets one go silently, and offers the last one what would keep the customer from waiting for nobody', async () => {
    const { ana, ben, gus } = await everybody(world, 'ana', 'ben', 'gus');
    await ana.command('acme-support', '/livechat open');
    await ana.command('acme-support', '/livechat invite');
    await ana.submit({ Agents: ['Ben Okafor'] });
    await ana.closeModal();
    await world.settle();
    const before = (await said(gus, 'acme-support')).length;
    await ana.command('acme-support', '/livechat');
    await ana.press('Leave', 'modal');
    expect(wordsOf(await ana.modal())).toContain('You have left');
    await ana.closeModal();
    await ben.command('acme-support', '/livechat leave');
    expect(wordsOf(await ben.modal())).toContain('You are the last one in');
    await ben.press('Leave all the same', 'modal');
    expect(wordsOf(await ben.modal())).toContain('You have left');
    await world.settle();
    expect(await isMember(ben, 'acme-support')).toBe(true);
    expect((await said(gus, 'acme-support')).slice(before)).toEqual([]);
    expect(await answerTo(ben, 'acme-support', '/livechat leave')).toContain('You are not in this conversation');
  });
});
