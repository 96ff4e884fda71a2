/** The API as every request meets it: tokens, bodies, limits, keys, failures. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request, type IncomingMessage } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { ErrorAnswer } from '../../src/api/errors.ts';
import { setUp } from '../journeys/story.ts';
import { ask, caller, makeBot, newSecret, type Caller } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeWorkspace } from '../support/make.ts';
import { startWorld, type World } from '../support/world.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Waits for what a real socket brings. */
async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('It did not happen.');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

const messageOf = async (answer: Response): Promise<unknown> => {
  expect(answer.status).toBe(400);
  return ErrorAnswer.parse(await answer.json()).error.message;
};

describe.each(databases)('the API, over HTTP, on $name', ({ open }) => {
  let database: TestDatabase;
  let world: World;
  let bot: Caller & { secret: string };
  beforeAll(async () => {
    database = await open();
    world = await startWorld(database.db, { mode: 'http' });
    await setUp(world);
    bot = await makeBot(world);
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  const open1 = (key: string, body: object = { customer_name: key }) =>
    bot.post('/conversations', body, { 'idempotency-key': key });
  const zipped = (body: string | Buffer, encoding: string) =>
    fetch(`${world.apiUrl}/conversations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot.secret}`, ...JSON_TYPE, 'content-encoding': encoding },
      body: new Uint8Array(Buffer.from(body)),
    });
  const count = async () => (await database.db('conversations')).length;

  it.each([
    ['no token', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['an unknown token', { authorization: `Bearer ${newSecret()}` }],
  ])('refuses %s', async (_what, headers) => {
    const answer = await ask(`${world.apiUrl}/expertise`, { headers });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('refuses a token from the moment it is revoked', async () => {
    const gone = await makeBot(world, 'Short-lived');
    expect((await gone.get('/expertise')).status).toBe(200);
    await database.db('tokens').where({ name: 'Short-lived' }).update({ revoked_at: '2026-01-01T00:00:00.000Z' });
    expect((await gone.get('/expertise')).status).toBe(401);
  });

  it('refuses a token of another workspace whose rows are in the same database', async () => {
    const elsewhere = await makeBot(world, 'Elsewhere');
    await makeWorkspace(database.db, 'T0ELSE');
    await database.db('tokens').where({ name: 'Elsewhere' }).update({ workspace_id: 'T0ELSE' });
    expect((await elsewhere.get('/expertise')).status).toBe(401);
    expect(await database.db('tokens').where({ name: 'Elsewhere' }).first()).toMatchObject({ used_at: null });
  });

  it('serves a request that names the whole address', async () => {
    const { host, pathname } = new URL(`${world.apiUrl}/expertise`);
    const [hostname, port] = host.split(':');
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${bot.secret}` };
      request({ hostname, port, path: `http://${host}${pathname}`, headers }, resolve)
        .on('error', reject)
        .end();
    });
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });

  it('says what there is to know', async () => {
    expect(await bot.get('/expertise')).toMatchObject({
      status: 200,
      body: { expertise: [{ id: expect.any(String), name: 'Billing', description: '', agents: 2 }] },
    });
  });

  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/conversations/none', 404],
    ['GET', '/conversations/%00', 422],
    ['GET', '/conversations/%E0%A4%A', 400],
    ['GET', '/conversations/__proto__', 404],
    ['GET', '/conversations?status[]=open', 422],
    ['DELETE', '/conversations', 405],
    ['GET', '/conversations/none/close', 405],
    ['GET', '/conversations?limit=0', 422],
    ['GET', '/conversations?limit=many', 422],
    ['GET', '/conversations?status=asleep', 422],
    ['GET', '/conversations?cursor=abc', 422],
    ['GET', '/conversations?colour=red', 422],
  ])('answers %s %s with %d', async (method, path, status) => {
    const headers = { authorization: `Bearer ${bot.secret}` };
    const answer = await ask(`${world.apiUrl}${path}`, { method, headers });
    expect(answer).toMatchObject({
      status,
      body: { error: { code: expect.any(String), message: expect.any(String) } },
    });
    expect(answer.headers.get('allow') ?? '').toMatch(status === 405 ? /^[A-Z, ]+$/ : /^$/);
  });

  it.each([
    ['what is no JSON', '{"customer_name"', JSON_TYPE, 400],
    ['a text', '"hello"', JSON_TYPE, 400],
    ['a list', '[]', JSON_TYPE, 422],
    ['a form', 'customer_name=Lea', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['another charset', '{}', { 'content-type': 'application/json; charset=klingon' }, 400],
    ['an encoding nobody knows', '{}', { ...JSON_TYPE, 'content-encoding': 'zip' }, 400],
    ['a megabyte', JSON.stringify({ transcript: 'x'.repeat(1_000_000) }), JSON_TYPE, 413],
    ['a field it does not know', '{"customer":"Lea"}', JSON_TYPE, 422],
    ['a number for a text', '{"customer_name":1}', JSON_TYPE, 422],
    ['a NUL', '{"customer_name":"\\u0000"}', JSON_TYPE, 422],
    ['a language there is not', '{"language":"xx"}', JSON_TYPE, 422],
    ['a country there is not', '{"country":"ZZ"}', JSON_TYPE, 422],
    ['a name for a channel', '{"channel":"general"}', JSON_TYPE, 422],
    ['101 expertise', JSON.stringify({ expertise: Array(101).fill('Billing') }), JSON_TYPE, 422],
  ])('refuses %s and does nothing', async (_what, body, type, status) => {
    const before = await count();
    const headers = { authorization: `Bearer ${bot.secret}`, ...type };
    const answer = await ask(`${world.apiUrl}/conversations`, { method: 'POST', body, headers });
    expect(answer).toMatchObject({ status, body: { error: { code: expect.any(String) } } });
    expect(Object.keys(answer.body.error.fields ?? {})).toHaveLength(status === 422 ? 1 : 0);
    expect(await count()).toBe(before);
  });

  it('names what it does not know, of an address as of a body, and says which of the two is wrong as a whole', async () => {
    const query = await bot.get('/conversations?colour=red&size=2&limit=1');
    expect(query.body.error.fields).toEqual({ colour: 'is not known', size: 'is not known' });
    expect(query.body.error.message).toBe('The request is not valid: colour (is not known), size (is not known).');
    const body = await bot.post('/conversations', { customer: 'Lea', customer_name: 1 });
    expect(Object.keys(body.body.error.fields ?? {}).toSorted()).toEqual(['customer', 'customer_name']);
    expect(Object.keys((await bot.post('/conversations', [])).body.error.fields ?? {})).toEqual(['body']);
  });

  it('names twenty of very many fields it does not know, and says how many more there are', async () => {
    const keys = Array.from({ length: 90_000 }, (_, index) => index.toString(36));
    const unknown = Object.fromEntries(keys.map((key) => [`${key}_`, 1]));
    const { status, body } = await bot.post('/conversations', { note: 1, ...unknown });
    expect(status).toBe(422);
    expect(Object.keys(body.error.fields ?? {})).toHaveLength(21);
    expect(body.error.fields).toMatchObject({ note: expect.any(String), '…': 'and 89981 more' });
    expect(body.error.message).toMatch(/, and 89981 more\.$/);
    const long = await bot.post('/conversations', { ['x'.repeat(900_000)]: 1 });
    expect(JSON.stringify(long.body).length).toBeLessThan(1000);
  });

  describe('a compressed body', () => {
    it.each([
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ])('is read where it is %s', async (encoding, compress) => {
      expect((await zipped(compress('{"customer_name":"Lea"}'), encoding)).status).toBe(201);
    });

    it('is as large as it is once it is unpacked', async () => {
      expect((await zipped(gzipSync(`{"transcript":"${'x'.repeat(1_000_000)}"}`), 'gzip')).status).toBe(413);
    });

    it('is refused with what is read, where it is compressed in another way', async () => {
      expect(await messageOf(await zipped('{}', 'zstd'))).toBe(
        'A body with Content-Encoding “zstd” cannot be read. Send it as it is, or compressed with gzip, deflate or br.',
      );
    });

    it.each([
      ['is not compressed at all', Buffer.from('{}')],
      ['ends in the middle', gzipSync('{"customer_name":"Lea"}').subarray(0, 15)],
    ])('is refused as what it is, where it %s', async (_how, body) => {
      expect(await messageOf(await zipped(body, 'gzip'))).toBe(
        'The body is not compressed as its Content-Encoding says.',
      );
    });
  });

  it('says of an address that cannot be read that it is the address', async () => {
    const answer = await bot.get('/conversations/%E0%A4%A');
    expect(answer).toMatchObject({ status: 400, body: { error: { message: 'The address cannot be read.' } } });
  });

  it('keeps a no as an answer, but lets what was nobody’s fault be tried again under the same key', async () => {
    const nobody = await open1('unknown', { expertise: ['Billling'] });
    expect(nobody).toMatchObject({ status: 422 });
    expect(await open1('unknown', { expertise: ['Billling'] })).toMatchObject({ status: 422, body: nobody.body });
  });

  it('tells nothing of a bug, and logs it', async () => {
    await database.db.schema.renameTable('conversation_expertise', 'hidden');
    const answer = await open1('bug', { expertise: ['Billing'] });
    await database.db.schema.renameTable('hidden', 'conversation_expertise');
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal_error' } } });
    expect(JSON.stringify(answer.body)).not.toMatch(/conversation_expertise|insert|select/i);
    expect((await open1('bug', { expertise: ['Billing'] })).status).toBe(201);
  });

  it('is not in the way of Slack, which comes to the same port', async () => {
    const slack = await fetch(world.requestUrl, { method: 'POST', body: '{}' });
    expect(slack.status).toBe(401);
    expect(await slack.text()).toBe('');
  });
});

describe('the API in Socket Mode', () => {
  it('listens beside Bolt, limits each token by itself, and stops with it once what is under way is answered', async () => {
    const [sqlite] = databases;
    if (sqlite === undefined) throw new Error('no database');
    const database = await sqlite.open();
    const world = await startWorld(database.db, { apiRate: 3 });
    await setUp(world);
    const [one, other] = [await makeBot(world, 'One'), await makeBot(world, 'Other')];
    const statuses = [];
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await one.get('/expertise')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await one.get('/expertise');
    expect(refused.body.error.code).toBe('rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.get('/expertise')).status).toBe(200);
    expect((await caller(world.apiUrl, newSecret()).get('/expertise')).status).toBe(401);
    world.slack.setKnobs({ latencyMs: 300 });
    const underWay = other.post('/conversations', { customer_name: 'Last' });
    await until(() => world.slack.calls().some(({ method }) => method === 'conversations.create'));
    await world.close();
    expect(await underWay).toMatchObject({ status: 201, body: { customer_name: 'Last' } });
    await database.close();
    await expect(other.get('/expertise')).rejects.toThrow('fetch failed');
  });
});
