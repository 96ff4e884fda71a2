/** Forwarding goes on by itself: turn by turn, until somebody answers or nobody is left. */
import { expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import {
  at,
  cards,
  customerRead,
  describeForwarding,
  forwardIt,
  minutes,
  NOTE,
  offer,
  openForm,
  presence,
} from '../support/forwarding.ts';
import { bindChannel, directMessages, everybody, isMember } from './story.ts';

/** What stands already in the form that asks for help. */
async function filledIn(who: Somebody) {
  const text = JSON.stringify((await who.modal()).blocks);
  const [, chosen = ''] = /"initial_options":(\[.*?\])/.exec(text) ?? [];
  return { billing: chosen.includes('"Billing"'), note: /"initial_value":"(.*?)"/.exec(text)?.[1] };
}

describeForwarding('forwarding, turn by turn', () => {
  it('goes on after the answer time, through a restart; after three Beckon asks for help itself and says who was tried', async () => {
    const { maya } = await everybody(at.world, 'maya');
    await maya.command('general', '/expertise assign @dev @emi Billing');
    await at.world.settle();
    const { ana, first } = await forwardIt();
    await minutes(3);
    await at.world.restart();
    await minutes(2);
    expect((await directMessages(first)).at(-1)).toMatch(
      /You did not answer in time, so .* You are not in the conversation/,
    );
    expect((await customerRead()).filter((text) => text.startsWith('Thank you for waiting.'))).toHaveLength(1);
    await minutes(5);
    expect((await customerRead()).filter((text) => text.startsWith('Thank you for waiting.'))).toHaveLength(2);
    await minutes(5);
    const read = await customerRead();
    expect(read).toHaveLength(4);
    expect(read.at(-1)).toBe('We are finding the right person and will answer here.');
    const card = (await cards()).at(-1) ?? '';
    expect(card).toContain('is looking for help');
    expect(card).toMatch(/<@\w+>, <@\w+> and <@\w+> did not answer in time\./);
    expect(card).toContain('asked by Beckon');
    expect((await directMessages(ana)).at(-1)).toMatch(
      /Nobody has taken .*did not answer in time\. Beckon asks for help in <#\w+> now; the request there says who is called/,
    );
    await ana.command('acme-support', '/livechat why');
    const why = wordsOf(await ana.modal());
    expect(why.match(/did not answer in time/g)).toHaveLength(3);
  });

  it('says of those who passed that they did, and to whoever forwarded it nothing that may not come true', async () => {
    const { ana, first, second } = await forwardIt();
    await first.press('Pass', await offer(first));
    await at.world.settle();
    await second.press('Pass', await offer(second));
    await at.world.settle();
    expect((await cards()).at(-1)).toContain(`<@${first.id}> and <@${second.id}> passed it on.`);
    const told = (await directMessages(ana)).at(-1);
    expect(told).toMatch(
      /\) and .*\) passed it on\. Beckon asks for help in <#\w+> now; the request there says who is/,
    );
    expect(told).not.toContain('called now');
  });

  it('says that nobody is available and what happens next; after ten silent minutes it is looking for help', async () => {
    await presence(['ben', 'chloe'], 'away');
    const ana = await openForm();
    await ana.choose('Expertise', ['Billing'], 'modal');
    await ana.submit({ [NOTE]: 'Invoice 17' });
    const answer = wordsOf(await ana.modal());
    expect(answer).toContain('Nobody is available');
    expect(answer).toContain('for 10 minutes, it is *Looking for help*');
    expect(answer).toContain('Why nobody?');
    await ana.press('Ask for help', 'modal');
    expect(wordsOf(await ana.modal())).toContain('will be *Looking for help* until somebody joins');
    expect(await filledIn(ana)).toEqual({ billing: true, note: 'Invoice 17' });
    await ana.closeModal();
    await minutes(9);
    expect(await customerRead()).toEqual([]);
    expect(await cards()).toEqual([]);
    await minutes(1);
    expect((await cards()).at(-1)).toMatch(/is looking for help.*Nobody was available when it was to be forwarded\./s);
    expect(await customerRead()).toEqual(['We are finding the right person and will answer here.']);
  });

  it('carries what stands in the form into the one that asks for help, also where no conversation is open', async () => {
    await presence(['ben', 'chloe'], 'away');
    const ana = await openForm();
    await ana.choose('Expertise', ['Billing'], 'modal');
    // From now on it is known that they are away.
    await ana.submit();
    await ana.closeModal();
    await ana.command('acme-support', '/livechat close');
    const typed = { [NOTE]: 'Invoice 17' };
    for (const open of [false, true]) {
      if (open) await ana.command('acme-support', '/livechat open');
      await ana.command('acme-support', '/livechat forward');
      await ana.choose('Expertise', ['Billing'], 'modal');
      // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a form is filled in, no array
      await ana.fill(typed);
      await ana.press('Ask for help', 'modal');
      expect(await filledIn(ana)).toEqual({ billing: true, note: 'Invoice 17' });
      await ana.closeModal();
      await ana.closeModal();
    }
  });

  it('is answered by a word of whoever has it, and stays theirs', async () => {
    const { first, second } = await forwardIt();
    await first.say('acme-support', 'Hello, let me look.');
    await at.world.settle();
    expect((await directMessages(first)).at(-1)).toContain('You answered it');
    await minutes(30);
    expect(await isMember(second, 'acme-support')).toBe(false);
    // Whoever comes next was not waited for.
    await first.command('acme-support', '/livechat forward');
    expect(wordsOf(await first.modal())).toContain(`1. <@${second.id}>: covers Billing`);
    await first.submit();
    await at.world.settle();
    expect(await isMember(second, 'acme-support')).toBe(true);
    expect((await customerRead()).filter((text) => text.includes('Thank you'))).toEqual([]);
  });

  it('ends when a colleague writes', async () => {
    const { first, second } = await forwardIt();
    const { ana } = await everybody(at.world, 'ana');
    await ana.say('acme-support', 'I can go on after all.');
    await at.world.settle();
    expect((await directMessages(first)).at(-1)).toContain('It does not wait for you alone any more');
    await minutes(30);
    expect(await isMember(second, 'acme-support')).toBe(false);
    expect(await cards()).toEqual([]);
  });

  it('tells nobody anything when it is closed while they are on the way in', async () => {
    const ana = await openForm();
    await ana.choose('Expertise', ['Billing'], 'modal');
    await ana.submit();
    await ana.closeModal();
    await ana.command('acme-support', '/livechat close');
    await at.world.settle();
    const { ben, chloe } = await everybody(at.world, 'ben', 'chloe');
    expect(await customerRead()).toEqual([]);
    const offered = [...(await directMessages(ben)), ...(await directMessages(chloe))];
    expect(offered.filter((text) => text.includes('is yours'))).toEqual([]);
    await minutes(30);
    expect(await cards()).toEqual([]);
  });

  it('goes to the next best where Slack lets somebody not in, and keeps why', async () => {
    const ana = await openForm();
    await ana.choose('Expertise', ['Billing'], 'modal');
    await ana.send('knobs', {
      knobs: { errorNext: { calls: 1, method: 'conversations.invite', error: 'ura_max_channels' } },
    });
    await ana.submit();
    await ana.closeModal();
    await at.world.settle();
    const { ben, chloe } = await everybody(at.world, 'ben', 'chloe');
    expect([await isMember(ben, 'acme-support'), await isMember(chloe, 'acme-support')].filter(Boolean)).toHaveLength(
      1,
    );
    expect(await customerRead()).toEqual([expect.stringMatching(/^\*.*\* joined the conversation\.$/)]);
    await ana.command('acme-support', '/livechat why');
    expect(wordsOf(await ana.modal())).toContain('could not be added by Slack');
    expect(await at.db('turns').where({ state: 'failed' }).pluck('reason')).toEqual(['ura_max_channels']);
  });

  it('begins with a customer’s first message where the desk of an automatic channel says so', async () => {
    const { maya, gus, ben, chloe } = await everybody(at.world, 'maya', 'gus', 'ben', 'chloe');
    await bindChannel(at.world, 'acme-support', 'One conversation');
    await maya.command('general', '/livechat desks');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ 'Conversations that customers begin': 'Forward them at once' })).toEqual({});
    await maya.closeModal();
    // Ben and Chloe take only what wants their expertise.
    await gus.say('acme-support', 'Hello? Something about billing.');
    await at.world.settle();
    expect(await customerRead()).toHaveLength(1);
    expect((await isMember(ben, 'acme-support')) || (await isMember(chloe, 'acme-support'))).toBe(true);
    const [first] = (await customerRead()).map((text) => /\*(.+)\*/.exec(text)?.[1]);
    const ana = await at.world.as('ana');
    const team = [ana, ben, chloe];
    const offered = await Promise.all(team.map(async (who) => (await directMessages(who)).at(-1) ?? ''));
    expect(offered.filter((text) => text.includes('is yours. Beckon forwarded it.'))).toHaveLength(1);
    await gus.say('acme-support', 'Anybody?');
    await minutes(5);
    expect((await customerRead()).at(-1)).toMatch(/^Thank you for waiting/);
    expect((await customerRead()).at(-1)).not.toContain(`*${first}*`);
  });
});
