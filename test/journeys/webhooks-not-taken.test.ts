/** A bot's server that fails, is gone or slow: webhooks are tried again in order, and administrators see how it stands. */
import { expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { isSigned } from '../support/endpoint.ts';
import {
  at,
  describeWebhooks,
  formSays,
  last,
  openAsBot,
  openForm,
  setWebhook,
  stored,
  types,
} from '../support/webhook-bot.ts';
import { directMessages, everybody } from './story.ts';

describeWebhooks('webhooks that are not taken', () => {
  it('are tried again with the same id until they are taken, and what came later waits behind', async () => {
    const secret = await setWebhook();
    await openAsBot();
    at.endpoint.answer(500);
    const ana = await at.world.as('ana');
    await ana.command('acme-support', '/livechat status waiting');
    await ana.say('acme-support', 'One moment.');
    await at.world.settle();
    expect(types()).toEqual(['conversation.status_changed']);
    expect(await formSays()).toMatch(/The endpoint answered 500.*2 wait, the next attempt/);

    at.world.clock.advance({ seconds: 1 });
    await at.world.settle();
    expect(types()).toHaveLength(2);
    at.endpoint.answer(204);
    at.world.clock.advance({ seconds: 2 });
    await at.world.settle();
    expect(types()).toEqual([...Array<string>(3).fill('conversation.status_changed'), 'conversation.message']);
    const [first, second, third, message] = at.endpoint.got;
    expect(new Set([first?.id, second?.id, third?.id]).size).toBe(1);
    expect(message?.id).not.toBe(first?.id);
    expect((third?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(3);
    expect(first?.json.timestamp).toBe(third?.json.timestamp);
    expect(at.endpoint.got.every((got) => isSigned(got, secret))).toBe(true);
    expect(await formSays()).toMatch(/All is well[\s\S]*Last taken/);
  });

  it('are set aside after a day with a visible reason and without what was written, and can be tried again', async () => {
    await setWebhook();
    await openAsBot();
    at.endpoint.answer(503);
    const ana = await at.world.as('ana');
    await ana.say('acme-support', 'You get your money back.');
    await at.world.settle();
    expect(await stored()).toContain('money back');
    at.world.clock.advance({ hours: 24 });
    await at.world.settle();
    expect(await stored()).not.toContain('money back');
    expect(await formSays()).toMatch(/The endpoint answered 503[\s\S]*1 webhook was given up/);

    at.endpoint.answer(200);
    const maya = await at.world.as('maya');
    await maya.command('general', '/livechat undelivered');
    expect(wordsOf(await maya.modal())).toMatch(/the server of a bot[\s\S]*acme-support[\s\S]*503/);
    await maya.press('Try again', 'modal');
    await at.world.settle();
    expect(last()?.json).toMatchObject({ type: 'conversation.message', data: { text: null } });
    expect(last()?.id).toBe(at.endpoint.got[0]?.id);
  });

  it('that wait behind one that was given up after a day are given up with it, and what is younger goes on', async () => {
    await setWebhook();
    await openAsBot();
    at.endpoint.answer(503);
    const ana = await at.world.as('ana');
    for (const status of ['waiting', 'in progress', 'waiting']) {
      await ana.command('acme-support', `/livechat status ${status}`);
    }
    await at.world.settle();
    at.world.clock.advance({ hours: 23 });
    await ana.command('acme-support', '/livechat close');
    at.endpoint.answer(503);
    at.world.clock.advance({ hours: 1, seconds: 1 });
    await at.world.settle();
    const states = await at
      .db('notices')
      .where({ goes_to: 'webhook' })
      .orderBy('number')
      .select<{ state: string }[]>('state');
    expect(states.map(({ state }) => state)).toEqual(['set_aside', 'set_aside', 'set_aside', 'waiting']);
  });

  it('end where the endpoint answers that it is gone: administrators are told, and saving the address goes on', async () => {
    await setWebhook();
    await openAsBot();
    at.endpoint.answer(410);
    const { ana, maya } = await everybody(at.world, 'ana', 'maya');
    await ana.command('acme-support', '/livechat status waiting');
    await ana.command('acme-support', '/livechat status in progress');
    await at.world.settle();
    expect(types()).toEqual(['conversation.status_changed']);
    const told = (await directMessages(maya)).filter((words) => words.includes('gone for good'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Website bot');
    expect(await directMessages(ana)).toEqual([]);
    expect(await formSays()).toMatch(/gone for good[\s\S]*2 webhooks were given up/);
    await ana.command('acme-support', '/livechat status waiting');
    await at.world.settle();
    expect(at.endpoint.got).toHaveLength(1);

    at.endpoint.answer(200);
    await openForm();
    expect(await maya.submit({ URL: at.endpoint.url })).toEqual({});
    expect(wordsOf(await maya.modal())).not.toContain('whsec_');
    await ana.command('acme-support', '/livechat close');
    await at.world.settle();
    expect(last()?.json.type).toBe('conversation.closed');
  });

  it('that are under way while Beckon stops are broken off, and sent again with the same id', async () => {
    await setWebhook();
    await openAsBot();
    const isThere = new Promise<void>((resolve) => {
      at.endpoint.answer(() => resolve());
    });
    await (await at.world.as('ana')).command('acme-support', '/livechat close');
    const settling = at.world.settle();
    await isThere;
    const begun = Date.now();
    await at.world.restart();
    expect(Date.now() - begun).toBeLessThan(9000);
    await settling.catch(() => undefined);
    at.endpoint.answer(200);
    at.world.clock.advance({ minutes: 1 });
    await at.world.settle();
    expect(types()).toEqual(['conversation.closed', 'conversation.closed']);
    expect(at.endpoint.got[1]?.id).toBe(at.endpoint.got[0]?.id);
  }, 30_000);
});
