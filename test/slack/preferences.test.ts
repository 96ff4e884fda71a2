import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';

describeWorlds('my preferences', {}, (on) => {
  let { db, world } = {} as Standing;
  let ana: Somebody;
  beforeEach(async () => {
    ({ db, world } = on());
    ana = await world.as('ana');
  });

  const form = async (who = ana): Promise<string> => JSON.stringify(await who.modal());

  it('open by command and by shortcut with the Slack language chosen, and keep what was saved', async () => {
    await ana.shortcut('My preferences');
    expect(await form()).toContain('"initial_options":[{"text":{"type":"plain_text","text":"Portuguese"');
    const saved = await ana.submit({
      'Live chat name': 'Ana from support',
      Languages: ['German', 'English'],
      Desks: ['Support'],
      'Which conversations': 'Only those that want my expertise',
      Pause: '2 hours',
      'How to call me when help is wanted': 'Send me a direct message',
      'At most this many calls an hour': '2',
    });
    expect(saved).toEqual({});
    await ana.command('general', '/expertise me');
    const again = await form();
    for (const text of ['Ana from support', 'You are paused until', 'Keep pause']) expect(again).toContain(text);
    expect(await db('agents').first()).toMatchObject({
      languages: '["de","en"]',
      takes: 'mine',
      called_by: 'direct',
      calls_an_hour: 2,
    });
    expect(await db('desk_agents').first()).toMatchObject({ user_id: ana.id });
  });

  it('pause until a date: the day to choose appears, and nothing typed is lost', async () => {
    await ana.command('general', '/expertise me');
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- fills in a form, no array
    await ana.fill({ 'Live chat name': 'Ana from support', Desks: ['Support'] });
    await ana.choose('Pause', 'Until a date', 'modal');
    expect(await ana.submit({ 'Until which day?': '2026-03-01' })).toEqual({
      pause_until: expect.stringContaining('that is over. Choose a later day.'),
    });
    expect(await ana.submit({ 'Until which day?': '2026-03-20' })).toEqual({});
    expect(await db('agents').first()).toMatchObject({
      live_chat_name: 'Ana from support',
      paused_until: expect.stringMatching(/^2026-03-20T/),
    });
    await ana.openHome();
    await world.settle();
    const home = await ana.home();
    expect(home && wordsOf(home)).toMatch(/Paused until <!date\^\d+\^\{date_short_pretty\} at/);
    await ana.press('Resume', 'home');
    await ana.press('Pause', 'home');
    await ana.choose('For how long?', 'Until a date', 'modal');
    expect(await ana.submit({ 'Until which day?': '2026-03-21' })).toEqual({});
    expect(await db('agents').first()).toMatchObject({ paused_until: expect.stringMatching(/^2026-03-21T/) });
  });

  it('keep a name that tries to call everybody as words, and refuse a longer one at its field', async () => {
    await ana.command('general', '/expertise me');
    expect(await ana.submit({ 'Live chat name': 'x'.repeat(61) })).toEqual({
      live_chat_name: expect.stringContaining('up to 60'),
    });
    expect(await ana.submit({ 'Live chat name': ' <!here> ' })).toEqual({});
    expect(await db('agents').first()).toMatchObject({ live_chat_name: '<!here>' });
  });

  it('say that an expertise chosen was deleted meanwhile, and save the rest', async () => {
    const maya = await world.as('maya');
    await maya.command('general', '/expertise new Billing');
    await maya.submit();
    await ana.command('general', '/expertise me');
    await db('expertise').delete();
    expect(await ana.submit({ 'Live chat expertise': ['Billing'], 'Live chat name': 'Ana S.' })).toEqual({});
    expect(wordsOf(await ana.modal())).toContain('“Billing” was deleted meanwhile');
    expect(await db('agents').first()).toMatchObject({ live_chat_name: 'Ana S.' });
  });

  it('change nothing by being looked at and saved', async () => {
    await ana.command('general', '/expertise me');
    await ana.submit({ Desks: ['Support'] });
    const before: unknown = await db('agents').first();
    await ana.command('general', '/expertise me');
    expect(await ana.submit()).toEqual({});
    expect(await form()).toMatch(/Saved\.[^]*You are an agent of Support\./);
    expect(await db('agents').first()).toEqual(before);
  });

  it('are closed to guests, whatever way they ask', async () => {
    const gus = await world.as('gus');
    await gus.command('acme-support', '/expertise me');
    expect((await gus.read('acme-support')).at(-1)?.text).toContain('not open to guests');
  });
});
