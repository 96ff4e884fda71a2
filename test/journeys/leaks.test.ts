/** Internal words reach nobody who has become a customer, and calls reach who was called, whatever Slack does meanwhile. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { everybody, setUp } from './story.ts';

const NOTE = 'Zanzibar';

describeWorlds('what is internal', {}, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await setUp(world);
  });

  const ask = async () => {
    const ana = await world.as('ana');
    await ana.command('acme-support', '/livechat ask');
    await ana.submit({ 'What should the helper know about?': ['Billing'], Note: NOTE });
  };
  const later = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      world.clock.advance({ minutes: 1 });
      await world.settle();
    }
  };
  const helpChannels = () => db('desks').pluck('help_channel_id');

  it('stays out of a help channel that a guest came into while Slack was silent', async () => {
    const maya = await world.as('maya');
    world.slack.setKnobs({ failNext: { calls: 4, method: 'users.info' } });
    const channel = world.slack.channel('support-help');
    await maya.send('invite', { channel, users: [world.slack.person('gus')] });
    await world.settle();
    world.slack.setKnobs({});
    await later(3);
    expect(await helpChannels()).toEqual(['']);
  });

  it('is not sent to a colleague who became a guest before it could be', async () => {
    const ben = await world.as('ben');
    await ben.command('general', '/expertise me');
    await ben.submit({ 'How to call me': 'Send me a direct message' });
    world.slack.setKnobs({ failNext: { calls: 50, method: 'chat.postMessage' } });
    await ask();
    await world.settle();
    await ben.send('setPerson', { user: world.slack.person('ben'), role: 'guest' });
    await world.settle();
    world.slack.setKnobs({});
    await later(10);
    const words = (await ben.read('@beckon')).map(wordsOf).join('\n');
    expect(words).not.toContain(NOTE);
  });

  it('is taken back from the direct messages and the Home of a colleague who becomes a guest', async () => {
    const ben = await world.as('ben');
    await ben.command('general', '/expertise me');
    await ben.submit({ 'How to call me': 'Send me a direct message' });
    await ask();
    await world.settle();
    await ben.openHome();
    await world.settle();
    const read = async () => [...(await ben.read('@beckon')), await ben.home()].map((shown) => shown && wordsOf(shown));
    expect((await read()).join('\n')).toContain(NOTE);
    await ben.send('setPerson', { user: world.slack.person('ben'), role: 'guest' });
    await world.settle();
    const [home, ...messages] = (await read()).toReversed();
    expect(new Set(messages)).toEqual(new Set(['This message was for the support team and is not shown any more.']));
    expect(home).not.toMatch(/Zanzibar|Billing|acme-support|Looking for help/);
    const chloe = await world.as('chloe');
    await chloe.command('general', '/livechat list');
    await chloe.press('Join', 'modal');
    await later(1);
    expect((await read()).toReversed().slice(1).join('\n')).not.toMatch(/acme-support|Chlo/);
  });

  it('is edited for the others when one of the messages was deleted', async () => {
    for (const who of ['ben', 'chloe']) {
      const somebody = await world.as(who);
      await somebody.command('general', '/expertise me');
      await somebody.submit({ 'How to call me': 'Send me a direct message' });
    }
    await ask();
    await world.settle();
    const { ana, ben, chloe } = await everybody(world, 'ana', 'ben', 'chloe');
    // As if an admin of the workspace had deleted it.
    await db('calls').where({ user_id: ben.id }).update({ ts: '1.000001' });
    await ana.command('acme-support', '/livechat close');
    await world.settle();
    expect((await chloe.read('@beckon')).map(wordsOf).at(-1)).toContain('The conversation was closed');
  });

  it('goes by direct message to who was called when the card could not be posted', async () => {
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'chat.postMessage', error: 'restricted_action' } });
    await ask();
    await later(1);
    for (const who of ['ben', 'chloe']) {
      const somebody = await world.as(who);
      expect((await somebody.read('@beckon')).map(wordsOf).join('\n')).toContain(NOTE);
    }
  });
});
