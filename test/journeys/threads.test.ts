/** Many companies support each customer in one long-lived channel, a thread per question. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import type { World } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';

async function setUp(world: World): Promise<void> {
  const maya = await world.as('maya');
  for (const [name, who] of [
    ['Billing', 'ben'],
    ['Refunds', 'chloe'],
  ] as const) {
    await maya.command('general', `/expertise new ${name}`);
    await maya.submit({ Operators: [who] });
  }
  await maya.command('general', '/livechat desks');
  await maya.press('Edit', 'modal');
  await maya.submit({ 'Help channel': 'support-help', Agents: ['ana', 'ben', 'chloe'] });
  await world.settle();
}

const byTs = async (who: Somebody, ts: string): Promise<Message> => {
  const found = (await who.read('globex-shared')).find((message) => message.ts === ts);
  if (found === undefined) throw new Error('that message is not there');
  return found;
};

/** What is quoted in a form or on a card. */
const quotes = (shown: object): string[] =>
  (shown as { blocks: { text?: { text: string } }[] }).blocks.flatMap(({ text }) =>
    text?.text.startsWith('>') === true ? [text.text] : [],
  );

describeWorlds('threads of a shared channel', {}, (on) => {
  let { db, world } = {} as Standing;
  let maya: Somebody;
  let ben: Somebody;
  let chloe: Somebody;
  let olga: Somebody;
  beforeEach(async () => {
    ({ db, world } = on());
    maya = await world.as('maya');
    ben = await world.as('ben');
    chloe = await world.as('chloe');
    olga = await world.as('olga');
    await setUp(world);
  });
  const statuses = async () =>
    (await db('conversations').orderBy('thread_ts').select('status')).map((row: { status: string }) => row.status);

  it('are conversations of their own, each with its panel, status, help and Join', async () => {
    const first = await olga.say('globex-shared', 'Our Billing page is empty');
    const second = await olga.say('globex-shared', 'How do refunds work?');
    const third = await olga.say('globex-shared', 'Thanks for the release notes!');

    await ben.shortcut('Live chat', await byTs(ben, first));
    expect(wordsOf(await ben.modal())).toContain('No conversation is open in this thread');
    await ben.press('Open', 'modal');
    expect(wordsOf(await ben.modal())).toMatch(/thread in #globex-shared[\s\S]*Status/);
    await ben.closeModal();

    await ben.shortcut('Ask for help here', await byTs(ben, second));
    const form = await ben.modal();
    expect(wordsOf(form)).toContain('How do refunds work?');
    expect(await ben.submit({ Note: 'First time I see this' })).toEqual({});
    await world.settle();
    expect(wordsOf(await ben.modal())).toContain('Looking for help');
    await ben.closeModal();

    const card = (await chloe.read('support-help')).at(-1) as Message;
    expect(wordsOf(card)).toMatch(/thread in #globex-shared[\s\S]*How do refunds work\?[\s\S]*First time I see this/);
    expect(wordsOf((await chloe.read('support-help', { thread: card.ts })).at(-1) as Message)).toContain('Refunds');
    await chloe.press('Join', card);
    await world.settle();

    const inSecond = await olga.read('globex-shared', { thread: second });
    expect(inSecond.slice(1).map(wordsOf)).toEqual(['*Chloé Martin* joined the conversation.']);
    expect(await olga.read('globex-shared', { thread: first })).toHaveLength(1);
    expect(await olga.read('globex-shared', { thread: third })).toHaveLength(1);

    await ben.command('globex-shared', '/livechat');
    expect(wordsOf(await ben.modal())).toContain('Which conversation?');
  });

  it('let looking create nothing, and refuse Beckon’s own and deleted messages', async () => {
    const asked = await olga.say('globex-shared', 'Anybody there?');
    const message = await byTs(maya, asked);
    await maya.shortcut('Live chat', message);
    await maya.closeModal();
    expect(await db('conversations').count({ all: '*' })).toEqual([{ all: expect.anything() }]);
    expect(await db('conversations').select('id')).toEqual([]);

    await maya.shortcut('Live chat', message);
    await olga.send('deleteMessage', { channel: message.channel, ts: asked });
    await maya.press('Open', 'modal');
    expect(wordsOf(await maya.modal())).toContain('not there any more');
    expect(await db('conversations').select('id')).toEqual([]);
  });

  it('stand beside the channel’s own conversation, and a message counts to the right one', async () => {
    await ben.command('globex-shared', '/livechat open');
    const question = await olga.say('globex-shared', 'And another thing');
    await ben.shortcut('Live chat', await byTs(ben, question));
    await ben.press('Open', 'modal');
    await ben.submit({ Status: 'Waiting for customer' });
    await world.settle();
    expect(await statuses()).toEqual(['in_progress', 'waiting']);
    await olga.say('globex-shared', 'A word in the channel');
    await world.settle();
    expect(await statuses()).toEqual(['in_progress', 'waiting']);
    await olga.say('globex-shared', 'A word in the thread', { thread: question });
    await world.settle();
    expect(await statuses()).toEqual(['in_progress', 'in_progress']);
  });

  const askAbout = async (question: string) => {
    await ben.shortcut('Ask for help here', await byTs(ben, question));
    await ben.submit({});
    await ben.closeModal();
    await world.settle();
  };
  const remove = async (question: string) => {
    await olga.send('deleteMessage', { channel: world.slack.channel('globex-shared'), ts: question });
    await world.settle();
  };
  const card = async () => (await chloe.read('support-help')).at(-1) as Message;
  const toldDirectly = async () => (await chloe.read('@beckon')).map(wordsOf).at(-1);

  it('show on the card what the customer wrote as they wrote it: no ids, nothing escaped twice, nobody called', async () => {
    const words = `Q&A @ben #general <b> *bold* ${'&'.repeat(400)}`;
    const question = await olga.say('globex-shared', words);
    await ben.shortcut('Ask for help here', await byTs(ben, question));
    const shown = '>Q&amp;A @somebody #general &lt;b&gt; *bold* ';
    const [form] = quotes(await ben.modal());
    expect(form?.startsWith(shown)).toBe(true);
    await ben.submit({});
    await ben.closeModal();
    await world.settle();
    expect(quotes(await card()).find((each) => each.startsWith(shown))).toBe(form);
    expect(form?.replaceAll(/&(amp|lt|gt);/g, '.').slice(1)).toHaveLength(300);
    expect(JSON.stringify(await card())).not.toContain('amp;amp');
  });

  it('refuse at once what can hold no conversation: a direct message, and Beckon’s own', async () => {
    await ben.command('globex-shared', '/livechat ask');
    await ben.submit({});
    await ben.closeModal();
    await world.settle();
    for (const message of [(await chloe.read('@beckon')).at(-1), await card()]) {
      if (message === undefined) throw new Error('Beckon has written nothing');
      for (const shortcut of ['Live chat', 'Ask for help here']) {
        await chloe.shortcut(shortcut, message);
        expect(await chloe.modals()).toEqual([]);
        const read = [...(await chloe.read('@beckon')), ...(await chloe.read('support-help'))].map(wordsOf).join('\n');
        expect(read).toMatch(message.channel.startsWith('D') ? /this is a direct message/ : /Beckon’s own message/);
      }
    }
  });

  describe('whose first message is deleted', () => {
    it('say so on the card, to who joins, and in the panel; and the conversation goes on', async () => {
      const question = await olga.say('globex-shared', 'How do refunds work?');
      await askAbout(question);
      await remove(question);
      expect(wordsOf(await card())).toContain('whose first message was deleted');
      await chloe.press('Join', await card());
      await world.settle();
      const answers = (await chloe.read('support-help')).filter(({ ephemeral }) => ephemeral === true).map(wordsOf);
      expect(answers.at(-1)).toMatch(/whose first message was deleted[\s\S]*write to them in the channel/);
      expect(await toldDirectly()).toMatch(/could not tell the customer there[\s\S]*Write to them in the channel/);
      expect((await olga.read('globex-shared')).map(wordsOf).join('\n')).not.toContain('joined the conversation');
      expect(await statuses()).toEqual(['in_progress']);
      await chloe.command('globex-shared', '/livechat');
      expect(wordsOf(await chloe.modal())).toContain('whose first message was deleted');
      await chloe.closeModal();
      await chloe.command('globex-shared', '/livechat close');
      expect(await db('conversations').whereNull('closed_at')).toEqual([]);
    });

    it('say so to who joins even where Slack did not tell of it', async () => {
      const question = await olga.say('globex-shared', 'How do refunds work?');
      await askAbout(question);
      await remove(question);
      await db('conversations').update({ is_root_gone: 0 });
      await chloe.press('Join', await card());
      await world.settle();
      expect(await toldDirectly()).toMatch(/whose first message was deleted[\s\S]*Write to them in the channel/);
      expect(await db('conversations').pluck('is_root_gone')).toEqual([1]);
    });
  });
});
