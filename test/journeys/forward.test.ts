/** Forwarding: the app chooses who comes in, turn by turn. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import {
  answerTo,
  answerToPress,
  bindChannel,
  directMessages,
  everybody,
  homeOf,
  isMember,
  said,
  setUp,
} from './story.ts';

const NOTE = 'Note for the agent — only your team sees this';

/** The message that offers somebody their turn. */
const offer = async (who: Somebody): Promise<Message> => {
  const message = (await who.read('@beckon')).findLast((each) => wordsOf(each).includes('is yours'));
  if (message === undefined) throw new Error(`nothing is ${who.name}’s`);
  return message;
};

describeWorlds('forwarding', { how: { sqlite: { mode: 'socket' }, postgres: { mode: 'http' } } }, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await setUp(world);
  });

  const minutes = async (passed: number): Promise<void> => {
    world.clock.advance({ minutes: passed });
    await world.settle();
  };
  const presence = async (handles: readonly string[], now: 'active' | 'away'): Promise<void> => {
    const { maya } = await everybody(world, 'maya');
    for (const handle of handles) await maya.send('setPerson', { user: (await world.as(handle)).id, presence: now });
    await world.settle();
  };
  /** What the customer has read from Beckon, without who came and went. */
  const customerRead = async (): Promise<string[]> => {
    const { gus } = await everybody(world, 'gus');
    return (await said(gus, 'acme-support')).map(wordsOf).filter((text) => /joined the conv|right person/.test(text));
  };
  /** What looks for help. */
  const cards = async (): Promise<string[]> => {
    const { ben } = await everybody(world, 'ben');
    return (await said(ben, 'support-help')).map(wordsOf).filter((text) => text.includes('looking for help'));
  };
  /** Ana opens the form in the customer's channel. */
  const openForm = async (): Promise<Somebody> => {
    const { ana } = await everybody(world, 'ana');
    await ana.command('acme-support', '/livechat open');
    await ana.command('acme-support', '/livechat forward');
    return ana;
  };
  /** Ana forwards it; answers who got it, by what the form said, and who else there is. */
  const forwardIt = async (note = '') => {
    const ana = await openForm();
    await ana.choose('Expertise', ['Billing'], 'modal');
    expect(await ana.submit(note === '' ? {} : { [NOTE]: note })).toEqual({});
    const answer = wordsOf(await ana.modal());
    await ana.closeModal();
    await world.settle();
    const { ben, chloe } = await everybody(world, 'ben', 'chloe');
    const [first, second] = answer.includes(`<@${ben.id}> gets`) ? [ben, chloe] : [chloe, ben];
    return { ana, answer, first, second };
  };

  it('shows who would get it with reasons before anything is done, and anew for every wish', async () => {
    const ana = await openForm();
    const { ben, chloe, gus } = await everybody(world, 'ben', 'chloe', 'gus');
    expect(wordsOf(await ana.modal())).toContain('Nobody is available now.* Say what it is about');
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
    const { chloe } = await everybody(world, 'chloe');
    await ana.choose('Expertise', ['Billing'], 'modal');
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'views.update', error: 'hash_conflict' } });
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
    const home = await homeOf(world, first);
    expect(home).toContain('waits for your answer');
    world.clock.advance({ minutes: 1 });
    await first.press('Pass', message);
    await world.settle();
    expect((await directMessages(first)).at(-1)).toContain('You passed it on');
    expect(await isMember(first, 'acme-support')).toBe(true);
    expect(await isMember(second, 'acme-support')).toBe(true);
    expect((await customerRead()).at(-1)).toMatch(/^Thank you for waiting\. \*.*\* joined the conversation\.$/);
    expect(wordsOf(await offer(second))).toContain('is yours');
    expect(await homeOf(world, first)).not.toContain('waits for your answer');
    await second.openHome();
    await world.settle();
    await second.press('Pass', 'home');
    expect(wordsOf(await second.modal())).toContain('You have passed on');
  });

  it('says to who passes too late who has had it since when', async () => {
    const { first, second } = await forwardIt();
    const message = await offer(first);
    // The message still stands as it was: Slack has not taken the edit yet.
    const busy = { calls: 1, method: 'chat.update', error: 'internal_error' };
    await first.send('knobs', { knobs: { errorNext: busy } });
    world.clock.advance({ minutes: 5 });
    await world.settle();
    expect(await answerToPress(first, 'Pass', message)).toMatch(
      new RegExp(`<@${second.id}> has had it since <!date\\^\\d+\\^{time}`),
    );
  });

  it('goes on after the answer time, through a restart; after three Beckon asks for help itself and says who was tried', async () => {
    const { maya } = await everybody(world, 'maya');
    await maya.command('general', '/expertise assign @dev @emi Billing');
    await world.settle();
    const { ana } = await forwardIt();
    await minutes(3);
    await world.restart();
    await minutes(2);
    expect((await customerRead()).filter((text) => text.startsWith('Thank you for waiting.'))).toHaveLength(1);
    await minutes(5);
    expect((await customerRead()).filter((text) => text.startsWith('Thank you for waiting.'))).toHaveLength(2);
    await minutes(5);
    const read = await customerRead();
    expect(read).toHaveLength(4);
    expect(read.at(-1)).toBe('We are finding the right person and will answer here.');
    const card = (await cards()).at(-1) ?? '';
    expect(card).toContain('is looking for help');
    expect(card).toMatch(/Nobody answered: tried <@\w+>, <@\w+> and <@\w+>\./);
    expect(card).toContain('asked by Beckon');
    expect((await directMessages(ana)).at(-1)).toMatch(
      /Nobody has answered in .*Tried: .*Experts are being called now/,
    );
    await ana.command('acme-support', '/livechat why');
    const why = wordsOf(await ana.modal());
    expect(why.match(/did not answer in time/g)).toHaveLength(3);
  });

  it('says that nobody is available and what happens next; after ten silent minutes it is looking for help', async () => {
    await presence(['ben', 'chloe'], 'away');
    const ana = await openForm();
    await ana.choose('Expertise', ['Billing'], 'modal');
    await ana.submit();
    const answer = wordsOf(await ana.modal());
    expect(answer).toContain('Nobody is available');
    expect(answer).toContain('for 10 minutes, it is *Looking for help*');
    await ana.press('Ask for help', 'modal');
    expect(wordsOf(await ana.modal())).toContain('will be *Looking for help* until somebody joins');
    await ana.closeModal();
    await minutes(9);
    expect(await customerRead()).toEqual([]);
    expect(await cards()).toEqual([]);
    await minutes(1);
    expect((await cards()).at(-1)).toMatch(/is looking for help.*Nobody was available when it was to be forwarded\./s);
    expect(await customerRead()).toEqual(['We are finding the right person and will answer here.']);
  });

  it('is answered by a word of whoever has it, and stays theirs', async () => {
    const { first, second } = await forwardIt();
    await first.say('acme-support', 'Hello, let me look.');
    await world.settle();
    expect((await directMessages(first)).at(-1)).toContain('You answered it');
    await minutes(30);
    expect(await isMember(second, 'acme-support')).toBe(false);
    // Whoever comes next was not waited for.
    await first.command('acme-support', '/livechat forward');
    expect(wordsOf(await first.modal())).toContain(`1. <@${second.id}>: covers Billing`);
    await first.submit();
    await world.settle();
    expect(await isMember(second, 'acme-support')).toBe(true);
    expect((await customerRead()).filter((text) => text.includes('Thank you'))).toEqual([]);
  });

  it('ends when a colleague writes', async () => {
    const { first, second } = await forwardIt();
    const { ana } = await everybody(world, 'ana');
    await ana.say('acme-support', 'I can go on after all.');
    await world.settle();
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
    await world.settle();
    const { ben, chloe } = await everybody(world, 'ben', 'chloe');
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
    await world.settle();
    const { ben, chloe } = await everybody(world, 'ben', 'chloe');
    expect([await isMember(ben, 'acme-support'), await isMember(chloe, 'acme-support')].filter(Boolean)).toHaveLength(
      1,
    );
    expect(await customerRead()).toEqual([expect.stringMatching(/^\*.*\* joined the conversation\.$/)]);
    await ana.command('acme-support', '/livechat why');
    expect(wordsOf(await ana.modal())).toContain('could not be added by Slack');
    expect(await db('turns').where({ state: 'failed' }).pluck('reason')).toEqual(['ura_max_channels']);
  });

  it('opens the conversation where none is open, and asks which where several are', async () => {
    const { ana, ben, olga } = await everybody(world, 'ana', 'ben', 'olga');
    await ana.command('acme-support', '/livechat forward');
    expect(wordsOf(await ana.modal())).toMatch(/No conversation is open in[^]*Nobody is available now/);
    await ana.choose('Expertise', ['Billing'], 'modal');
    expect(wordsOf(await ana.modal())).toMatch(/Who would get it[^]*covers Billing/);
    expect(await db('conversations').whereNull('closed_at')).toEqual([]);
    await ana.submit();
    expect(wordsOf(await ana.modal())).toMatch(/The conversation is open\.[^]*gets/);
    await ana.closeModal();
    await world.settle();
    expect(await db('conversations').whereNull('closed_at').pluck('channel_name')).toEqual(['acme-support']);
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

  it('begins with a customer’s first message where the desk of an automatic channel says so', async () => {
    const { maya, gus, ben, chloe } = await everybody(world, 'maya', 'gus', 'ben', 'chloe');
    await bindChannel(world, 'acme-support', 'One conversation');
    await maya.command('general', '/livechat desks');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ 'Conversations that customers begin': 'Forward them at once' })).toEqual({});
    await maya.closeModal();
    // Ben and Chloe take only what wants their expertise.
    await gus.say('acme-support', 'Hello? Something about billing.');
    await world.settle();
    expect(await customerRead()).toHaveLength(1);
    expect((await isMember(ben, 'acme-support')) || (await isMember(chloe, 'acme-support'))).toBe(true);
    const [first] = (await customerRead()).map((text) => /\*(.+)\*/.exec(text)?.[1]);
    const ana = await world.as('ana');
    const team = [ana, ben, chloe];
    const offered = await Promise.all(team.map(async (who) => (await directMessages(who)).at(-1) ?? ''));
    expect(offered.filter((text) => text.includes('is yours. Beckon forwarded it.'))).toHaveLength(1);
    await gus.say('acme-support', 'Anybody?');
    await minutes(5);
    expect((await customerRead()).at(-1)).toMatch(/^Thank you for waiting/);
    expect((await customerRead()).at(-1)).not.toContain(`*${first}*`);
  });

  it('is not open to customers', async () => {
    const { gus } = await everybody(world, 'gus');
    expect(await answerTo(gus, 'acme-support', '/livechat forward')).toContain('not open to guests');
    expect(await answerTo(gus, 'acme-support', '/livechat why')).toContain('not open to guests');
  });
});
