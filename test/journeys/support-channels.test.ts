/** Channels that belong to a desk, in all three modes. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import {
  answerTo,
  bindChannel,
  directMessages,
  everybody,
  homeOf,
  openConversations,
  said,
  setUp,
  whispered,
} from './story.ts';

type Cast = Record<'maya' | 'ana' | 'ben' | 'chloe' | 'gus' | 'olga', Somebody>;

const customerReads = async (who: Somebody, channel: string): Promise<string[]> =>
  (await said(who, channel)).filter((message) => message.user !== who.id).map(wordsOf);

describeWorlds('support channels', {}, (on) => {
  let { db, world } = {} as Standing;
  let { maya, ana, ben, chloe, gus, olga } = {} as Cast;
  beforeEach(async () => {
    ({ db, world } = on());
    await setUp(world);
    ({ maya, ana, ben, chloe, gus, olga } = await everybody(world, 'maya', 'ana', 'ben', 'chloe', 'gus', 'olga'));
  });

  const bind = (channel: string, mode: string, desk?: string) => bindChannel(world, channel, mode, desk);

  it('open the channel’s conversation with a customer’s message; it stands on the desk’s Homes until somebody answers', async () => {
    await bind('acme-support', 'One conversation');
    const before = await customerReads(gus, 'acme-support');
    await gus.say('acme-support', 'Hello? Anybody there?');
    await world.settle();
    expect(await homeOf(world, ben)).toMatch(
      /My desks’ open conversations[\s\S]*with Gus Keller[\s\S]*nobody is in it/,
    );
    await ana.say('acme-support', 'Hi Gus!');
    await world.settle();
    expect(await homeOf(world, ana)).toMatch(
      /My conversations\n[\s\S]*with Gus Keller[\s\S]*Nothing else is open at your desks/,
    );
    expect(await homeOf(world, ben)).not.toContain('nobody is in it');
    expect((await customerReads(gus, 'acme-support')).slice(before.length)).toEqual(['Hi Gus!']);
    expect(await whispered(gus, 'acme-support')).toEqual([]);
  });

  it('open a conversation per thread; a question in several messages is one, and a closed thread goes on with its last agent', async () => {
    await bind('globex-shared', 'A conversation per thread');
    const question = await olga.say('globex-shared', 'Our invoices are gone');
    world.clock.advance({ minutes: 1 });
    await olga.say('globex-shared', 'And the ones of last year too');
    world.clock.advance({ minutes: 9 });
    await olga.say('globex-shared', 'Something else: who is our contact?');
    await world.settle();
    expect((await openConversations(db)).map((row) => row.thread_ts)).toContain(question);
    expect(await openConversations(db)).toHaveLength(2);

    await ben.say('globex-shared', 'They are back!', { thread: question });
    await world.settle();
    const { id } = (await openConversations(db)).find((row) => row.thread_ts === question) as { id: string };
    const message = (await ben.read('globex-shared')).find(({ ts }) => ts === question);
    await ben.shortcut('Live chat', message);
    await ben.press('Close conversation', 'modal');
    expect(wordsOf(await ben.modal())).toContain('was closed');
    await ben.closeModal();

    world.clock.advance({ days: 2 });
    const seenBefore = (await olga.read('globex-shared', { thread: question })).length;
    await olga.say('globex-shared', 'Gone again!', { thread: question });
    await world.settle();
    expect(await openConversations(db)).toContainEqual(expect.objectContaining({ id, status: 'in_progress' }));
    expect((await directMessages(ben)).at(-1)).toMatch(
      /wrote again in a conversation you had[\s\S]*thread in #globex-shared/,
    );
    expect(await homeOf(world, ben)).toMatch(/My conversations\n[\s\S]*thread in #globex-shared/);
    expect((await olga.read('globex-shared', { thread: question })).slice(seenBefore).map(wordsOf)).toEqual([
      'Gone again!',
    ]);
  });

  it('are asked for once where the opener is on several desks', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('New desk', 'modal');
    expect(await maya.submit({ Name: 'Billing team', Agents: ['ana'] })).toEqual({});
    await maya.closeModal();
    await ana.command('acme-support', '/livechat open');
    expect(wordsOf(await ana.modal())).toContain('Which desk answers');
    expect(await ana.submit({ Desk: 'Billing team' })).toEqual({});
    expect(wordsOf(await ana.modal())).toContain('is open');
    await ana.closeModal();
    await ana.command('acme-support', '/livechat close');
    expect(await answerTo(ana, 'acme-support', '/livechat open')).toContain('is open');
    await maya.command('general', '/livechat desks');
    await maya.press('Support channels', 'modal');
    expect(wordsOf(await maya.modal())).toMatch(/Billing team · by hand/);
  });

  it('are edited and removed, and what is open stays open', async () => {
    await bind('acme-support', 'One conversation');
    await gus.say('acme-support', 'Hello?');
    await world.settle();
    await maya.command('general', '/livechat desks');
    await maya.press('Support channels', 'modal');
    await maya.press('Edit', 'modal');
    await maya.press('Remove', 'modal');
    expect(wordsOf(await maya.modal())).toContain('no support channel any more');
    await maya.closeModal();
    expect(wordsOf(await maya.modal())).toContain('There is none yet');
    expect(await openConversations(db)).toHaveLength(1);
    await ana.command('acme-support', '/livechat close');
    await gus.say('acme-support', 'One more thing');
    await world.settle();
    expect(await openConversations(db)).toEqual([]);
  });

  it('hand over with their desk when it is archived', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('New desk', 'modal');
    await maya.submit({ Name: 'Billing team', Agents: ['chloe'] });
    await maya.closeModal();
    await bind('acme-support', 'One conversation', 'Billing team');
    await gus.say('acme-support', 'Hello?');
    await world.settle();
    expect(await homeOf(world, chloe)).toContain('with Gus Keller');
    await maya.command('general', '/livechat desks');
    await maya.press('*Billing team*', 'modal');
    await maya.press('Archive…', 'modal');
    expect(wordsOf(await maya.modal())).toMatch(
      /1 agent is taken off it[\s\S]*1 open conversation and 1 support channel/,
    );
    expect(await maya.submit({ Desk: 'Support' })).toEqual({});
    expect(wordsOf(await maya.modal())).toContain('This desk is archived');
    await maya.closeModal();
    expect(wordsOf(await maya.modal())).not.toContain('Billing team');
    expect(await homeOf(world, ben)).toMatch(/with Gus Keller[\s\S]*Support/);
  });

  it('close by themselves when nothing happens for a week, without a word', async () => {
    await bind('acme-support', 'One conversation');
    await gus.say('acme-support', 'Hello?');
    await world.settle();
    const before = (await said(gus, 'acme-support')).length;
    world.clock.advance({ days: 7, minutes: 1 });
    await world.settle();
    expect(await openConversations(db)).toEqual([]);
    expect(await db('conversations').first()).toMatchObject({ outcome: 'no_agent', closed_by: '' });
    expect(await said(gus, 'acme-support')).toHaveLength(before);
  });
});
