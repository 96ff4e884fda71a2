/** A bot's server hears what happens in its conversations: signed, as it is documented, and nothing internal. */
import { expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { caller } from '../support/api.ts';
import { expectDocumented } from '../support/documented.ts';
import { isSigned, type Got } from '../support/endpoint.ts';
import { at, describeWebhooks, last, openAsBot, openForm, setWebhook, stored, types } from '../support/webhook-bot.ts';
import { askForHelp, everybody } from './story.ts';

const NOTE = 'Invoice 17 is wrong, do not tell them';

describeWebhooks('webhooks', () => {
  it('tell everything that happens, in order, signed, as it is documented, and nothing that is internal', async () => {
    const secret = await setWebhook();
    const conversationId = await openAsBot();
    const { ana, ben, gus } = await everybody(at.world, 'ana', 'ben', 'gus');
    const card = await askForHelp(at.world, NOTE);
    await ben.press('Join', card);
    await at.world.settle();
    await ben.say('acme-support', 'Hello Gus, I have it.');
    await at.world.settle();
    const [asked] = await ben.read('acme-support');
    await ben.say('acme-support', 'Between us: credit them.', { thread: asked?.ts ?? '' });
    await at.world.settle();
    await ana.command('acme-support', '/livechat status waiting');
    await gus.say('acme-support', 'Thank you!');
    await at.world.settle();
    await ana.command('acme-support', '/livechat close');
    await at.world.settle();

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
      channel: at.world.slack.channel('acme-support'),
      thread: null,
    };
    expect(at.endpoint.got.map(({ json }) => json.data)).toEqual([
      { conversation: about, status: 'looking_for_help', previous_status: 'in_progress' },
      { conversation: about, status: 'in_progress', previous_status: 'looking_for_help' },
      { conversation: about, agent: { id: ben.id, name: 'ben' }, came_by: 'joined' },
      expect.objectContaining({ agent: { id: ben.id, name: 'ben' }, text: 'Hello Gus, I have it.', has_files: false }),
      { conversation: about, status: 'waiting', previous_status: 'in_progress' },
      { conversation: about, status: 'in_progress', previous_status: 'waiting' },
      { conversation: about, outcome: 'escalated' },
    ]);
    for (const got of at.endpoint.got) {
      expect(isSigned(got, secret)).toBe(true);
      expectDocumented(got.json);
    }
    const everything = at.endpoint.got.map(({ body }) => body).join('\n');
    for (const internal of [NOTE, 'Between us', 'support-help', 'Thank you!'])
      expect(everything).not.toContain(internal);
    expect(await stored()).not.toContain('I have it');
  });

  it('carry what an agent writes to a visitor for whom a bot had a channel made, and nothing the bot itself said', async () => {
    await setWebhook();
    const { ben } = await everybody(at.world, 'ben');
    const bot = caller(at.world.apiUrl, 'beckon_x');
    const opened = await bot.post('/conversations', { customer_name: 'Lea', reference: 'v1', note: NOTE });
    const { id, channel, channel_name: name } = opened.body;
    await at.world.settle();
    await bot.post(`/conversations/${id}/messages`, { text: 'Where is my invoice?' });
    await bot.post(`/conversations/${id}/forward`, { expertise: ['Billing'], candidates: [ben.id], note: NOTE });
    await at.world.settle();
    expect(types()).toEqual(['conversation.forwarded', 'conversation.agent_joined']);
    await ben.say(name, 'Here it is.');
    await at.world.settle();
    await bot.post(`/conversations/${id}/status`, { status: 'waiting' });
    await bot.post(`/conversations/${id}/messages`, { text: 'Thank you, that was all.' });
    await bot.post(`/conversations/${id}/close`);
    await at.world.settle();
    expect(types().slice(2)).toEqual([
      'conversation.message',
      'conversation.status_changed',
      'conversation.status_changed',
      'conversation.closed',
    ]);
    expect(at.endpoint.got[2]?.json.data).toMatchObject({
      conversation: { id, reference: 'v1', channel, thread: null },
      agent: { id: ben.id, name: 'ben' },
      text: 'Here it is.',
    });
    const everything = at.endpoint.got.map(({ body }) => body).join('\n');
    for (const unsaid of [NOTE, 'Where is my invoice', 'that was all']) expect(everything).not.toContain(unsaid);
    for (const { json } of at.endpoint.got) expectDocumented(json);
  });

  it('are not sent of conversations that people opened, nor where nobody gave an address', async () => {
    await setWebhook();
    await askForHelp(at.world);
    await (await at.world.as('ana')).command('acme-support', '/livechat close');
    await at.world.settle();
    expect(at.endpoint.got).toEqual([]);
    expect(await at.db('notices').where({ goes_to: 'webhook' })).toEqual([]);
  });

  it('are tested, signed anew and ended from the form', async () => {
    const first = await setWebhook();
    const maya = await openForm();
    await maya.press('Send a test', 'modal');
    expect(wordsOf(await maya.modal())).toContain('The endpoint took the test');
    expect(types()).toEqual(['ping']);
    expectDocumented((last() as Got).json);
    expect(isSigned(last() as Got, first)).toBe(true);
    at.endpoint.answer(404);
    await maya.press('Send a test', 'modal');
    expect(wordsOf(await maya.modal())).toContain('did not take the test. The endpoint answered 404.');

    await maya.press('New secret', 'modal');
    const second = /whsec_[\w+/=]+/.exec(wordsOf(await maya.modal()))?.[0] ?? '';
    expect(second).not.toBe(first);
    await maya.closeModal();
    await maya.press('Webhook…', 'modal');
    expect(wordsOf(await maya.modal())).not.toContain('whsec_');
    at.endpoint.answer(200);
    await maya.press('Send a test', 'modal');
    expect([isSigned(last() as Got, second), isSigned(last() as Got, first)]).toEqual([true, false]);

    await openAsBot();
    await maya.press('Remove', 'modal');
    expect(wordsOf(await maya.modal())).toContain('Nothing is sent any more');
    const before = at.endpoint.got.length;
    await (await at.world.as('ana')).command('acme-support', '/livechat close');
    await at.world.settle();
    expect(at.endpoint.got).toHaveLength(before);
    const rows = JSON.stringify([await at.db('tokens').select('*'), await stored()]);
    for (const secret of [first, second]) expect(rows).not.toContain(secret.slice('whsec_'.length, -1));
  });

  it('go to no address that is none, or says who one is: it is refused at its field', async () => {
    const maya = await openForm();
    expect(await maya.submit({ URL: 'bot.example.com' })).toEqual({ url: expect.stringContaining('no URL') });
    expect(await maya.submit({ URL: 'https://me:secret@bot.example.com' })).toEqual({
      url: expect.stringContaining('user name and password'),
    });
    expect(await maya.submit({ URL: 'ftp://bot.example.com' })).toEqual({ url: expect.stringContaining('http') });
  });
});
