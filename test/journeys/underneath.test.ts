/** What happens to conversations when the world around them changes (design 5.10), each case by event, with what people read. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { World } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import {
  bindChannel,
  cardIn,
  channelId,
  directMessages,
  everybody,
  homeOf,
  openConversations,
  said,
  setUp,
} from './story.ts';

type Cast = Record<'maya' | 'ana' | 'ben' | 'chloe' | 'gus', Somebody>;

/** Nobody can do it at the page; Slack tells of it like this. */
async function removeBeckon(world: World, name: string): Promise<void> {
  const maya = await world.as('maya');
  const { app, workspace } = await maya.snapshot();
  const channel = await channelId(maya, name);
  const event = { type: 'member_left_channel', user: app.botUserId, channel, channel_type: 'G', team: workspace.id };
  const body = { type: 'event_callback', team_id: workspace.id, event_id: 'Ev1', event };
  await world.beckon.bolt.processEvent({ body, ack: () => Promise.resolve() });
  await world.settle();
}

/** Gus asks, Ana answers and says that it is about Billing. */
async function begin(world: World): Promise<void> {
  const { ana, gus } = await everybody(world, 'ana', 'gus');
  await gus.say('acme-support', 'Charged twice!');
  await ana.say('acme-support', 'Let me look');
  await world.settle();
  await ana.command('acme-support', '/livechat');
  await ana.submit({ Expertise: ['Billing'] });
}

describeWorlds('underneath a conversation', {}, (on) => {
  let { db, world } = {} as Standing;
  let { maya, ana, ben, chloe, gus } = {} as Cast;
  beforeEach(async () => {
    ({ db, world } = on());
    await setUp(world);
    ({ maya, ana, ben, chloe, gus } = await everybody(world, 'maya', 'ana', 'ben', 'chloe', 'gus'));
    await bindChannel(world, 'acme-support', 'One conversation');
    await begin(world);
  });

  const toldOfGone = async (): Promise<string[]> =>
    (await directMessages(maya)).filter((text) => text.includes('out of every conversation'));

  it('a colleague is deactivated: the conversation looks for help, experts are called, the customer reads the desk’s sentence and who joins', async () => {
    const read = (await said(gus, 'acme-support')).length;
    await maya.send('setPerson', { user: ana.id, deactivated: true });
    await world.settle();
    const told = await toldOfGone();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/was deactivated[\s\S]*Looking for help[\s\S]*acme-support/);
    const card = await cardIn(ben);
    expect(wordsOf(card)).toMatch(/looking for help for Gus Keller[\s\S]*asked by Beckon/);
    expect((await ben.read('support-help', { thread: card.ts })).map(wordsOf).join('\n')).toMatch(/:star:.*Billing/);
    expect(await homeOf(world, ben)).toMatch(/Looking for help[\s\S]*by Beckon/);
    const since = (await said(gus, 'acme-support')).slice(read).map(wordsOf);
    expect(since).toEqual(['We are finding the right person and will answer here.']);
    await ben.press('Join', card);
    await world.settle();
    expect((await said(gus, 'acme-support')).map(wordsOf).at(-1)).toContain('*Ben Okafor* joined the conversation.');
    expect(await openConversations(db)).toMatchObject([{ status: 'in_progress' }]);
  });

  it('a colleague is made a guest: the same by direct message, because a guest reads the help channel now', async () => {
    const inHelpChannel = (await said(ana, 'support-help')).length;
    const annasMessages = (await directMessages(ana)).length;
    await maya.send('setPerson', { user: ana.id, role: 'guest' });
    await world.settle();
    expect(await toldOfGone()).toEqual([expect.stringMatching(/is a guest now[\s\S]*acme-support/)]);
    expect(await directMessages(maya)).toContainEqual(expect.stringContaining('a guest is in it now'));
    expect((await directMessages(ben)).at(-1)).toMatch(/elp is needed in[\s\S]*acme-support[\s\S]*Billing/);
    expect(await said(ana, 'support-help')).toHaveLength(inHelpChannel);
    expect(await directMessages(ana)).toHaveLength(annasMessages);
    expect(await homeOf(world, ana)).not.toContain('acme-support');
  });

  it('the last who knows something is gone: administrators read what nobody knows now', async () => {
    await maya.send('setPerson', { user: ben.id, deactivated: true });
    await maya.send('setPerson', { user: chloe.id, deactivated: true });
    await world.settle();
    const told = await toldOfGone();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/Nobody has Billing now\. Give it to somebody with `?\/expertise assign/);
  });

  it('the channel is archived: its conversation is lost, everybody is free, nobody is told', async () => {
    await maya.send('archiveChannel', { channel: await channelId(maya, 'acme-support'), archived: true });
    await world.settle();
    expect(await db('conversations').first()).toMatchObject({ outcome: 'lost', status: '' });
    expect(await db('seats').whereNull('left_at')).toEqual([]);
    expect(await homeOf(world, ana)).toContain('You are in no conversation');
  });

  it('Beckon is removed: the same, and help that was looked for is over', async () => {
    await ana.command('acme-support', '/livechat ask');
    await ana.submit({ Note: 'Refund?' });
    await ana.closeModal();
    await world.settle();
    const card = await cardIn(ben);
    await removeBeckon(world, 'acme-support');
    expect(await db('conversations').first()).toMatchObject({ outcome: 'lost' });
    const over = (await said(ben, 'support-help')).find(({ ts }) => ts === card.ts);
    expect(over && wordsOf(over)).toContain('The conversation was closed');
  });

  it('the channel has another id: everything follows it', async () => {
    world.slack.changeChannelId('acme-support');
    await world.settle();
    await ana.command('acme-support', '/livechat close');
    await gus.say('acme-support', 'Once more');
    await world.settle();
    const id = await channelId(maya, 'acme-support');
    expect(await openConversations(db)).toMatchObject([{ channel_id: id }]);
    expect(await db('support_channels').select('channel_id')).toEqual([{ channel_id: id }]);
  });

  it('somebody is taken off the desk: what they are in stays theirs', async () => {
    await maya.command('general', '/livechat desks');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ Agents: ['ben', 'chloe'] })).toEqual({});
    await world.settle();
    expect(await db('seats').whereNull('left_at')).toMatchObject([{ user_id: ana.id }]);
    expect(await openConversations(db)).toMatchObject([{ status: 'in_progress' }]);
  });
});
