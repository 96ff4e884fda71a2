/** Nobody has joined yet: rounds, Not now, the first expert back, the fallback, and whoever comes otherwise than by Join. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { answerToPress, askForHelp, directMessages, everybody, said, setUp } from './story.ts';

const mentions = (texts: readonly string[]): number => texts.join(' ').match(/<@U\w+> :star:/g)?.length ?? 0;

describeWorlds('when nobody joins', {}, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await setUp(world);
  });

  /** Five experts of Billing instead of two, all on the desk. */
  const moreExperts = async (): Promise<void> => {
    const { maya } = await everybody(world, 'maya');
    await maya.command('general', '/expertise assign @dev @emi @maya Billing');
    await world.settle();
  };
  const pass = async (minutes: number): Promise<void> => {
    world.clock.advance({ minutes });
    await world.settle();
  };
  /** What was said in the thread of a card. */
  const thread = async (card: Message): Promise<string[]> => {
    const { ben } = await everybody(world, 'ben');
    const all = await ben.read('support-help', { thread: card.ts });
    return all
      .slice(1)
      .filter(({ ephemeral }) => ephemeral !== true)
      .map(wordsOf);
  };
  const status = async (handle: string, change: Partial<{ presence: 'active' | 'away'; statusEmoji: string }>) => {
    const { maya } = await everybody(world, 'maya');
    const { id } = await world.as(handle);
    await maya.send('setPerson', { user: id, ...change });
    await world.settle();
  };

  it('calls the next after the answer time, through a restart, and every call says in the end who came', async () => {
    await moreExperts();
    const card = await askForHelp(world);
    expect(mentions(await thread(card))).toBe(3);
    await pass(2);
    await world.restart();
    await pass(3);
    expect(await thread(card)).toHaveLength(2);
    expect(mentions(await thread(card))).toBe(5);
    const { ben } = await everybody(world, 'ben');
    await ben.press('Join', card);
    await world.settle();
    for (const call of await thread(card)) expect(call).toContain('joined after 5 minutes');
  });

  it('calls somebody else for whoever says Not now, and shows it', async () => {
    await moreExperts();
    const card = await askForHelp(world);
    const team = Object.values(await everybody(world, 'ben', 'chloe', 'dev', 'emi', 'maya'));
    const [first] = await thread(card);
    const called = team.find(({ id }) => first?.includes(id) === true) as Somebody;
    const [call] = (await called.read('support-help', { thread: card.ts })).slice(1);
    await called.press('Not now', call as Message);
    await world.settle();
    expect((await thread(card))[0]).toContain('not now');
    const answered = (await called.read('support-help', { thread: card.ts })).filter(
      ({ ephemeral }) => ephemeral === true,
    );
    expect(answered.map(wordsOf)).toEqual(['All right. Somebody else has been called.']);
    expect(mentions(await thread(card))).toBe(4);
  });

  it('tells the asker that nobody is available and calls the first one back, through a restart', async () => {
    await status('ben', { statusEmoji: ':palm_tree:' });
    await status('chloe', { presence: 'away' });
    const { ana } = await everybody(world, 'ana');
    await ana.command('acme-support', '/livechat ask');
    await ana.submit({ 'What should the helper know about?': ['Billing'] });
    expect(wordsOf(await ana.modal())).toContain('The first one back is called');
    await ana.closeModal();
    await world.settle();
    await world.restart();
    const uncalled = (await said(ana, 'support-help')).at(-1) as Message;
    expect(wordsOf(uncalled)).toContain('Nobody who matches is available now. The first one back is called.');
    await status('ben', { statusEmoji: '' });
    const card = (await said(ana, 'support-help')).at(-1) as Message;
    expect(wordsOf(card)).not.toContain('Nobody who matches');
    expect(mentions(await thread(card))).toBe(1);
    await status('chloe', { presence: 'active' });
    await pass(5);
    expect(mentions(await thread(card))).toBe(2);
  });

  it('turns to the desk’s fallback once, tells the asker, and thanks them when it is over', async () => {
    const { maya, ana, ben } = await everybody(world, 'maya', 'ana', 'ben');
    await db('desks').update({ fallback_id: maya.id });
    const card = await askForHelp(world);
    await pass(5);
    await pass(5);
    await pass(5);
    const calls = (await thread(card)).filter((text) => text.includes('falls back to'));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toContain(maya.id);
    expect((await directMessages(ana)).filter((text) => text.includes('has been called as well'))).toHaveLength(1);
    await ben.press('Join', card);
    await world.settle();
    expect((await thread(card)).filter((text) => text.includes('falls back to'))).toEqual([]);
    expect((await thread(card)).at(-1)).toContain('Called: ');
  });

  it('ends when somebody writes; the asker reads who came and can look on, with its age, on a card that links the last', async () => {
    const { ana, maya, gus } = await everybody(world, 'ana', 'maya', 'gus');
    await maya.command('general', '/expertise assign @maya Billing');
    await world.settle();
    const card = await askForHelp(world);
    await pass(4);
    const before = (await said(gus, 'acme-support')).length;
    await maya.say('acme-support', 'Let me look.');
    await world.settle();
    expect(wordsOf((await said(ana, 'support-help')).find(({ ts }) => ts === card.ts) as Message)).toContain('after 4');
    const told = (await ana.read('@beckon')).at(-1) as Message;
    expect(wordsOf(told)).toContain(`<@${maya.id}> wrote in it`);
    expect(await answerToPress(ana, 'Still need help', told)).toContain('*Looking for help* again');
    await world.settle();
    const next = (await said(ana, 'support-help')).at(-1) as Message;
    expect(next.ts).not.toBe(card.ts);
    expect(wordsOf(next)).toContain('Help was asked for here before');
    const since = /<!date\^(\d+)/.exec(wordsOf(card))?.[1];
    expect(wordsOf(next)).toContain(`<!date^${since}`);
    expect((await said(gus, 'acme-support')).slice(before).map(wordsOf)).toEqual(['Let me look.']);
  });
});
