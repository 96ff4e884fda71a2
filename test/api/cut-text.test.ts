/** Texts that a bot cut in the middle of an emoji, as `slice` does. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Somebody, type Workspace } from '../../sandbox/driver.ts';
import { said, setUp } from '../journeys/story.ts';
import { makeBot, type Caller } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { unfinished } from '../../src/store/outbox.ts';
import { startWorld, type World } from '../support/world.ts';

const cut = (text: string): string => `${text} 😀`.slice(0, -1);
const arrives = (text: string): string => `${text} \uFFFD`;

describe.each(databases)('what a bot cut in the middle of an emoji, on $name', ({ open }) => {
  let database: TestDatabase;
  let world: World;
  let workspace: Workspace;
  let helper: Somebody;
  let bot: Caller;
  beforeAll(async () => {
    database = await open();
    world = await startWorld(database.db, { mode: 'http' });
    await setUp(world);
    world.slack.addPerson('helper', 'Helper Bot', { role: 'bot' });
    workspace = await connect(world.slack.url);
    helper = await workspace.as('helper');
    bot = await makeBot(world, 'Website', { speaksAs: helper.id });
  });
  afterAll(async () => {
    workspace.close();
    await world.close();
    await database.close();
  });

  it('arrives with a sign for what cannot be read, and what is behind it follows', async () => {
    const { body } = await bot.post('/conversations', { customer_name: 'Lea' });
    const path = `/conversations/${body.id}`;
    expect((await bot.post(`${path}/messages`, { text: cut('Thanks!') })).status).toBe(202);
    expect((await bot.post(`${path}/messages`, { text: 'Second' })).status).toBe(202);
    await world.settle();
    const words = (await said(helper, body.channel_name)).map(({ text }) => text);
    expect(words).toEqual([`*Lea*: ${arrives('Thanks!')}`, '*Lea*: Second']);
    expect(await database.db('notices').whereRaw(unfinished())).toEqual([]);
  });

  it('is the same wherever it is told again', async () => {
    const opened = await bot.post('/conversations', {
      customer_name: cut('Léa'),
      reference: cut('visit'),
      note: cut('Charged twice.'),
      transcript: cut('Visitor: hello'),
    });
    expect(opened).toMatchObject({
      status: 201,
      body: { customer_name: arrives('Léa'), reference: arrives('visit') },
    });
    expect((await bot.get(`/conversations/${opened.body.id}`)).body).toEqual(opened.body);
    const forwarded = await bot.post(`/conversations/${opened.body.id}/forward`, {
      note: cut('Be quick.'),
      message: cut('Somebody is here.'),
    });
    expect(forwarded.status).toBe(200);
    await world.settle();
    expect(await database.db('notices').whereRaw(unfinished())).toEqual([]);
    expect(await database.db('notices').where({ state: 'set_aside' })).toEqual([]);
  });
});
