/** A bot's server hears what happens in its conversations: signed, in order, whatever goes wrong, and nothing internal. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { insertToken } from '../../src/store/tokens.ts';
import { caller } from '../support/api.ts';
import { expectDocumented } from '../support/documented.ts';
import { isSigned, startEndpoint, type Endpoint, type Got } from '../support/endpoint.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { askForHelp, directMessages, everybody, openConversations, plant } from './story.ts';

const NOTE = 'Invoice 17 is wrong, do not tell them';

describeWorlds('webhooks', {}, (on) => {
  let { db, world } = {} as Standing;
  let endpoint: Endpoint;
  let workspaceId: string;
  beforeEach(async () => {
    ({ db, world } = on());
    endpoint = await startEndpoint();
    workspaceId = world.slack.teamId;
    await plant(db, world);
    await (await world.as('maya')).openHome();
    const token = { id: 'bot', workspaceId, name: 'Website bot', secret: 'beckon_x', speaksAs: '', madeBy: 'U1' };
    await insertToken(db, { ...token, now: world.clock.now() });
    await world.settle();
  });
  afterEach(() => endpoint.close());

  const openForm = async () => {
    const maya = await world.as('maya');
    await maya.command('general', '/livechat tokens');
    await maya.press('Webhook…', 'modal');
    return maya;
  };
  const formSays = async (): Promise<string> => {
    const maya = await openForm();
    const says = wordsOf(await maya.modal());
    await maya.closeModal();
    await maya.closeModal();
    return says;
  };

  /** Maya gives the token the endpoint's address; answers the secret she is shown. */
  const setWebhook = async (): Promise<string> => {
    const maya = await openForm();
    expect(await maya.submit({ URL: endpoint.url })).toEqual({});
    const secret = /whsec_[\w+/=]+/.exec(wordsOf(await maya.modal()))?.[0] ?? '';
    await maya.closeModal();
    await maya.closeModal();
    return secret;
  };

  /** Ana opens a conversation with Gus, as the bot would have. */
  const openAsBot = async (): Promise<string> => {
    const ana = await world.as('ana');
    await ana.command('acme-support', '/livechat open');
    await world.settle();
    const [conversation] = await openConversations(db);
    const id = conversation?.id ?? '';
    await db('conversations').where({ id }).update({ token_id: 'bot', reference: 'visitor-17', is_made: 1 });
    return id;
  };
  const types = () => endpoint.got.map(({ json }) => json.type);
  const last = (): Got | undefined => endpoint.got.at(-1);
  const stored = async (): Promise<string> => JSON.stringify(await db('notices').select('*'));

  it('tell everything that happens, in order, signed, as it is documented, and nothing that is internal', async () => {
    const secret = await setWebhook();
    const conversationId = await openAsBot();
    const { ana, ben, gus } = await everybody(world, 'ana', 'ben', 'gus');
    const card = await askForHelp(world, NOTE);
    await ben.press('Join', card);
    await world.settle();
    await ben.say('acme-support', 'Hello Gus, I have it.');
    await world.settle();
    const [asked] = await ben.read('acme-support');
    await ben.say('acme-support', 'Between us: credit them.', { thread: asked?.ts ?? '' });
    await world.settle();
    await ana.command('acme-support', '/livechat status waiting');
    await gus.say('acme-support', 'Thank you!');
    await world.settle();
    await ana.command('acme-support', '/livechat close');
    await world.settle();

    expect(types()).toEqual([
      'conversation.status_changed',
      'conversation.status_changed',
      'conversation.agent_joined',
      'conversation.message',
      'conversation.status_changed',
      'conversation.status_changed',
      'conversation.closed',
    ]);
    const about = {
      id: conversationId,
      reference: 'visitor-17',
      channel: world.slack.channel('acme-support'),
      thread: null,
    };
    expect(endpoint.got.map(({ json }) => json.data)).toEqual([
      { conversation: about, status: 'looking_for_help', previous_status: 'in_progress' },
      { conversation: about, status: 'in_progress', previous_status: 'looking_for_help' },
      { conversation: about, agent: { id: ben.id, name: 'ben' }, came_by: 'joined' },
      expect.objectContaining({ agent: { id: ben.id, name: 'ben' }, text: 'Hello Gus, I have it.', has_files: false }),
      { conversation: about, status: 'waiting', previous_status: 'in_progress' },
      { conversation: about, status: 'in_progress', previous_status: 'waiting' },
      { conversation: about, outcome: 'escalated' },
    ]);
    for (const got of endpoint.got) {
      expect(isSigned(got, secret)).toBe(true);
      expectDocumented(got.json);
    }
    const everything = endpoint.got.map(({ body }) => body).join('\n');
    for (const internal of [NOTE, 'Between us', 'support-help', 'Thank you!'])
      expect(everything).not.toContain(internal);
    expect(await stored()).not.toContain('I have it');
  });

  it('carry what an agent writes to a visitor for whom a bot had a channel made, and nothing the bot itself said', async () => {
    await setWebhook();
    const { ben } = await everybody(world, 'ben');
    const bot = caller(world.apiUrl, 'beckon_x');
    const opened = await bot.post('/conversations', { customer_name: 'Lea', reference: 'v1', note: NOTE });
    const { id, channel, channel_name: name } = opened.body;
    await world.settle();
    await bot.post(`/conversations/${id}/messages`, { text: 'Where is my invoice?' });
    await bot.post(`/conversations/${id}/forward`, { expertise: ['Billing'], candidates: [ben.id], note: NOTE });
    await world.settle();
    expect(types()).toEqual(['conversation.forwarded', 'conversation.agent_joined']);
    await ben.say(name, 'Here it is.');
    await world.settle();
    await bot.post(`/conversations/${id}/status`, { status: 'waiting' });
    await bot.post(`/conversations/${id}/messages`, { text: 'Thank you, that was all.' });
    await bot.post(`/conversations/${id}/close`);
    await world.settle();
    expect(types().slice(2)).toEqual([
      'conversation.message',
      'conversation.status_changed',
      'conversation.status_changed',
      'conversation.closed',
    ]);
    expect(endpoint.got[2]?.json.data).toMatchObject({
      conversation: { id, reference: 'v1', channel, thread: null },
      agent: { id: ben.id, name: 'ben' },
      text: 'Here it is.',
    });
    const everything = endpoint.got.map(({ body }) => body).join('\n');
    for (const unsaid of [NOTE, 'Where is my invoice', 'that was all']) expect(everything).not.toContain(unsaid);
    for (const { json } of endpoint.got) expectDocumented(json);
  });

  it('are not sent of conversations that people opened, nor where nobody gave an address', async () => {
    await setWebhook();
    await askForHelp(world);
    await (await world.as('ana')).command('acme-support', '/livechat close');
    await world.settle();
    expect(endpoint.got).toEqual([]);
    expect(await db('notices').where({ goes_to: 'webhook' })).toEqual([]);
  });

  it('are tried again with the same id until they are taken, and what came later waits behind', async () => {
    const secret = await setWebhook();
    await openAsBot();
    endpoint.answer(500);
    const ana = await world.as('ana');
    await ana.command('acme-support', '/livechat status waiting');
    await ana.say('acme-support', 'One moment.');
    await world.settle();
    expect(types()).toEqual(['conversation.status_changed']);
    expect(await formSays()).toMatch(/The endpoint answered 500.*2 wait, the next attempt/);

    world.clock.advance({ seconds: 1 });
    await world.settle();
    expect(types()).toHaveLength(2);
    endpoint.answer(204);
    world.clock.advance({ seconds: 2 });
    await world.settle();
    expect(types()).toEqual([...Array<string>(3).fill('conversation.status_changed'), 'conversation.message']);
    const [first, second, third, message] = endpoint.got;
    expect(new Set([first?.id, second?.id, third?.id]).size).toBe(1);
    expect(message?.id).not.toBe(first?.id);
    expect((third?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(3);
    expect(first?.json.timestamp).toBe(third?.json.timestamp);
    expect(endpoint.got.every((got) => isSigned(got, secret))).toBe(true);
    expect(await formSays()).toMatch(/All is well[\s\S]*Last taken/);
  });

  it('are set aside after a day with a visible reason and without what was written, and can be tried again', async () => {
    await setWebhook();
    await openAsBot();
    endpoint.answer(503);
    const ana = await world.as('ana');
    await ana.say('acme-support', 'You get your money back.');
    await world.settle();
    expect(await stored()).toContain('money back');
    world.clock.advance({ hours: 24 });
    await world.settle();
    expect(await stored()).not.toContain('money back');
    expect(await formSays()).toMatch(/The endpoint answered 503[\s\S]*1 webhook was given up/);

    endpoint.answer(200);
    const maya = await world.as('maya');
    await maya.command('general', '/livechat undelivered');
    expect(wordsOf(await maya.modal())).toMatch(/the server of a bot[\s\S]*acme-support[\s\S]*503/);
    await maya.press('Try again', 'modal');
    await world.settle();
    expect(last()?.json).toMatchObject({ type: 'conversation.message', data: { text: null } });
    expect(last()?.id).toBe(endpoint.got[0]?.id);
  });

  it('that wait behind one that was given up after a day are given up with it, and what is younger goes on', async () => {
    await setWebhook();
    await openAsBot();
    endpoint.answer(503);
    const ana = await world.as('ana');
    for (const status of ['waiting', 'in progress', 'waiting']) {
      await ana.command('acme-support', `/livechat status ${status}`);
    }
    await world.settle();
    world.clock.advance({ hours: 23 });
    await ana.command('acme-support', '/livechat close');
    endpoint.answer(503);
    world.clock.advance({ hours: 1, seconds: 1 });
    await world.settle();
    const states = await db('notices')
      .where({ goes_to: 'webhook' })
      .orderBy('number')
      .select<{ state: string }[]>('state');
    expect(states.map(({ state }) => state)).toEqual(['set_aside', 'set_aside', 'set_aside', 'waiting']);
  });

  it('end where the endpoint answers that it is gone: administrators are told, and saving the address goes on', async () => {
    await setWebhook();
    await openAsBot();
    endpoint.answer(410);
    const { ana, maya } = await everybody(world, 'ana', 'maya');
    await ana.command('acme-support', '/livechat status waiting');
    await ana.command('acme-support', '/livechat status in progress');
    await world.settle();
    expect(types()).toEqual(['conversation.status_changed']);
    const told = (await directMessages(maya)).filter((words) => words.includes('gone for good'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Website bot');
    expect(await directMessages(ana)).toEqual([]);
    expect(await formSays()).toMatch(/gone for good[\s\S]*2 webhooks were given up/);
    await ana.command('acme-support', '/livechat status waiting');
    await world.settle();
    expect(endpoint.got).toHaveLength(1);

    endpoint.answer(200);
    await openForm();
    expect(await maya.submit({ URL: endpoint.url })).toEqual({});
    expect(wordsOf(await maya.modal())).not.toContain('whsec_');
    await ana.command('acme-support', '/livechat close');
    await world.settle();
    expect(last()?.json.type).toBe('conversation.closed');
  });

  it('are tested, signed anew and ended from the form', async () => {
    const first = await setWebhook();
    const maya = await openForm();
    await maya.press('Send a test', 'modal');
    expect(wordsOf(await maya.modal())).toContain('The endpoint took the test');
    expect(types()).toEqual(['ping']);
    expectDocumented((last() as Got).json);
    expect(isSigned(last() as Got, first)).toBe(true);
    endpoint.answer(404);
    await maya.press('Send a test', 'modal');
    expect(wordsOf(await maya.modal())).toContain('did not take the test. The endpoint answered 404.');

    await maya.press('New secret', 'modal');
    const second = /whsec_[\w+/=]+/.exec(wordsOf(await maya.modal()))?.[0] ?? '';
    expect(second).not.toBe(first);
    await maya.closeModal();
    await maya.press('Webhook…', 'modal');
    expect(wordsOf(await maya.modal())).not.toContain('whsec_');
    endpoint.answer(200);
    await maya.press('Send a test', 'modal');
    expect([isSigned(last() as Got, second), isSigned(last() as Got, first)]).toEqual([true, false]);

    await openAsBot();
    await maya.press('Remove', 'modal');
    expect(wordsOf(await maya.modal())).toContain('Nothing is sent any more');
    const before = endpoint.got.length;
    await (await world.as('ana')).command('acme-support', '/livechat close');
    await world.settle();
    expect(endpoint.got).toHaveLength(before);
    const rows = JSON.stringify([await db('tokens').select('*'), await stored()]);
    for (const secret of [first, second]) expect(rows).not.toContain(secret.slice('whsec_'.length, -1));
  });

  it('that are under way while Beckon stops are broken off, and sent again with the same id', async () => {
    await setWebhook();
    await openAsBot();
    const isThere = new Promise<void>((resolve) => {
      endpoint.answer(() => resolve());
    });
    await (await world.as('ana')).command('acme-support', '/livechat close');
    const settling = world.settle();
    await isThere;
    const begun = Date.now();
    await world.restart();
    expect(Date.now() - begun).toBeLessThan(9000);
    await settling.catch(() => undefined);
    endpoint.answer(200);
    world.clock.advance({ minutes: 1 });
    await world.settle();
    expect(types()).toEqual(['conversation.closed', 'conversation.closed']);
    expect(endpoint.got[1]?.id).toBe(endpoint.got[0]?.id);
  }, 30_000);

  it('go to no address that is none, or says who one is: it is refused at its field', async () => {
    const maya = await openForm();
    expect(await maya.submit({ URL: 'bot.example.com' })).toEqual({ url: expect.stringContaining('no URL') });
    expect(await maya.submit({ URL: 'https://me:secret@bot.example.com' })).toEqual({
      url: expect.stringContaining('user name and password'),
    });
    expect(await maya.submit({ URL: 'ftp://bot.example.com' })).toEqual({ url: expect.stringContaining('http') });
  });
});
