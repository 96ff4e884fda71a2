/** A process that is killed, as by the machine it runs on, while bots ask it for things under a key. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as breathe } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { freePortFrom } from '../../sandbox/free-port.ts';
import { manifestSchema } from '../../sandbox/server/manifest.ts';
import { startSlack, type LocalSlack } from '../../sandbox/server/start.ts';
import { insertToken } from '../../src/store/tokens.ts';
import { plant } from '../journeys/story.ts';
import { caller, newSecret, type Answered, type Caller } from '../support/api.ts';
import { ownProcess } from '../support/own-process.ts';
import { shared, type SharedDatabase } from '../support/shared.ts';
import { secrets } from '../support/world.ts';

// Processes start from their sources here, on machines that have other things to do.
jest.setTimeout(90_000);

const WITHIN_MS = 20_000;
const manifest = manifestSchema.parse(JSON.parse(readFileSync('manifest.json', 'utf8')));

type Asked = { key: string; path: string; body: object };

describe.each(shared)('a process that is killed, on $name', ({ open }) => {
  let database: SharedDatabase;
  let slack: LocalSlack;
  let port: number;
  let bot: Caller;
  beforeAll(async () => {
    database = await open();
    slack = await startSlack({ ...secrets, manifest });
    port = await freePortFrom(43_117);
    await start();
    await plant(database.db, { slack });
    const secret = newSecret();
    const token = { workspaceId: slack.teamId, id: 'website', name: 'Website', speaksAs: '', madeBy: 'UROOT' };
    await insertToken(database.db, { ...token, secret, now: new Date() });
    bot = caller(`http://127.0.0.1:${port}/api/v1`, secret);
  });
  afterAll(async () => {
    await kill();
    await slack.close();
    await database.close();
  });

  const { start, kill } = ownProcess(() => ({
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: database.url,
    PORT: String(port),
  }));

  const send = ({ key, path, body }: Asked): Promise<Answered | undefined> =>
    bot.post(path, body, { 'idempotency-key': key }).catch(() => undefined);

  const answered = async (): Promise<number> => (await database.db('idempotency_keys').where('status', '>', 0)).length;

  /** One request of each kind for conversations of their own. */
  async function requests(): Promise<Asked[]> {
    const asked: Asked[] = [{ key: 'open', path: '/conversations', body: { customer_name: 'Lea' } }];
    for (const [verb, body] of [
      ['forward', { expertise: ['Billing'] }],
      ['help', { note: 'Invoice 17' }],
      ['status', { status: 'waiting' }],
      ['messages', { text: 'Hello' }],
      ['close', {}],
    ] as const) {
      const { id } = (await bot.post('/conversations', { customer_name: verb })).body;
      asked.push({ key: verb, path: `/conversations/${id}/${verb}`, body });
    }
    return asked;
  }

  it('has done each thing once after it has started again, and answers it as it did if it did', async () => {
    const asked = await requests();
    const channels = slack.calls().filter(({ method }) => method === 'conversations.create').length;
    const first = Promise.all(asked.map(send));
    const deadline = Date.now() + WITHIN_MS;
    while ((await answered()) < 1 && Date.now() < deadline) await breathe();
    await kill();
    const before = await first;
    await start();
    // As a minute later: nobody works any more on what the killed process began.
    await database
      .db('idempotency_keys')
      .where({ status: 0 })
      .update({ made_at: new Date(Date.now() - 61_000).toISOString() });
    for (const [index, one] of asked.entries()) {
      const now = await send(one);
      expect([200, 201, 202]).toContain(now?.status);
      expect((before[index] ?? now)?.body).toEqual(now?.body);
      expect((await send(one))?.body).toEqual(now?.body);
    }
    const of = (verb: string) => ({ conversation_id: asked.find(({ key }) => key === verb)?.path.split('/')[2] });
    expect(await database.db('conversations').where({ customer_name: 'Lea' })).toHaveLength(1);
    expect(await database.db('forwards').where(of('forward'))).toHaveLength(1);
    expect(await database.db('help_requests').where(of('help'))).toHaveLength(1);
    const notices = await database.db('notices').pluck<string[]>('notice');
    expect(notices.filter((notice) => notice.includes('visitor.said'))).toHaveLength(1);
    const made = slack
      .calls()
      .filter(
        ({ method, answer }) => method === 'conversations.create' && JSON.stringify(answer).includes('"ok":true'),
      );
    expect(made).toHaveLength(channels + 1);
  });
});
