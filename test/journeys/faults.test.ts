/** What is cut off, refused or killed in between: nothing is lost, nothing is posted twice, nobody waits silently. */
import { beforeEach, expect, it, jest } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { askForHelp, cardIn, directMessages, everybody, isMember, plant, said, whispered } from './story.ts';

jest.setTimeout(60_000);

const ASKED = 'What should the helper know about?';

/** Every call of the path from *Ask for help* to the expert in the channel. */
const METHODS = [
  'chat.postMessage',
  'chat.update',
  'conversations.info',
  'conversations.invite',
  'conversations.members',
  'dnd.teamInfo',
  'users.getPresence',
  'users.info',
  'views.open',
  'views.publish',
] as const;

/** Whoever reads that it did not work tries again. */
const persistently = async (act: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 4 && !(await isDone()); attempt += 1) await act();
};

describeWorlds('with faults', {}, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await plant(db, world);
  });

  /** Time passes until whatever is tried again has been: longer than any lease and every wait so far. */
  const letItPass = async (): Promise<void> => {
    for (let minute = 0; minute < 4; minute += 1) {
      await world.settle();
      world.clock.advance({ minutes: 1 });
    }
    await world.settle();
  };

  /** Everything anybody can read for good. */
  const everything = async () => {
    const { ana, ben, chloe, gus } = await everybody(world, 'ana', 'ben', 'chloe', 'gus');
    const cards = (await said(ana, 'support-help')).slice(1);
    const threads = await Promise.all(cards.map((card) => ana.read('support-help', { thread: card.ts })));
    return {
      cards: cards.map(wordsOf),
      calls: threads.map((thread) =>
        thread
          .slice(1)
          .filter(({ ephemeral }) => ephemeral !== true)
          .map(wordsOf),
      ),
      customer: (await said(gus, 'acme-support')).slice(4).map(wordsOf),
      direct: await Promise.all([ana, ben, chloe].map(directMessages)),
    };
  };

  const isOpen = async (): Promise<boolean> => (await db('conversations').select('id')).length > 0;
  const hasAsked = async (): Promise<boolean> => (await db('help_requests').select('id')).length > 0;

  /** Ana asks, Ben joins. */
  const helped = async (): Promise<void> => {
    const { ana, ben } = await everybody(world, 'ana', 'ben');
    await persistently(() => ana.command('acme-support', '/livechat open'), isOpen);
    await persistently(
      () => ana.command('acme-support', '/livechat ask'),
      async () => (await ana.modals()).length > 0,
    );
    await persistently(() => ana.submit({ [ASKED]: ['Billing'], Note: 'Invoice 17' }), hasAsked);
    await ben.openHome();
    // Less than the desk's answer time: nobody else is called meanwhile.
    await letItPass();
    await ben.press('Join', await cardIn(ben));
    await letItPass();
  };

  it('the path calls no other method of Slack', async () => {
    await helped();
    const called = new Set(world.slack.calls().map(({ method }) => method));
    expect(called).toEqual(new Set([...METHODS, 'auth.test', 'apps.connections.open']));
    expect((await everything()).direct.flat()).toEqual([]);
  });

  it.each(METHODS)('%s is cut off, three times after its work', async (method) => {
    world.slack.setKnobs({ cutNext: { calls: 3, method } });
    await helped();
    const { cards, calls, customer, direct } = await everything();
    expect(cards).toEqual([expect.stringMatching(/joined (after|within)/)]);
    // Who is in the help channel is not known then: everybody is called by direct message.
    const byDirectMessage = method === 'conversations.members';
    expect(calls.flat().map((text) => text.includes('Thank you'))).toEqual(byDirectMessage ? [] : [true]);
    expect(direct.map((each) => each.length)).toEqual(byDirectMessage ? [0, 1, 1] : [0, 0, 0]);
    expect(customer).toEqual([expect.stringMatching(/^\*ben\* joined the conversation/i)]);
  });

  it.each(['chat.postMessage', 'conversations.invite', 'chat.update'])(
    'Beckon is started anew while %s is cut off',
    async (method) => {
      const { ana, ben } = await everybody(world, 'ana', 'ben');
      world.slack.setKnobs({ cutNext: { calls: 1, method } });
      await askForHelp(world).catch(() => undefined);
      await world.restart();
      await letItPass();
      await ben.press('Join', await cardIn(ana));
      await world.restart();
      await letItPass();
      const { cards, calls, customer } = await everything();
      expect(cards).toEqual([expect.stringMatching(/joined (after|within)/)]);
      expect(calls).toEqual([[expect.stringContaining('Thank you')]]);
      expect(customer).toEqual([expect.stringMatching(/^\*ben\* joined the conversation/i)]);
    },
  );

  it('what was killed between the message and its note is found, not posted again', async () => {
    await askForHelp(world);
    const before = await everything();
    const { now } = world.clock;
    // As a process leaves it that is killed when Slack has the message and the database does not know yet.
    await db('notices').where({ state: 'done' }).update({ state: 'sending', due_at: now().toISOString() });
    await db('help_requests').update({ card_ts: '' });
    await world.restart();
    await letItPass();
    expect(await everything()).toEqual(before);
    expect(await db('help_requests').pluck<string[]>('card_ts')).toEqual([expect.stringMatching(/^\d+\.\d+$/)]);
  });

  it('what was killed so is found behind everything that was said since', async () => {
    const maya = await world.as('maya');
    await askForHelp(world);
    await db('notices').whereLike('notice', '%help.card%').update({ state: 'sending' });
    await db('help_requests').update({ card_ts: '' });
    for (let n = 0; n < 11; n += 1) {
      await Promise.all(Array.from({ length: 100 }, (_, i) => maya.say('support-help', `Word ${n * 100 + i}`)));
    }
    await world.restart();
    await letItPass();
    const cards = (await said(maya, 'support-help')).filter((message) => wordsOf(message).includes('looking for help'));
    expect(cards).toHaveLength(1);
    expect(await db('help_requests').pluck<string[]>('card_ts')).toEqual([cards[0]?.ts]);
  });

  it.each([
    ['user_is_restricted', /Ask an admin/],
    ['cant_invite', /Ask somebody in the channel/],
    ['not_in_channel', /invite @Beckon/],
    ['some_error_nobody_has_heard_of', /Ask somebody in the channel/],
  ])('Slack does not let the joiner in (%s): others may, and they read what to do', async (error, advice) => {
    const { ben, chloe, gus } = await everybody(world, 'ben', 'chloe', 'gus');
    const card = await askForHelp(world);
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'conversations.invite', error } });
    world.clock.advance({ minutes: 1 });
    await ben.press('Join', card);
    await letItPass();
    expect((await directMessages(ben)).at(-1)).toMatch(advice);
    expect(await isMember(ben, 'acme-support')).toBe(false);
    expect(wordsOf(await cardIn(ben))).toContain('is looking for help');
    expect((await said(gus, 'acme-support')).slice(4)).toEqual([]);
    await chloe.press('Join', await cardIn(chloe));
    await letItPass();
    expect(wordsOf(await cardIn(ben))).toMatch(/joined after [5-9] minutes/);
    expect((await said(gus, 'acme-support')).slice(4).map(wordsOf)).toEqual([expect.stringMatching(/^\*chloe\*/i)]);
  });

  it('of three at one moment one is in, and the others read who', async () => {
    const { ana, ben, chloe, maya } = await everybody(world, 'ana', 'ben', 'chloe', 'maya');
    const card = await askForHelp(world);
    const before = (await said(ana, 'acme-support')).length;
    await Promise.all([ben, chloe, maya].map((one) => one.press('Join', card)));
    await world.settle();
    expect((await said(ana, 'acme-support')).slice(before)).toHaveLength(1);
    expect(await db('seats').where({ came_by: 'joined' })).toHaveLength(1);
    const read = (await Promise.all([ben, chloe, maya].map((one) => whispered(one, 'support-help')))).flat();
    expect(read).toHaveLength(3);
    expect(read.filter((text) => text.includes('It is yours'))).toHaveLength(1);
    expect(read.filter((text) => text.includes('was faster'))).toHaveLength(2);
  });

  it('events come twice and have one effect', async () => {
    world.slack.setKnobs({ duplicateEvents: 2 });
    const { ana, ben, gus } = await everybody(world, 'ana', 'ben', 'gus');
    await ana.command('acme-support', '/livechat open');
    await ana.command('acme-support', '/livechat status waiting');
    await gus.say('acme-support', 'Any news?');
    await ben.openHome();
    await world.settle();
    expect(await db('conversations').pluck('status')).toEqual(['in_progress']);
    const ids = await db('inbox').pluck<string[]>('event_id');
    expect(new Set(ids).size).toBe(ids.length);
    expect(world.slack.calls().filter(({ method }) => method === 'views.publish')).toHaveLength(1);
  });

  it('Slack is down for a while: what was asked for happens when it is back', async () => {
    const { ana, gus, ben } = await everybody(world, 'ana', 'gus', 'ben');
    await ana.command('acme-support', '/livechat ask');
    await ana.submit({ [ASKED]: ['Billing'] });
    world.slack.setKnobs({ failNext: { calls: 20 } });
    await letItPass();
    world.slack.setKnobs({ rateLimitNext: { calls: 5, retryAfter: 30 } });
    await letItPass();
    world.slack.setKnobs({});
    world.clock.advance({ minutes: 5 });
    await letItPass();
    expect(wordsOf(await cardIn(ben))).toContain('is looking for help');
    expect((await everything()).cards).toHaveLength(1);
    expect((await said(gus, 'acme-support')).slice(4)).toEqual([]);
  });
});
