/** Requests under an Idempotency-Key: done once, whatever breaks, and answered alike. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate as breathe } from 'node:timers/promises';
import { arrive } from '../../src/services/help/arrive.ts';
import { join } from '../../src/services/help/join.ts';
import { setStatusByHand } from '../../src/services/conversation/set-status.ts';
import { plant } from '../journeys/story.ts';
import { makeBot, type Answered, type Caller } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { refusingAnswers } from '../support/refusing-answers.ts';
import { TABLES } from '../support/state.ts';
import { startWorld, type World } from '../support/world.ts';

const WITHIN_MS = 5000;

const alike = ({ status, body }: Answered) => ({ status, body });

const isChannelMade = (method: string, answer: unknown): boolean =>
  method === 'conversations.create' && JSON.stringify(answer).includes('"ok":true');

/** How many are left out is counted for a desk, and kept for a moment. */
const isCounted = (column: string): boolean => column.startsWith('left_out');
const written = (row: object): string =>
  JSON.stringify(row, (column: string, value: unknown) => (isCounted(column) ? undefined : value));

describe.each(databases)('a request under an Idempotency-Key, on $name', ({ open }) => {
  let database: TestDatabase;
  let world: World;
  let bot: Caller;
  beforeAll(async () => {
    database = await open();
    world = await startWorld(database.db, { mode: 'http' });
    await (await world.as('maya')).command('general', '/livechat help');
    await plant(database.db, world);
    bot = await makeBot(world);
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  const post = (key: string, path: string, body: object = {}) => bot.post(path, body, { 'idempotency-key': key });
  const open1 = (key: string, body: object = { customer_name: key }) => post(key, '/conversations', body);
  const opened = async (body: object = {}) => {
    const { id } = (await bot.post('/conversations', { customer_name: 'Lea', ...body })).body;
    return { id, path: `/conversations/${id}` };
  };
  const statusOf = async (path: string) => (await bot.get(path)).body.status;
  const actor = (handle: string) => ({ workspaceId: world.slack.teamId, userId: world.slack.person(handle) });
  const count = async (table = 'conversations', where: object = {}) => (await database.db(table).where(where)).length;
  /** Of what a conversation has one of. */
  const idIn = async (table: string, conversationId: string): Promise<string> => {
    const [row] = await database.db(table).where({ conversation_id: conversationId }).select<{ id: string }[]>('id');
    return row?.id ?? '';
  };
  const made = () => world.slack.calls().filter(({ method, answer }) => isChannelMade(method, answer));

  /** Sends it; resolves once Slack has made the channel, while its answer is still on the way. */
  const openSlowly = async (key: string) => {
    const before = made().length;
    world.slack.setKnobs({ latencyMs: 700 });
    const answer = open1(key);
    const deadline = Date.now() + WITHIN_MS;
    while (made().length === before) {
      if (Date.now() > deadline) throw new Error('No channel was made.');
      await breathe();
    }
    world.slack.setKnobs({});
    return { answer };
  };

  describe('sent again', () => {
    it('is done once, and answered alike for a day', async () => {
      const before = await count();
      const first = await open1('once');
      expect(first.status).toBe(201);
      expect(await open1('once')).toMatchObject({ status: 201, body: first.body });
      expect(await count()).toBe(before + 1);
      expect(await open1('once', { customer_name: 'Somebody else' })).toMatchObject({
        status: 409,
        body: { error: { code: 'key_reused' } },
      });
      const stranger = await makeBot(world, 'Other');
      const theirs = await stranger.post('/conversations', { customer_name: 'once' }, { 'idempotency-key': 'once' });
      expect(theirs.status).toBe(201);
      expect(theirs.body.id).not.toBe(first.body.id);
      world.clock.advance({ hours: 25 });
      const later = await open1('once');
      expect(later.status).toBe(201);
      expect(later.body.id).not.toBe(first.body.id);
    });

    it('does not look for help again once somebody has come', async () => {
      const { id, path } = await opened({ expertise: ['Billing'] });
      const help = () => post('help', `${path}/help`, { note: 'Invoice 17' });
      const first = await help();
      expect(first.body.status).toBe('looking_for_help');
      const requestId = await idIn('help_requests', id);
      await join(world.beckon.deps, actor('ben'), { requestId });
      await arrive(world.beckon.deps, world.slack.teamId, await idIn('seats', id));
      expect(await statusOf(path)).toBe('in_progress');
      expect(await help()).toMatchObject({ status: 200, body: first.body });
      expect(await statusOf(path)).toBe('in_progress');
      expect(await count('help_requests', { conversation_id: id })).toBe(1);
    });

    it('does not undo what a person did meanwhile', async () => {
      const { id, path } = await opened();
      const wait = () => post('wait', `${path}/status`, { status: 'waiting' });
      const first = await wait();
      expect(first.body.status).toBe('waiting');
      await setStatusByHand(world.beckon.deps, actor('ana'), { conversationId: id, status: 'in_progress' });
      world.clock.advance({ minutes: 2 });
      expect(await wait()).toMatchObject({ status: 200, body: first.body });
      expect(await statusOf(path)).toBe('in_progress');
    });

    it('is answered for its own forward, not for a later one', async () => {
      const { id, path } = await opened({ expertise: ['Billing'] });
      const first = await post('forward', `${path}/forward`);
      world.clock.advance({ seconds: 1 });
      const second = await post('another forward', `${path}/forward`);
      expect(second.body.agent).not.toEqual(first.body.agent);
      expect(await post('forward', `${path}/forward`)).toMatchObject({ status: 200, body: first.body });
      expect(await post('another forward', `${path}/forward`)).toMatchObject({ status: 200, body: second.body });
      expect(await count('forwards', { conversation_id: id })).toBe(2);
    });

    it('closes once, and posts once', async () => {
      const { path } = await opened();
      const message = await post('message', `${path}/messages`, { text: 'Hello' });
      const closed = await post('close', `${path}/close`);
      expect(await post('message', `${path}/messages`, { text: 'Hello' })).toMatchObject(alike(message));
      expect(await post('close', `${path}/close`)).toMatchObject(alike(closed));
      expect((await bot.post(`${path}/close`)).status).toBe(409);
      await world.settle();
      const posted = world.slack
        .calls()
        .filter(({ args }) => args['channel'] === closed.body.channel && 'text' in args);
      expect(posted.map(({ args }) => args['text'])).toEqual(['*Lea*: Hello']);
    });
  });

  it('is done once where it is sent five times at once', async () => {
    const before = await count();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => open1('at once')));
    const kinds = answers.map(({ status, body }) => (status === 201 ? 'made' : body.error.code));
    expect(kinds).toContain('made');
    expect(kinds.every((kind) => kind === 'made' || kind === 'in_progress')).toBe(true);
    expect(await count()).toBe(before + 1);
    expect((await open1('at once')).status).toBe(201);
  });

  describe('whose channel Slack is slow to make', () => {
    it('is under way until then for whoever sends it again', async () => {
      const { answer } = await openSlowly('slow');
      const second = await open1('slow');
      expect(second).toMatchObject({ status: 409, body: { error: { code: 'in_progress' } } });
      expect(second.headers.get('retry-after')).toBe('1');
      const first = await answer;
      expect(first.status).toBe(201);
      expect(await open1('slow')).toMatchObject(alike(first));
      expect(await count('conversations', { customer_name: 'slow' })).toBe(1);
    });

    it('is another attempt’s once that has taken it over: the first does nothing any more', async () => {
      const channels = made().length;
      const { answer } = await openSlowly('taken over');
      world.clock.advance({ seconds: 61 });
      const second = await open1('taken over');
      expect(second.status).toBe(201);
      expect(await answer).toMatchObject({ status: 409, body: { error: { code: 'in_progress' } } });
      expect(await open1('taken over')).toMatchObject(alike(second));
      expect(await count('conversations', { customer_name: 'taken over' })).toBe(1);
      expect(made()).toHaveLength(channels + 1);
    });

    it('does not commit where another attempt works on it and is not done yet', async () => {
      const { answer } = await openSlowly('overtaken');
      world.clock.advance({ seconds: 61 });
      // As it is when the other attempt waits for Slack in its turn.
      const now = { made_at: world.clock.now().toISOString() };
      await database.db('idempotency_keys').where({ key: 'overtaken' }).update(now);
      expect(await answer).toMatchObject({ status: 409, body: { error: { code: 'in_progress' } } });
      expect(await count('conversations', { customer_name: 'overtaken' })).toBe(0);
      world.clock.advance({ seconds: 61 });
      expect((await open1('overtaken')).status).toBe(201);
    });
  });

  it('makes one channel, where Slack made it, its answer was lost, and it is sent again later', async () => {
    const channels = made().length;
    world.slack.setKnobs({ cutNext: { calls: 1, method: 'conversations.create' } });
    expect((await open1('cut')).status).toBe(503);
    world.clock.advance({ minutes: 3 });
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'users.conversations', error: 'internal_error' } });
    expect((await open1('cut')).status).toBe(503);
    world.clock.advance({ minutes: 3 });
    const done = await open1('cut');
    expect(done.status).toBe(201);
    expect(made()).toHaveLength(channels + 1);
    expect(await open1('cut')).toMatchObject(alike(done));
  });

  it('makes one channel, where it broke off with its process before the conversation was opened', async () => {
    const channels = made().length;
    const { channel, id } = (await open1('killed')).body;
    const keys = database.db('idempotency_keys').where({ key: 'killed' });
    const [row] = await keys.clone().select<{ made_at: string }[]>('made_at');
    await database.db('conversations').where({ id }).delete();
    await keys.clone().update({ status: 0, answer: JSON.stringify({ firstAt: row?.made_at }) });
    expect(await open1('killed')).toMatchObject({ status: 409, body: { error: { code: 'in_progress' } } });
    world.clock.advance({ minutes: 2 });
    expect(await open1('killed')).toMatchObject({ status: 201, body: { id, channel } });
    expect(made()).toHaveLength(channels + 1);
  });

  describe('whose answer cannot be kept', () => {
    /** Everything that is done: not the keys, and not what is noted of people, desks and where people stand while somebody is looked for. */
    const noted = ['idempotency_keys', 'tokens', 'people', 'workspaces', 'desk_agents'];
    const everything = async () => {
      const rows: string[] = [];
      for (const table of TABLES.filter((one) => !noted.includes(one))) {
        rows.push(...(await database.db(table).select<object[]>()).map((row) => `${table} ${written(row)}`));
      }
      return rows.toSorted();
    };

    it.each([
      ['open', undefined, { customer_name: 'Unkept' }],
      ['forward', 'forward', { expertise: ['Billing'] }],
      ['help', 'help', { expertise: ['Billing'], note: 'Invoice 17' }],
      ['status', 'status', { status: 'waiting' }],
      ['messages', 'messages', { text: 'Hello' }],
      ['close', 'close', {}],
    ])('is not done at all, and once it is sent again: %s', async (name, verb, body) => {
      const path = verb === undefined ? '/conversations' : `${(await opened()).path}/${verb}`;
      await world.settle();
      const send = () => post(`unkept ${name}`, path, body);
      const before = await everything();
      const broken = await refusingAnswers(database.db, send);
      expect(broken).toMatchObject({ status: 500, body: { error: { code: 'internal_error' } } });
      expect(JSON.stringify(broken.body)).not.toContain('no answers');
      expect(await everything()).toEqual(before);
      world.clock.advance({ seconds: 2 });
      const done = await send();
      expect([200, 201, 202]).toContain(done.status);
      const after = await everything();
      expect(after).not.toEqual(before);
      expect(await send()).toMatchObject(alike(done));
      expect(await everything()).toEqual(after);
    });
  });
});
