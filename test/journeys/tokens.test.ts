/** An administrator makes a token, a bot uses it, and it is revoked. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { caller } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { startWorld, type World } from '../support/world.ts';
import { answerTo, isMember } from './story.ts';

describe.each(databases)('tokens in Slack, on $name', ({ open }) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
    world = await startWorld(database.db);
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  it('are shown once to who makes them, work at once, and not once they are revoked', async () => {
    const maya = await world.as('maya');
    await maya.command('general', '/livechat tokens');
    expect(wordsOf(await maya.modal())).toContain('There is no token yet');
    await maya.press('New token', 'modal');
    expect(await maya.submit({ Name: '  ' })).toEqual({ name: expect.stringContaining('needs a name') });
    expect(await maya.submit({ Name: 'Website', 'Speaks as': 'ana' })).toEqual({
      speaks_as: expect.stringContaining('Ana Silva is no bot'),
    });
    expect(await maya.submit({ Name: 'Website', 'Speaks as': 'webbot' })).toEqual({});
    const [secret = ''] = /beckon_[\w-]{43}/.exec(wordsOf(await maya.modal())) ?? [];
    const bot = caller(world.apiUrl, secret);
    const { body } = await bot.post('/conversations', { customer_name: 'Lea' });
    await world.settle();
    expect(await isMember(await world.as('webbot'), body.channel_name)).toBe(true);
    await maya.closeModal();
    const listed = wordsOf(await maya.modal());
    expect(listed).toMatch(/Website[\s\S]*ends in[\s\S]*speaks as/);
    expect(listed).not.toContain(secret);
    expect(JSON.stringify(await database.db('tokens'))).not.toContain(secret);
    await maya.press('Revoke', 'modal');
    expect(wordsOf(await maya.modal())).toContain('is revoked');
    expect((await bot.get('/expertise')).status).toBe(401);
    await maya.closeModal();
  });

  it('are for administrators only', async () => {
    const ben = await world.as('ben');
    expect(await answerTo(ben, 'general', '/livechat tokens')).toContain('Only administrators');
    expect(await ben.modals()).toEqual([]);
  });
});
