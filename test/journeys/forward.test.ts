/** Forwarding by hand: who would get it and why, whose turn it is, and passing it on. */
import { expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import { at, customerRead, describeForwarding, forwardIt, offer, openForm } from '../support/forwarding.ts';
import { answerTo, answerToPress, directMessages, everybody, homeOf, isMember, said } from './story.ts';

describeForwarding('forwarding', () => {
  it('shows who would get it with reasons before anything is done, and anew for every wish', async () => {
    const ana = await openForm();
    const { ben, chloe, gus } = await everybody(at.world, 'ben', 'chloe', 'gus');
    expect(wordsOf(await ana.modal())).toContain('Choose what it is about to see who would get it.');
    expect(wordsOf(await ana.modal())).not.toContain(ana.id);
    await ana.choose('Expertise', ['Billing'], 'modal');
    expect(wordsOf(await ana.modal())).toMatch(/1\. <@\w+>: covers Billing, no open conversations/);
    await ana.choose('Language', 'French', 'modal');
    expect(wordsOf(await ana.modal())).toMatch(`1. <@${chloe.id}>: covers Billing, speaks French`);
    expect(await isMember(ben, 'acme-support')).toBe(false);
    expect((await said(gus, 'acme-support')).map(wordsOf).join()).not.toContain('joined the conversation');
  });

  it('shows who would get it for the last of two quick wishes, though the view has changed between them', async () => {
    const ana = await openForm();
    const { chloe } = await everybody(at.world, 'chloe');
    await ana.choose('Expertise', ['Billing'], 'modal');
    at.world.slack.setKnobs({ errorNext: { calls: 1, method: 'views.update', error: 'hash_conflict' } });
    await ana.choose('Language', 'French', 'modal');
    expect(wordsOf(await ana.modal())).toMatch(`1. <@${chloe.id}>: covers Billing, speaks French`);
  });

  it('adds the best, who reads why and may ask why them; the customer reads who joined', async () => {
    const { first, answer, ana } = await forwardIt('Zanzibar');
    expect(answer).toMatch(/gets .*acme-support.*: covers Billing, no open conversations/);
    expect(answer).toContain('within 5 min');
    expect(await isMember(first, 'acme-support')).toBe(true);
    expect(await customerRead()).toEqual([expect.stringContaining('joined the conversation.')]);
    const message = await offer(first);
    expect(wordsOf(message)).toContain('Why you: covers Billing');
    expect(wordsOf(message)).toContain('Wanted: :star: Billing');
    expect(wordsOf(message)).toContain('Zanzibar');
    await first.press('Why me?', message);
    expect(wordsOf(await first.modal())).toMatch(new RegExp(`<@${first.id}>\\*  ·  .*asked by <@${ana.id}>`));
    await first.closeModal();
    await first.press('Open conversation', message);
    expect(wordsOf(await first.modal())).toContain('has had it since');
    await first.closeModal();
    await ana.command('acme-support', '/livechat why');
    const why = wordsOf(await ana.modal());
    expect(why).toContain('*Wanted*  Billing');
    expect(why).toContain('*After them*');
    expect(why).toContain('has it now');
  });

  it('gives it to the next when they pass; the customer is thanked for waiting', async () => {
    const { first, second } = await forwardIt();
    const message = await offer(first);
    const home = await homeOf(at.world, first);
    expect(home).toContain('waits for your answer');
    at.world.clock.advance({ minutes: 1 });
    await first.press('Pass', message);
    await at.world.settle();
    expect((await directMessages(first)).at(-1)).toContain('You passed it on');
    expect(await isMember(first, 'acme-support')).toBe(true);
    expect(await isMember(second, 'acme-support')).toBe(true);
    expect((await customerRead()).at(-1)).toMatch(/^Thank you for waiting\. \*.*\* joined the conversation\.$/);
    expect(wordsOf(await offer(second))).toContain('is yours');
    expect(wordsOf(await offer(second))).toContain(`forwarded it. <@${first.id}> passed it on.`);
    expect(await homeOf(at.world, first)).not.toContain('waits for your answer');
    await second.openHome();
    await at.world.settle();
    await second.press('Pass', 'home');
    expect(wordsOf(await second.modal())).toContain('You have passed on');
  });

  it('says to who passes too late who has had it since when', async () => {
    const { first, second } = await forwardIt();
    const message = await offer(first);
    // The message still stands as it was: Slack has not taken the edit yet.
    const busy = { calls: 1, method: 'chat.update', error: 'internal_error' };
    await first.send('knobs', { knobs: { errorNext: busy } });
    at.world.clock.advance({ minutes: 5 });
    await at.world.settle();
    expect(await answerToPress(first, 'Pass', message)).toMatch(
      new RegExp(`<@${second.id}> has had it since <!date\\^\\d+\\^{time}`),
    );
  });

  it('opens the conversation where none is open, and asks which where several are', async () => {
    const { ana, ben, olga } = await everybody(at.world, 'ana', 'ben', 'olga');
    await ana.command('acme-support', '/livechat forward');
    expect(wordsOf(await ana.modal())).toMatch(/No conversation is open in[^]*Choose what it is about/);
    await ana.choose('Expertise', ['Billing'], 'modal');
    expect(wordsOf(await ana.modal())).toMatch(/Who would get it[^]*covers Billing/);
    expect(await at.db('conversations').whereNull('closed_at')).toEqual([]);
    await ana.submit();
    expect(wordsOf(await ana.modal())).toMatch(/The conversation is open\.[^]*gets/);
    await ana.closeModal();
    await at.world.settle();
    expect(await at.db('conversations').whereNull('closed_at').pluck('channel_name')).toEqual(['acme-support']);
    expect(await customerRead()).toEqual([expect.stringMatching(/joined the conversation\.$/)]);
    for (const text of ['First question', 'Second question']) {
      await olga.say('globex-shared', text);
      await ben.shortcut('Live chat', (await said(ben, 'globex-shared')).at(-1) as Message);
      await ben.press('Open', 'modal');
      await ben.closeModal();
    }
    await ben.command('globex-shared', '/livechat forward');
    expect(wordsOf(await ben.modal())).toContain('Which one should go to somebody else?');
  });

  it('is not open to customers', async () => {
    const { gus } = await everybody(at.world, 'gus');
    expect(await answerTo(gus, 'acme-support', '/livechat forward')).toContain('not open to guests');
    expect(await answerTo(gus, 'acme-support', '/livechat why')).toContain('not open to guests');
  });
});
