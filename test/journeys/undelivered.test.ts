/** What Slack refuses is not lost: administrators read of it and have it tried again. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { answerTo, askForHelp, directMessages, homeOf, plant, said } from './story.ts';

describeWorlds('a message that Slack refuses', {}, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await plant(db, world);
    // Beckon must have met her, or she is no administrator it could write to.
    await (await world.as('maya')).openHome();
    await world.settle();
  });

  it('stands on the Home of administrators with its reason, and reaches its channel when it is tried again', async () => {
    const [maya, ana] = await Promise.all([world.as('maya'), world.as('ana')]);
    expect(await homeOf(world, maya)).not.toContain('could not be delivered');
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'chat.postMessage', error: 'restricted_action' } });
    const before = await said(ana, 'support-help');
    await askForHelp(world).catch(() => undefined);
    expect(await said(ana, 'support-help')).toHaveLength(before.length);

    world.clock.advance({ seconds: 61 });
    await world.settle();
    expect((await directMessages(maya)).at(-1)).toContain('1 message could not be delivered');
    expect(await homeOf(world, maya)).toContain('1 message could not be delivered');
    expect(await homeOf(world, ana)).not.toContain('could not be delivered');

    await maya.command('general', '/livechat undelivered');
    expect(wordsOf(await maya.modal())).toMatch(/The help card[\s\S]*acme-support[\s\S]*restricted_action/);
    await maya.press('Try again', 'modal');
    expect(wordsOf(await maya.modal())).toMatch(/It is on the way again[\s\S]*Everything was delivered/);
    await world.settle();
    expect((await said(ana, 'support-help')).map(wordsOf).at(-1)).toContain('looking for help');
    expect(await homeOf(world, maya)).not.toContain('could not be delivered');
  });

  it('is dismissed by an administrator, and nobody else sees the list', async () => {
    const [maya, ana, gus] = await Promise.all([world.as('maya'), world.as('ana'), world.as('gus')]);
    world.slack.setKnobs({ errorNext: { calls: 1, method: 'chat.postMessage', error: 'restricted_action' } });
    await askForHelp(world).catch(() => undefined);
    expect(await answerTo(ana, 'acme-support', '/livechat undelivered')).toContain('Only administrators can do this');
    expect(await answerTo(gus, 'acme-support', '/livechat undelivered')).not.toContain('card');
    await maya.openHome();
    await world.settle();
    await maya.press('See why', 'home');
    await maya.press('Dismiss', 'modal');
    expect(wordsOf(await maya.modal())).toMatch(/Dismissed[\s\S]*Everything was delivered/);
  });
});
