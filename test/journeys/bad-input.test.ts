/** What people get wrong: each gets a clear answer in its place, and nothing is half done. */
import { beforeAll, expect, it, jest } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import {
  answerTo,
  answerToPress,
  askForHelp,
  directMessages,
  everybody,
  isMember,
  said,
  setUp,
  whispered,
} from './story.ts';

jest.setTimeout(20_000);

type Name = 'maya' | 'ana' | 'ben' | 'chloe' | 'dev' | 'emi' | 'gus' | 'olga';

const modalOf = async (somebody: Somebody): Promise<string> => wordsOf(await somebody.modal());

describeWorlds('bad input', { how: { mode: 'http' }, once: true }, (on) => {
  let { db, world } = {} as Standing;
  let all: Record<Name, Somebody>;
  beforeAll(async () => {
    ({ db, world } = on());
    all = await everybody(world, 'maya', 'ana', 'ben', 'chloe', 'dev', 'emi', 'gus', 'olga');
    await setUp(world);
  });

  const conversations = async (): Promise<number> => (await db('conversations')).length;
  const isOpen = async (): Promise<boolean> =>
    (await db('conversations').whereNull('closed_at').select('id')).length > 0;
  const close = async (): Promise<void> => {
    if (await isOpen()) await all.maya.command('acme-support', '/livechat close');
    await world.settle();
  };

  it.each<[Name, string, string, RegExp]>([
    ['ana', 'general', '/livechat frobnicate', /does not know `\/livechat frobnicate`[\s\S]*\/livechat ask/],
    ['ana', 'general', '/livechat clsoe', /Did you mean `\/livechat close`\?/],
    ['ana', 'general', '/livechat <!channel>', /does not know `(?!.*<!)/],
    ['ana', 'acme-support', '/livechat status asleep', /does not know the status “asleep”/],
    ['ana', 'acme-support', '/livechat', /No conversation is open/],
    ['ana', 'acme-support', '/livechat close', /No conversation is open/],
    ['ana', 'acme-support', '/livechat join', /No conversation is open/],
    ['ana', 'acme-support', '/livechat status waiting', /No conversation is open/],
    ['emi', 'support-help', '/livechat close', /Only agents can do this/],
    ['emi', 'support-help', '/livechat join', /Choose a desk in \*My preferences\*/],
    ['ana', 'general', '/livechat', /Beckon is not in this channel.*\/invite @Beckon/],
    ['ana', 'general', '/livechat close', /Beckon is not in this channel/],
    ['ana', 'support-help', '/livechat join', /This is a help channel/],
    ['ana', '@ben', '/livechat', /direct message|not in here/],
    ['ana', 'general', '/livechat open', /Beckon is not in this channel/],
    ['ana', '@ben', '/livechat open', /direct message|not in here/],
    ['ana', 'general', '/livechat desks', /Only administrators can do this\. Maya Ortiz can help/],
    ['gus', 'acme-support', '/livechat open', /not open to guests/],
    ['gus', 'acme-support', '/livechat', /not open to guests/],
    ['gus', 'acme-support', '/expertise list', /not open to guests/],
    ['ana', 'general', '/expertise who "BiLLing"', /Billing/],
    ['ana', 'general', '/expertise who', /./],
    ['maya', 'general', '/expertise assign @gus Billing', /Gus Keller \(a guest\)/],
    ['maya', 'general', '/expertise assign @nobody Billing', /@nobody/],
    ['maya', 'general', '/expertise assign @dev', /./],
  ])('%s in #%s types “%s”', async (who, where, command, answer) => {
    const before = await conversations();
    expect(await answerTo(all[who], where, command)).toMatch(answer);
    expect(await conversations()).toBe(before);
    expect(await all[who].modals()).toEqual([]);
  });

  it('answers a word of three thousand letters', async () => {
    expect(await answerTo(all.ana, 'general', `/livechat ${'x'.repeat(3000)}`)).toMatch(/does not know/);
  });

  it('refuses in the form what only Slack can say of a channel, and opens nothing', async () => {
    const before = await conversations();
    await all.ana.command('general', '/livechat ask');
    const answer = (await all.ana.modals()).length > 0 ? await all.ana.submit().then(() => modalOf(all.ana)) : '';
    expect(answer).toMatch(/Beckon is not in this channel|^$/);
    if (answer !== '') await all.ana.closeModal();
    expect(await conversations()).toBe(before);
  });

  it('says under its field that a help channel is shared, or holds a customer, and keeps the old one', async () => {
    await all.maya.command('general', '/livechat desks');
    await all.maya.press('Edit', 'modal');
    expect(await all.maya.submit({ 'Help channel': 'globex-shared' })).toEqual({
      help_channel: expect.stringContaining('shared with another organization'),
    });
    expect(await all.maya.submit({ 'Help channel': 'acme-support' })).toEqual({
      help_channel: expect.stringContaining('Gus Keller'),
    });
    expect(await all.maya.submit({ 'Help channel': 'random' })).toEqual({
      help_channel: expect.stringContaining('Beckon is not in #random'),
    });
    await all.maya.closeModal();
    await all.maya.closeModal();
    expect(await db('desks').select('help_channel_id')).toEqual([
      { help_channel_id: world.slack.channel('support-help') },
    ]);
  });

  it('takes a note with markup as it is, harmless on the card', async () => {
    const card = await askForHelp(world, '<!channel> & <@U1> *bold*\n>quote');
    expect(JSON.stringify(card.blocks)).not.toContain('<!channel>');
    expect(JSON.stringify(card.blocks)).toContain('&lt;!channel&gt; &amp; &lt;@U1&gt;');
    await close();
  });

  it('opens one conversation however often and at once it is asked for', async () => {
    await Promise.all([1, 2, 3].map(() => all.ana.command('acme-support', '/livechat open')));
    await world.settle();
    expect(await db('conversations').whereNull('closed_at').select('id')).toHaveLength(1);
    await close();
  });

  it('lets somebody press Join twice and be in once', async () => {
    const card = await askForHelp(world);
    const before = (await said(all.gus, 'acme-support')).length;
    await Promise.all([all.ben.press('Join', card), all.ben.press('Join', card)]);
    await world.settle();
    expect((await said(all.gus, 'acme-support')).slice(before).map(wordsOf)).toEqual([
      expect.stringMatching(/^\*Ben Okafor\* joined the conversation/),
    ]);
    expect((await whispered(all.ben, 'support-help')).toSorted()).toEqual([
      expect.stringContaining('It is yours'),
      expect.stringContaining('in this conversation already'),
    ]);
    await close();
  });

  it('answers a stale button with what has happened since', async () => {
    const card = await askForHelp(world);
    await all.maya.command('acme-support', '/livechat close');
    expect(await answerToPress(all.ben, 'Join', card)).toMatch(/was closed, so no help is needed/);
    await all.ben.press('Open panel', card);
    expect(await modalOf(all.ben)).toMatch(/conversation was closed/);
    await all.ben.closeModal();
    await world.settle();
    expect(await isOpen()).toBe(false);
  });

  it('answers *Not now* of somebody who was not called', async () => {
    const card = await askForHelp(world);
    const [, calls] = await all.maya.read('support-help', { thread: card.ts });
    if (calls === undefined) throw new Error('nobody was called');
    await all.maya.press('Not now', calls);
    const answers = (await all.maya.read('support-help', { thread: card.ts })).filter(({ ephemeral }) => ephemeral);
    expect(answers.map(wordsOf)).toEqual([expect.stringContaining('You were not called')]);
    await close();
  });

  it('lets no outsider join who reads the card in a channel shared by mistake, and shows them nothing', async () => {
    const card = await askForHelp(world);
    world.slack.setExternal('support-help', true);
    await all.maya.send('invite', { channel: card.channel, users: [all.olga.id] });
    expect(await answerToPress(all.olga, 'Join', card)).toMatch(
      /not open to guests or people from other organizations/,
    );
    await world.settle();
    expect(await isMember(all.olga, 'acme-support')).toBe(false);
    expect(await db('seats').where({ user_id: all.olga.id })).toEqual([]);
    expect((await directMessages(all.maya)).at(-1)).toMatch(/no longer the help channel of Support/);
    await close();
  });

  it('works without a help channel and says so', async () => {
    world.clock.advance({ hours: 2 });
    await all.ana.command('acme-support', '/livechat ask');
    expect(await all.ana.submit({ 'What should the helper know about?': ['Billing'] })).toEqual({});
    expect(await modalOf(all.ana)).toMatch(/has no help channel, so the request is on Home/);
    await all.ana.closeModal();
    await world.settle();
    expect((await directMessages(all.ben)).at(-1)).toMatch(/needs help in/);
    await close();
  });

  it('closes what a channel that is archived held, and says no there', async () => {
    await all.ana.command('acme-support', '/livechat open');
    const before = await conversations();
    const channel = world.slack.channel('acme-support');
    await all.maya.send('archiveChannel', { channel, archived: true });
    await world.settle();
    expect(await isOpen()).toBe(false);
    expect(await db('conversations').where({ outcome: 'lost' })).toHaveLength(1);
    await expect(all.ana.command('acme-support', '/livechat open')).rejects.toThrow('archived');
    expect(await conversations()).toBe(before);
    await all.maya.send('archiveChannel', { channel, archived: false });
  });

  it('treats somebody who was made a guest meanwhile as one', async () => {
    await all.maya.send('setPerson', { user: all.chloe.id, role: 'guest' });
    await world.settle();
    expect(await answerTo(all.chloe, 'support-help', '/livechat list').catch(() => 'a window')).toMatch(
      /not open to guests|a window/,
    );
  });
});
