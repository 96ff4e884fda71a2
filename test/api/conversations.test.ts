/** What a bot can do with conversations, and what it cannot. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, wordsOf, type Somebody, type Workspace } from '../../sandbox/driver.ts';
import { insertConversation } from '../../src/store/conversations.ts';
import { homeOf, openConversations, said, setUp } from '../journeys/story.ts';
import { makeBot, type Answered, type Caller } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeDesk, makeWorkspace } from '../support/make.ts';
import { startWorld, type World } from '../support/world.ts';

const refusal = ({ status, body: { error } }: Answered) => ({ status, code: error.code, fields: error.fields });

describe.each(databases)('conversations of bots, on $name', ({ open }) => {
  let database: TestDatabase;
  let world: World;
  let workspace: Workspace;
  let helper: Somebody;
  let bot: Caller;
  let silent: Caller;
  beforeAll(async () => {
    database = await open();
    world = await startWorld(database.db, { mode: 'http' });
    await setUp(world);
    for (const name of ['helper', 'stranger']) world.slack.addPerson(name, `${name} Bot`, { role: 'bot' });
    workspace = await connect(world.slack.url);
    helper = await workspace.as('helper');
    bot = await makeBot(world, 'Website', { speaksAs: helper.id });
    silent = await makeBot(world, 'Phone');
  });
  afterAll(async () => {
    workspace.close();
    await world.close();
    await database.close();
  });

  const closeAll = async () => {
    const maya = await world.as('maya');
    for (const { channel_id: channel } of await openConversations(database.db)) {
      const found = (await maya.snapshot()).channels.find(({ id }) => id === channel);
      if (found) await maya.command(found.name, '/livechat close');
    }
    await database
      .db('conversations')
      .whereNull('closed_at')
      .update({ closed_at: '2026-01-01T00:00:00.000Z', status: '' });
  };

  it('makes a private channel for a visitor, with the bot’s own user in it', async () => {
    const lea = {
      customer_name: 'Léa Martin',
      reference: 'visit-17',
      language: 'fr-CA',
      country: 'ca',
      expertise: ['billing'],
      note: 'Charged twice.',
      transcript: 'Visitor: hello',
    };
    const opened = await bot.post('/conversations', lea);
    expect(opened).toMatchObject({
      status: 201,
      body: {
        status: 'in_progress',
        outcome: null,
        channel_name: expect.stringMatching(/^visitor-lea-martin-[a-z0-9]+$/),
        thread: null,
        channel_made: true,
        desk: { name: 'Support' },
        expertise: [{ name: 'Billing' }],
        customer_name: 'Léa Martin',
        reference: 'visit-17',
        language: 'fr',
        country: 'CA',
        closed_at: null,
        agents: [],
      },
    });
    await world.settle();
    const channel = (await helper.snapshot()).channels.find(({ id }) => id === opened.body.channel);
    expect(channel).toMatchObject({ name: opened.body.channel_name, kind: 'private', member: true });
    expect(await bot.get(`/conversations/${opened.body.id}`)).toMatchObject({ status: 200, body: opened.body });
    expect(JSON.stringify(opened.body)).not.toMatch(/Charged twice|hello/);
    await closeAll();
  });

  it('posts what the visitor writes, in order, and it is the customer’s word', async () => {
    const { body } = await bot.post('/conversations', { customer_name: 'Lea *!*' });
    await bot.post(`/conversations/${body.id}/status`, { status: 'waiting' });
    const path = `/conversations/${body.id}/messages`;
    expect((await bot.post(path, { text: 'Hello <!channel> & all' }, { 'idempotency-key': 'm1' })).status).toBe(202);
    expect((await bot.post(path, { text: 'Hello <!channel> & all' }, { 'idempotency-key': 'm1' })).status).toBe(202);
    expect((await bot.post(path, { text: 'Two\nlines' })).status).toBe(202);
    await world.settle();
    const words = (await said(helper, body.channel_name)).map(({ text }) => text);
    expect(words).toEqual(['*Lea !*: Hello &lt;!channel&gt; &amp; all', '*Lea !*:\n>Two\n>lines']);
    expect((await bot.get(`/conversations/${body.id}`)).body.status).toBe('in_progress');
    expect(JSON.stringify(await database.db('notices'))).not.toMatch(/Two\\\\+nlines|channel> & all/);
    expect(refusal(await bot.post(path, { text: ' \n ' }))).toMatchObject({
      status: 422,
      fields: { text: expect.anything() },
    });
    expect(refusal(await bot.post(path, { text: 'x'.repeat(3001) }))).toMatchObject({ status: 422 });
    await closeAll();
  });

  it('counts what the bot’s own user writes in Slack as the customer’s word, and no other bot’s', async () => {
    const stranger = await workspace.as('stranger');
    const maya = await world.as('maya');
    const channel = world.slack.channel('acme-support');
    await maya.send('invite', { channel, users: [helper.id, stranger.id] });
    const { body } = await bot.post('/conversations', { channel });
    const path = `/conversations/${body.id}`;
    await bot.post(`${path}/status`, { status: 'waiting' });
    world.clock.advance({ minutes: 1 });
    await stranger.say(body.channel_name, 'beep');
    await world.settle();
    expect((await bot.get(path)).body.status).toBe('waiting');
    await helper.say(body.channel_name, 'The visitor says: still there?');
    await world.settle();
    expect((await bot.get(path)).body).toMatchObject({ status: 'in_progress', agents: [] });
    await closeAll();
  });

  it('opens one in a channel where Beckon is, once, and shows it to the desk', async () => {
    const channel = world.slack.channel('acme-support');
    const opened = await silent.post('/conversations', { channel, desk: 'support', expertise: ['Billing', 'BILLING'] });
    expect(opened).toMatchObject({ status: 201, body: { channel, channel_name: 'acme-support', channel_made: false } });
    expect(opened.body.expertise).toHaveLength(1);
    expect(await homeOf(world, await world.as('ben'))).toContain('acme-support');
    const again = await silent.post('/conversations', { channel });
    expect(refusal(again)).toMatchObject({ status: 409, code: 'already' });
    expect(again.body.error.message).toContain(opened.body.id);
    expect(refusal(await silent.post(`/conversations/${opened.body.id}/messages`, { text: 'Hi' }))).toMatchObject({
      status: 422,
      code: 'wrong_place',
    });
    await closeAll();
  });

  it('tells which one is open there already where people opened it, but nothing of another bot’s', async () => {
    const channel = world.slack.channel('acme-support');
    const { id } = (await silent.post('/conversations', { channel })).body;
    const theirs = await bot.post('/conversations', { channel });
    expect(refusal(theirs)).toMatchObject({ status: 409, code: 'already' });
    expect(JSON.stringify(theirs.body)).not.toContain(id);
    await closeAll();
    await (await world.as('ana')).command('acme-support', '/livechat open');
    const [opened] = await openConversations(database.db);
    const ours = await bot.post('/conversations', { channel });
    expect(refusal(ours)).toMatchObject({ status: 409, code: 'already' });
    expect(ours.body.error.message).toContain(opened?.id);
    await closeAll();
  });

  it('opens one in a thread', async () => {
    const gus = await world.as('gus');
    const ts = await gus.say('acme-support', 'One question');
    const channel = world.slack.channel('acme-support');
    const opened = await silent.post('/conversations', { channel, thread: ts });
    expect(opened).toMatchObject({ status: 201, body: { channel, thread: ts } });
    expect(refusal(await silent.post('/conversations', { channel, thread: '1.000001' }))).toMatchObject({
      code: 'gone',
    });
    await closeAll();
  });

  it('sees its own, and what people opened, but nothing of other bots and workspaces', async () => {
    const mine = await bot.post('/conversations', { customer_name: 'Mine' });
    const path = `/conversations/${mine.body.id}`;
    expect((await bot.get(path)).status).toBe(200);
    for (const each of ['', '/status', '/close', '/help', '/messages']) {
      const body = { '/status': { status: 'waiting' }, '/messages': { text: 'Hi' } }[each] ?? {};
      const answer = each === '' ? await silent.get(path) : await silent.post(`${path}${each}`, body);
      expect(refusal(answer)).toMatchObject({ status: 404, code: 'not_found' });
    }
    await (await world.as('ana')).command('acme-support', '/livechat open');
    const theirs = await openConversations(database.db);
    const opened = theirs.find(({ channel_id: channel }) => channel === world.slack.channel('acme-support'));
    expect((await silent.get(`/conversations/${opened?.id}`)).status).toBe(200);
    await makeWorkspace(database.db, 'TELSE');
    await makeDesk(database.db, 'Support', { workspaceId: 'TELSE', id: 'desk-elsewhere' });
    await insertConversation(database.db, {
      workspaceId: 'TELSE',
      id: 'elsewhere',
      deskId: 'desk-elsewhere',
      channelId: 'CELSE',
      threadTs: '',
      status: 'in_progress',
      openedBy: '',
      now: world.clock.now(),
    });
    for (const each of ['/status', '/close', '/help']) {
      const body = each === '/status' ? { status: 'waiting' } : {};
      expect(refusal(await bot.post(`/conversations/elsewhere${each}`, body))).toMatchObject({ status: 404 });
    }
    await closeAll();
  });

  it('lists what it opened, newest first, in pages, by status and reference', async () => {
    const lister = await makeBot(world, 'Lister');
    const ids: string[] = [];
    for (const reference of ['a', 'b', 'c', 'd', 'e']) {
      ids.unshift((await lister.post('/conversations', { reference })).body.id);
      world.clock.advance({ seconds: 1 });
    }
    await lister.post(`/conversations/${ids[0]}/close`);
    await lister.post(`/conversations/${ids[1]}/status`, { status: 'waiting' });
    const list = async (query: string) => (await lister.get(`/conversations${query}`)).body;
    const idsOf = async (query: string) => (await list(query)).conversations.map(({ id }) => id);
    expect(await idsOf('')).toEqual(ids);
    expect(await idsOf('?status=open')).toEqual(ids.slice(1));
    expect(await idsOf('?status=closed')).toEqual(ids.slice(0, 1));
    expect(await idsOf('?status=waiting')).toEqual([ids[1]]);
    expect(await idsOf('?reference=b')).toEqual([ids[3]]);
    const first = await list('?limit=2');
    expect(first.conversations.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await list(`?limit=2&cursor=${first.next}`);
    const third = await list(`?limit=2&cursor=${second.next}`);
    expect([...second.conversations, ...third.conversations].map(({ id }) => id)).toEqual(ids.slice(2));
    expect(third.next).toBeNull();
    await closeAll();
  });

  it('asks for help, which is on the card and calls experts, and withdraws it by the status', async () => {
    const { body } = await bot.post('/conversations', { customer_name: 'Lea', expertise: ['Billing'] });
    const path = `/conversations/${body.id}`;
    expect((await bot.post(`${path}/help`, { note: 'Invoice 17' })).body.status).toBe('looking_for_help');
    await world.settle();
    const maya = await world.as('maya');
    const card = (await said(maya, 'support-help')).at(-1);
    expect(card && wordsOf(card)).toMatch(/Invoice 17[^]*asked by Website/);
    expect((await bot.post(`${path}/help`, { note: 'Invoice 18' })).status).toBe(200);
    await world.settle();
    const updated = (await said(maya, 'support-help')).filter(({ threadTs }) => threadTs === undefined).at(-1);
    expect(updated && wordsOf(updated)).toMatch(/Invoice 18/);
    expect((await bot.post(`${path}/status`, { status: 'in_progress' })).body.status).toBe('in_progress');
    expect(await database.db('help_requests').whereNull('ended_at')).toEqual([]);
    await closeAll();
  });

  it('closes one, after which nothing can be done with it', async () => {
    const { body } = await bot.post('/conversations', { customer_name: 'Lea' });
    const path = `/conversations/${body.id}`;
    expect((await bot.post(`${path}/close`)).body).toMatchObject({ status: null, outcome: 'no_agent' });
    for (const [verb, input] of [
      ['close', {}],
      ['status', { status: 'waiting' }],
      ['help', {}],
      ['messages', { text: 'Hi' }],
    ] as const) {
      expect(refusal(await bot.post(`${path}/${verb}`, input))).toMatchObject({ status: 409, code: 'gone' });
    }
  });

  it.each<[string, () => object, object]>([
    ['a channel where Beckon is not', () => ({ channel: world.slack.channel('general') }), { code: 'wrong_place' }],
    ['a channel that is not there', () => ({ channel: 'C0NOWHERE' }), { code: 'wrong_place' }],
    ['a help channel', () => ({ channel: world.slack.channel('support-help') }), { code: 'wrong_place' }],
    ['a direct message', () => ({ channel: world.slack.directMessage('ben') ?? 'D0NONE' }), { code: 'wrong_place' }],
    [
      'an expertise nobody knows of',
      () => ({ expertise: ['Biling'] }),
      { fields: { 'expertise[0]': expect.stringContaining('Billing') } },
    ],
    ['a desk there is not', () => ({ desk: 'Suport' }), { fields: { desk: expect.stringContaining('Support') } }],
  ])('refuses %s, and opens nothing', async (_what, body, expected) => {
    const before = (await database.db('conversations')).length;
    expect(refusal(await bot.post('/conversations', body()))).toMatchObject({ status: 422, ...expected });
    expect(await database.db('conversations')).toHaveLength(before);
  });

  it('says that Slack would not make a channel, and tries again under the same key', async () => {
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'conversations.create', error: 'restricted_action' } });
    const key = { 'idempotency-key': 'restricted' };
    const refused = await bot.post('/conversations', { customer_name: 'Lea' }, key);
    expect(refusal(refused)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(refused.body.error.message).toContain('restricted_action');
    expect((await bot.post('/conversations', { customer_name: 'Lea' }, key)).status).toBe(201);
    world.slack.setKnobs({ rateLimitNext: { calls: 1, retryAfter: 7, method: 'conversations.create' } });
    const limited = await bot.post('/conversations', { customer_name: 'Lea' });
    expect(refusal(limited)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(limited.body.error.message).toContain('7 seconds');
    await closeAll();
  });
});
