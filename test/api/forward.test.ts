/** A bot forwards, is told whom, and can read why. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { directMessages, isMember, plant, said } from '../journeys/story.ts';
import { makeBot, type Answered, type Caller } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeExpertise } from '../support/make.ts';
import { startWorld, type World } from '../support/world.ts';

const refusal = ({ status, body: { error } }: Answered) => ({ status, code: error.code, fields: error.fields });

describe.each(databases)('forwarding over HTTP, on $name', ({ open }) => {
  let database: TestDatabase;
  let world: World;
  let bot: Caller;
  let other: Caller;
  beforeAll(async () => {
    database = await open();
    world = await startWorld(database.db, { mode: 'http' });
    await (await world.as('maya')).command('general', '/livechat help');
    await plant(database.db, world);
    await makeExpertise(database.db, 'Refunds', { workspaceId: world.slack.teamId });
    bot = await makeBot(world, 'Website');
    other = await makeBot(world, 'Phone');
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  const opened = async (body: object = {}): Promise<string> =>
    `/conversations/${(await bot.post('/conversations', { customer_name: 'Lea', ...body })).body.id}`;
  const close = async (path: string) => {
    await bot.post(`${path}/close`);
    await world.settle();
    world.clock.advance({ minutes: 5 });
  };

  it('gives a conversation to the best agent, who is added and told; the customer reads who joined', async () => {
    const path = await opened({ expertise: ['Billing'], language: 'fr', transcript: 'Visitor: charged twice?' });
    const answer = await bot.post(`${path}/forward`, {
      expertise: ['billing', 'Refunds'],
      message: 'Somebody will be <!here> at once.',
      note: 'Charged twice.',
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        outcome: 'forwarded',
        agent: { id: expect.any(String), name: expect.any(String) },
        covered: [{ name: 'Billing' }],
        missing: [{ name: 'Refunds' }],
        decision: expect.any(String),
      },
    });
    const claimed = (await bot.get(path)).body;
    expect(claimed).toMatchObject({
      agents: [{ state: 'arriving', came_by: 'forwarded' }],
      forward: { state: 'open' },
    });
    await world.settle();
    const there = (await bot.get(path)).body;
    expect(there).toMatchObject({
      expertise: [{ name: 'Billing' }, { name: 'Refunds' }],
      agents: [{ agent: answer.body.agent, state: 'in', arrived_at: expect.any(String) }],
      forward: { state: 'open', turns: [{ state: 'waiting', decision: answer.body.decision }] },
    });
    const handle = ['ben', 'chloe'].find((name) => world.slack.person(name) === answer.body.agent.id) ?? 'nobody';
    const agent = await world.as(handle);
    expect(await isMember(agent, there.channel_name)).toBe(true);
    const told = (await directMessages(agent)).at(-1);
    for (const words of ['Website forwarded it.', 'Charged twice.', 'Visitor: charged twice?', 'Lea'])
      expect(told).toContain(words);
    const [message] = (await agent.read('@beckon')).slice(-1);
    if (message === undefined) throw new Error('nobody was told');
    await agent.press('Transcript', message);
    expect(wordsOf(await agent.modal())).toContain('Visitor: charged twice?');
    await agent.closeModal();
    const read = (await said(agent, there.channel_name)).map(({ text }) => text).join('\n');
    expect(read).toContain('joined the conversation');
    expect(read).toContain('Somebody will be &lt;!here&gt; at once.');
    expect(read).not.toContain('Charged twice');
    await close(path);
  });

  it('says why, to the bot that asked and to no other', async () => {
    const path = await opened();
    const { decision, agent } = (await bot.post(`${path}/forward`, { expertise: ['Billing'] })).body;
    const why = await bot.get(`/decisions/${decision}`);
    expect(why).toMatchObject({
      status: 200,
      body: {
        id: decision,
        order: 'expertise_first',
        desk: { name: 'Support' },
        wanted: [{ name: 'Billing' }],
        winner: agent,
        only_candidates: false,
      },
    });
    expect(JSON.stringify(why.body)).not.toMatch(/huddle|in_call|disturb/);
    expect(why.body).toMatchObject({ left_out: { preferences: expect.any(Number), unavailable: expect.any(Number) } });
    expect(refusal(await other.get(`/decisions/${decision}`))).toMatchObject({ status: 404, code: 'not_found' });
    expect(refusal(await bot.get('/decisions/none'))).toMatchObject({ status: 404 });
    await close(path);
  });

  it('names with a dry run whom it would choose, and chooses nobody', async () => {
    const ranking = await bot.get('/agents?desk=Support&expertise=Billing,Refunds&language=fr&country=FR');
    expect(ranking).toMatchObject({
      status: 200,
      body: { desk: { name: 'Support' }, wanted: [{ name: 'Billing' }, { name: 'Refunds' }] },
    });
    expect(await database.db('seats').whereNull('left_at')).toEqual([]);
    const path = await opened();
    const { agent } = (await bot.post(`${path}/forward`, { expertise: ['Billing', 'Refunds'], language: 'fr' })).body;
    expect(ranking.body.agents[0]?.agent).toEqual(agent);
    await close(path);
    const several = await bot.get('/agents?expertise=Billing&expertise=Refunds&limit=1');
    expect(several.body.agents).toHaveLength(1);
    expect(refusal(await bot.get('/agents?expertise=Biling'))).toMatchObject({
      status: 422,
      fields: { 'expertise[0]': expect.stringContaining('Billing') },
    });
    expect(refusal(await bot.get('/agents?language=klingon'))).toMatchObject({ status: 422 });
    expect(refusal(await bot.get('/agents?desk=Sales'))).toMatchObject({ status: 422 });
  });

  it('takes only candidates that were named, whoever they are, if they are full members', async () => {
    const path = await opened();
    const [ana, gus] = [world.slack.person('ana'), world.slack.person('gus')];
    expect(refusal(await bot.post(`${path}/forward`, { candidates: [gus] }))).toMatchObject({
      status: 422,
      fields: { candidates: expect.stringContaining('Gus Keller') },
    });
    expect(refusal(await bot.post(`${path}/forward`, { candidates: [] }))).toMatchObject({ status: 422 });
    const answer = await bot.post(`${path}/forward`, { candidates: [ana], expertise: [] });
    expect(answer.body).toMatchObject({ outcome: 'forwarded', agent: { id: ana } });
    expect((await bot.get(`/decisions/${answer.body.decision}`)).body).toMatchObject({ only_candidates: true });
    await close(path);
  });

  it('counts an emoji as one character', async () => {
    const path = await opened();
    const asked = { message: '😀'.repeat(2000), note: '👍'.repeat(2000) };
    expect((await bot.post(`${path}/forward`, asked)).status).toBe(200);
    await world.settle();
    expect(await database.db('notices').where({ state: 'set_aside' })).toEqual([]);
    await close(path);
    expect((await bot.post('/conversations', { note: '😀'.repeat(2001) })).status).toBe(422);
  });

  it('says that nobody is there, and the bot goes on; ten minutes later Beckon looks for help', async () => {
    await database.db('agents').update({ paused_until: '2099-01-01T00:00:00.000Z' });
    await database.db('desk_agents').update({ valid_until: '' });
    const path = await opened();
    const answer = await bot.post(`${path}/forward`, { expertise: ['Billing'], language: 'xh' });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'no_agent', decision: expect.any(String) } });
    await world.settle();
    expect((await bot.get(path)).body).toMatchObject({
      status: 'in_progress',
      forward: { state: 'no_agent', turns: [] },
    });
    expect((await bot.get(`/decisions/${answer.body.decision}`)).body).toMatchObject({ winner: null });
    world.clock.advance({ minutes: 9 });
    await world.settle();
    expect((await bot.get(path)).body.status).toBe('in_progress');
    world.clock.advance({ minutes: 2 });
    await world.settle();
    expect((await bot.get(path)).body.status).toBe('looking_for_help');
    await database.db('agents').update({ paused_until: null });
    await database.db('desk_agents').update({ valid_until: '' });
    await close(path);
  });

  it('goes to the next when the first does not answer, and asks for help after the third', async () => {
    const path = await opened();
    await bot.post(`${path}/forward`, { expertise: ['Billing'] });
    await world.settle();
    for (let turn = 1; turn < 3; turn += 1) {
      world.clock.advance({ minutes: 6 });
      await world.settle();
      const { forward } = (await bot.get(path)).body;
      expect(forward?.turns.map(({ state }) => state)).toEqual([
        ...Array.from({ length: turn }, () => 'timed_out'),
        'waiting',
      ]);
    }
    world.clock.advance({ minutes: 6 });
    await world.settle();
    expect((await bot.get(path)).body).toMatchObject({ status: 'looking_for_help', forward: { state: 'no_answer' } });
    await close(path);
  });

  it('forwards what people opened, but not what other bots did, nor what is closed', async () => {
    const path = await opened();
    expect(refusal(await other.post(`${path}/forward`, {}))).toMatchObject({ status: 404 });
    await close(path);
    expect(refusal(await bot.post(`${path}/forward`, {}))).toMatchObject({ status: 409, code: 'gone' });
    expect(refusal(await bot.post('/conversations/none/forward', {}))).toMatchObject({ status: 404 });
  });

  it.each([
    [{ expertise: ['Biling'] }, 'expertise[0]'],
    [{ expertise: Array(101).fill('Billing') }, 'expertise'],
    [{ language: 'klingon' }, 'language'],
    [{ previous_agent: 'ana' }, 'previous_agent'],
    [{ candidates: ['@ana'] }, 'candidates[0]'],
    [{ message: 'x'.repeat(2001) }, 'message'],
    [{ note: 'x'.repeat(2001) }, 'note'],
  ])('refuses %j, naming the field', async (body, field) => {
    const path = await opened();
    expect(refusal(await bot.post(`${path}/forward`, body))).toMatchObject({
      status: 422,
      fields: { [field]: expect.any(String) },
    });
    await close(path);
  });
});
