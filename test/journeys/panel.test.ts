/** One customer, several threads, two desks: which conversation is meant, whose it is, and who has it. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import { makeAgent, makeDesk } from '../support/make.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { askForHelp, directMessages, everybody, homeOf, openConversations, plant, said } from './story.ts';

type Cast = Record<'maya' | 'ana' | 'ben' | 'chloe' | 'dev' | 'olga', Somebody>;

type Labelled = { accessibility_label?: string; elements?: Labelled[]; accessory?: Labelled };

/** What the buttons of a view say aloud. */
const labels = (blocks: readonly object[]): string[] =>
  (blocks as Labelled[]).flatMap(({ accessory, elements = [] }) =>
    [...(accessory ? [accessory] : []), ...elements].flatMap(({ accessibility_label: label }) => label ?? []),
  );

describeWorlds('the panel and the lists', {}, (on) => {
  let { db, world } = {} as Standing;
  let { maya, ana, ben, chloe, dev, olga } = {} as Cast;
  beforeEach(async () => {
    ({ db, world } = on());
    await plant(db, world);
    ({ maya, ana, ben, chloe, dev, olga } = await everybody(world, 'maya', 'ana', 'ben', 'chloe', 'dev', 'olga'));
  });

  const byTs = async (ts: string): Promise<Message> =>
    (await ben.read('globex-shared')).find((message) => message.ts === ts) as Message;

  /** Olga asks in a thread of her own, and Ben opens its conversation. */
  async function question(text: string): Promise<string> {
    const ts = await olga.say('globex-shared', text);
    await ben.shortcut('Live chat', await byTs(ts));
    await ben.press('Open', 'modal');
    await ben.closeModal();
    world.clock.advance({ seconds: 10 });
    return ts;
  }
  const statusOf = async (ts: string) => (await openConversations(db)).find((row) => row.thread_ts === ts)?.status;

  it('tell three threads of one customer apart, and do to the one that is pressed what was typed', async () => {
    const asked = [await question('One'), await question('Two'), await question('Three')];
    await ben.command('globex-shared', '/livechat');
    const { blocks } = await ben.modal();
    const rows = (blocks as { text?: { text: string }; accessory?: object }[]).filter(({ accessory }) => accessory);
    expect(new Set(rows.map(({ text }) => text?.text)).size).toBe(3);
    expect(wordsOf(await ben.modal())).toMatch(/thread in #globex-shared.*with Olga Petrova\nIn progress/);
    expect(new Set(labels(blocks)).size).toBe(3);
    await ben.closeModal();

    await ben.command('globex-shared', '/livechat status waiting');
    expect(wordsOf(await ben.modal())).toContain('Which one is *Waiting for customer*?');
    await ben.press('Set to Waiting for customer', 'modal');
    expect(wordsOf(await ben.modal())).toContain('The status is *Waiting for customer* now');
    await ben.closeModal();
    expect(await Promise.all(asked.map(statusOf))).toEqual(['waiting', 'in_progress', 'in_progress']);

    await ben.command('globex-shared', '/livechat close');
    await ben.press('Close', 'modal');
    await ben.closeModal();
    expect(await Promise.all(asked.map(statusOf))).toEqual([undefined, 'in_progress', 'in_progress']);
    expect(labels((await ben.home())?.blocks ?? [])).toEqual([]);
    await homeOf(world, ben);
    const heard = labels((await ben.home())?.blocks ?? []).filter((label) => label.startsWith('Open panel'));
    expect(heard).toHaveLength(2);
    expect(new Set(heard).size).toBe(2);
  });

  it('let an agent change whose customers they are, and show who was in it', async () => {
    await question('One');
    await ben.command('globex-shared', '/livechat');
    await expect(ben.submit({ Customers: ['Chloé'] })).rejects.toThrow('no option');
    expect(await ben.submit({ Customers: [] })).toEqual({});
    await ben.command('globex-shared', '/livechat');
    expect(wordsOf(await ben.modal())).not.toContain('with Olga');
    expect(await ben.submit({ Customers: ['Maya'] })).toEqual({});
    await ben.command('globex-shared', '/livechat');
    expect(wordsOf(await ben.modal())).toMatch(
      /with Maya Ortiz[\s\S]*In this conversation[\s\S]*Billing.*opened it, /i,
    );
    await ben.press('Leave', 'modal');
    expect(wordsOf(await ben.modal())).toMatch(/You are the last one[\s\S]*Ask for help[\s\S]*Invite people/);
    await ben.press('Leave all the same', 'modal');
    expect(wordsOf(await ben.modal())).toContain('Nobody of your team is in it now');
    await ben.closeModal();
    await ben.command('globex-shared', '/livechat');
    expect(wordsOf(await ben.modal())).toMatch(
      /Nobody\. Whoever writes[\s\S]*Who was in it before[\s\S]*opened it, .*left /,
    );
  });

  it('let two people who write one note put both together: the second has theirs kept and reads the first’s', async () => {
    const mine = '<b> & “from maya”';
    const first = `from ana ${'& more '.repeat(60)}end`;
    await ana.command('acme-support', '/livechat open');
    for (const each of [ana, maya]) await each.command('acme-support', '/livechat');
    expect(await ana.submit({ Note: first })).toEqual({});
    await maya.submit({ Note: mine, Status: 'Waiting for customer' });
    expect(wordsOf(await maya.modal())).toMatch(/Nothing is saved yet.*Put both together[\s\S]*from ana [\s\S]* end/);
    expect((await openConversations(db))[0]).toMatchObject({ note: first, status: 'in_progress' });

    await ana.command('acme-support', '/livechat');
    expect(await ana.submit({ Note: 'from ana, again' })).toEqual({});
    await maya.submit({ Note: `${first} ${mine}` });
    expect(wordsOf(await maya.modal())).toMatch(/from ana, again/);
    expect(wordsOf(await maya.modal())).not.toMatch(/& more/);
    expect(await maya.submit()).toEqual({});
    expect((await openConversations(db))[0]).toMatchObject({ note: `${first} ${mine}`, status: 'waiting' });
    await maya.command('acme-support', '/livechat');
    expect(await maya.submit({ Note: `${mine} only` })).toEqual({});
    expect((await openConversations(db))[0]).toMatchObject({ note: `${mine} only` });
  });

  it('tell the asker once when somebody else closes what looks for help, or its channel is archived', async () => {
    const closed = async () =>
      (await directMessages(ana)).filter((text) => text.includes('was closed while you were looking for help'));
    await askForHelp(world);
    await ben.command('support-help', '/livechat list');
    await ben.press('Open panel', 'modal');
    await ben.press('Close conversation', 'modal');
    await world.settle();
    expect(await closed()).toHaveLength(1);

    await askForHelp(world);
    await ana.command('acme-support', '/livechat close');
    await world.settle();
    expect(await closed()).toHaveLength(1);

    await askForHelp(world);
    await maya.send('archiveChannel', { channel: world.slack.channel('acme-support'), archived: true });
    await world.settle();
    expect(await closed()).toHaveLength(2);
  });

  it('take what looks for help to another desk: the card stands there, its people are called, the old card says so', async () => {
    const { app } = await maya.snapshot();
    await maya.send('createChannel', { name: 'law-help', private: false });
    const channel = world.slack.channel('law-help');
    await maya.send('invite', { channel, users: [app.botUserId, dev.id, ana.id] });
    const workspaceId = world.slack.teamId;
    const law = await makeDesk(db, 'Law', { workspaceId, helpChannelId: channel });
    const billing = await db('expertise').first<{ id: string }>('id');
    await makeAgent(db, dev.id, {
      workspaceId,
      desks: [law],
      expertise: [billing.id],
      person: { name: 'dev' },
    });
    const card = await askForHelp(world);
    await ana.command('acme-support', '/livechat');
    expect(await ana.submit({ Desk: 'Law' })).toEqual({});
    await world.settle();

    const [old] = (await said(chloe, 'support-help')).filter(({ ts }) => ts === card.ts);
    expect(wordsOf(old as Message)).toContain('This request for help is in');
    const moved = (await said(dev, 'law-help')).at(-1) as Message;
    expect(wordsOf(moved)).toMatch(/is looking for help for Gus Keller/);
    const thread = await dev.read('law-help', { thread: moved.ts });
    const called = [...thread.map(wordsOf), ...(await directMessages(dev))].join('\n');
    expect(called).toMatch(new RegExp(`${dev.id}|needs help in`));
    await dev.press('Join', moved);
    await world.settle();
    expect((await openConversations(db))[0]).toMatchObject({ status: 'in_progress', desk_id: law });
  });

  it('offer everything again where filters left nothing, with the filters cleared', async () => {
    await askForHelp(world);
    await ana.command('general', '/livechat list');
    await ana.choose('help_list.filter', ['My expertise'], 'modal');
    expect(wordsOf(await ana.modal())).toContain('Nothing that is looking for help fits these filters');
    await ana.press('Show all', 'modal');
    expect(wordsOf(await ana.modal())).toContain('with Gus Keller');
    await ana.choose('help_list.filter', ['My expertise'], 'modal');
    expect(wordsOf(await ana.modal())).toContain('Nothing that is looking for help fits these filters');
  });
});
