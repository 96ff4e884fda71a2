/** A desk asks for help somewhere else while help is looked for: the card goes there, and nothing is left behind that could be pressed. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import { makeAgent, makeDesk } from '../support/make.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { askForHelp, cardIn, directMessages, everybody, plant, said } from './story.ts';

type Cast = Record<'maya' | 'ana' | 'ben' | 'chloe' | 'gus', Somebody>;

const NOTE = 'Invoice 17';
const canBePressed = (message: Message): boolean => JSON.stringify(message.blocks ?? []).includes('help.join');

describeWorlds('a help card', {}, (on) => {
  let { db, world } = {} as Standing;
  let { maya, ana, ben, chloe } = {} as Cast;
  let card: Message;
  beforeEach(async () => {
    ({ db, world } = on());
    await plant(db, world);
    ({ maya, ana, ben, chloe } = await everybody(world, 'maya', 'ana', 'ben', 'chloe', 'gus'));
    await maya.openHome();
    await world.settle();
    card = await askForHelp(world, NOTE);
  });

  /** Another internal channel with everybody in it. */
  async function makeChannel(name: string): Promise<string> {
    const { app } = await maya.snapshot();
    await maya.send('createChannel', { name, private: false });
    const channel = world.slack.channel(name);
    await maya.send('invite', { channel, users: [app.botUserId, ana.id, ben.id, chloe.id] });
    await world.settle();
    return channel;
  }
  async function chooseHelpChannel(name: string): Promise<void> {
    await maya.command('general', '/livechat desks');
    await maya.press('Edit', 'modal');
    expect(await maya.submit({ 'Help channel': name })).toEqual({});
    await maya.closeModal();
    await world.settle();
  }
  /** What stands in a channel and in the thread of the first card, for everybody. */
  async function left(who: Somebody, channel = 'support-help'): Promise<Message[]> {
    return [...(await said(who, channel)), ...(await who.read(channel, { thread: card.ts }))];
  }

  it('goes to the new help channel; who was called is called directly, and it is theirs to join', async () => {
    await makeChannel('help-two');
    await chooseHelpChannel('help-two');
    const old = await left(ben);
    expect(old.filter(canBePressed)).toEqual([]);
    expect(old.map(wordsOf).join('\n')).toMatch(/This request for help is in <#C\w+> now/);
    expect(old.map(wordsOf).join('\n')).not.toContain(NOTE);
    for (const who of [ben, chloe]) expect(old.map(wordsOf).join('\n')).toContain(who.id);
    const moved = await cardIn(ben, 'help-two');
    expect(wordsOf(moved)).toContain(NOTE);
    for (const who of [ben, chloe]) expect((await directMessages(who)).at(-1)).toContain(NOTE);

    await ben.press('Join', moved);
    await world.settle();
    expect(wordsOf(await cardIn(ben, 'help-two'))).toMatch(/joined (after|within)/);
    expect((await directMessages(chloe)).at(-1)).toMatch(/joined (after|within)/);
    expect((await left(ben)).filter(canBePressed)).toEqual([]);
  });

  it('is called for on and on: the rounds go on in the new channel', async () => {
    await makeChannel('help-two');
    const dan = world.slack.person('emi');
    const billing = await db('expertise').pluck<string[]>('id');
    await makeAgent(db, dan, { workspaceId: world.slack.teamId, desks: ['support'], expertise: billing });
    await chooseHelpChannel('help-two');
    world.clock.advance({ minutes: 6 });
    await world.settle();
    const calls = await db('calls').where({ user_id: dan });
    expect(calls).toMatchObject([{ round: 2 }]);
  });

  it('is in no channel when the desk has none any more: by direct message and Home', async () => {
    await maya.send('archiveChannel', { channel: world.slack.channel('support-help'), archived: true });
    await world.settle();
    for (const who of [ben, chloe]) {
      const { text } = (await who.read('@beckon')).at(-1) ?? { text: '' };
      expect(text).toContain('needs help');
    }
    expect(await db('help_requests').first()).toMatchObject({
      card_channel_id: '',
      card_ts: '',
      state: 'open',
    });
    await ben.press('Join', (await ben.read('@beckon')).at(-1) as Message);
    await world.settle();
    expect(await db('help_requests').first()).toMatchObject({ state: 'joined' });
  });

  it('shows nothing internal where a guest has come in', async () => {
    const guest = world.slack.person('gus');
    await maya.send('invite', { channel: world.slack.channel('support-help'), users: [guest] });
    await world.settle();
    const old = await left(ben);
    expect(old.filter(canBePressed)).toEqual([]);
    const words = old.map(wordsOf).join('\n');
    expect(words).toContain('not shown any more');
    expect(words).not.toMatch(/Invoice 17|Billing|acme/);
    expect((await directMessages(ben)).at(-1)).toContain(NOTE);
  });

  it('shows nothing internal where a guest has come in, also of what was over by then', async () => {
    await ben.press('Join', card);
    await world.settle();
    expect((await left(ben)).map(wordsOf).join('\n')).toContain(NOTE);
    await maya.send('setPerson', { user: chloe.id, role: 'guest' });
    await world.settle();
    const words = (await left(ben)).map(wordsOf);
    expect(words.filter((text) => text.includes('not shown any more')).length).toBeGreaterThanOrEqual(2);
    expect(words.join('\n')).not.toMatch(/Invoice 17|Billing|acme/);
  });

  it('goes to the desk that takes over when its own is archived', async () => {
    const channel = await makeChannel('help-two');
    const { teamId } = world.slack;
    await makeDesk(db, 'Second', { workspaceId: teamId, helpChannelId: channel });
    await db('desks').update({ is_default: 0 });
    await db('desks').where({ id: 'second' }).update({ is_default: 1 });
    await maya.command('general', '/livechat desks');
    await maya.press('*Support*', 'modal');
    await maya.press('Archive…', 'modal');
    expect(await maya.submit({ Desk: 'Second' })).toEqual({});
    await world.settle();
    expect((await left(ben)).filter(canBePressed)).toEqual([]);
    const moved = await cardIn(ben, 'help-two');
    expect(wordsOf(moved)).toContain(NOTE);
    expect(canBePressed(moved)).toBe(true);
  });
});
