/** An administrator makes a token, a bot uses it, and it is revoked. */
import { beforeAll, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { caller } from '../support/api.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { answerTo, isMember } from './story.ts';

describeWorlds('tokens in Slack', { once: true }, (on) => {
  let { db, world } = {} as Standing;
  beforeAll(async () => {
    ({ db, world } = on());
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
    expect(JSON.stringify(await db('tokens'))).not.toContain(secret);
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
