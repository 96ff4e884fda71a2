/** The thin path, end to end: somebody asks for help, an expert joins. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import type { World } from '../support/world.ts';
import { describeWorlds } from '../support/worlds.ts';

const last = (messages: readonly Message[]): string => {
  const message = messages.at(-1);
  return message === undefined ? '' : wordsOf(message);
};

/** Maya sets the desk up: two experts of Billing and a help channel. */
async function setUp(world: World): Promise<void> {
  const maya = await world.as('maya');
  await maya.command('general', '/expertise new Billing');
  expect(await maya.submit({ Operators: ['ben', 'chloe'] })).toEqual({});
  await maya.command('general', '/livechat desks');
  await maya.press('Edit', 'modal');
  expect(await maya.submit({ 'Help channel': 'support-help', Agents: ['ana', 'ben', 'chloe'] })).toEqual({});
  await maya.closeModal();
  await world.settle();
}

const internal = async (somebody: Somebody, channel: string): Promise<Message[]> =>
  (await somebody.read(channel)).filter((message) => message.ephemeral !== true);

describeWorlds('asking for help', {}, (on) => {
  let world: World;
  beforeEach(async () => {
    ({ world } = on());
  });

  it('goes from a customer’s question to an expert in the channel, and the customer reads only who joined', async () => {
    await setUp(world);
    const [ana, ben, chloe, gus] = (await Promise.all(['ana', 'ben', 'chloe', 'gus'].map((who) => world.as(who)))) as [
      Somebody,
      Somebody,
      Somebody,
      Somebody,
    ];

    await ben.command('general', '/expertise me');
    await ben.submit({ 'Live chat name': 'Benny from Northwind' });

    await gus.say('acme-support', 'Why was I charged twice?');
    const before = (await internal(gus, 'acme-support')).length;
    await ana.command('acme-support', '/livechat open');
    expect(last(await ana.read('acme-support'))).toContain('is open');
    await ana.command('acme-support', '/livechat ask');
    await ana.submit({ 'What should the helper know about?': ['Billing'], Note: 'Charged twice, invoice 17' });
    expect(wordsOf(await ana.modal())).toContain('Looking for help');
    await world.settle();

    await ben.openHome();
    await world.settle();
    const home = await ben.home();
    expect(home && wordsOf(home)).toMatch(/Looking for help[\s\S]*:star:[\s\S]*Billing/);

    const card = (await internal(ben, 'support-help')).at(-1) as Message;
    expect(wordsOf(card)).toContain('looking for help');
    expect(wordsOf(card)).toContain('invoice 17');
    const thread = await ben.read('support-help', { thread: card.ts });
    expect(last(thread)).toMatch(/:star:.*Billing/);

    world.clock.advance({ minutes: 3 });
    await Promise.all([ben.press('Join', card), chloe.press('Join', card)]);
    await world.settle();
    const answers = [last(await ben.read('support-help')), last(await chloe.read('support-help'))];
    expect(answers.filter((answer) => answer.includes('It is yours'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('was faster'))).toHaveLength(1);

    const winner = answers[0]?.includes('It is yours') ? ben : chloe;
    const name = winner === ben ? 'Benny from Northwind' : 'Chloé Martin';
    const seen = (await internal(gus, 'acme-support')).slice(before).filter((message) => message.subtype === undefined);
    expect(seen.map(wordsOf)).toEqual([`*${name}* joined the conversation.`]);
    const { channels } = await winner.snapshot();
    expect(channels.find((channel) => channel.name === 'acme-support')?.member).toBe(true);
    const over = (await internal(ben, 'support-help')).find((message) => message.ts === card.ts) as Message;
    expect(wordsOf(over)).toContain('joined after 3 minutes');

    await ana.command('acme-support', '/livechat close');
    await world.settle();
    expect(last(await ana.read('acme-support'))).toContain('closed');
    expect(
      (await internal(gus, 'acme-support')).slice(before).filter((message) => message.subtype === undefined),
    ).toHaveLength(1);
  });
});
