/** An event that failed for a day is tried again by an administrator: what is true by then counts. */
import { beforeEach, expect, it } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { setEventAside, storeEvent } from '../../src/store/inbox.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { plant } from './story.ts';

describeWorlds('an event that was set aside', {}, (on) => {
  let { db, world } = {} as Standing;
  beforeEach(async () => {
    ({ db, world } = on());
    await plant(db, world);
    await (await world.as('maya')).openHome();
    await world.settle();
  });

  /** It came, failed for a day, and was set aside. */
  async function lose(event: Record<string, unknown>): Promise<void> {
    const workspaceId = world.slack.teamId;
    const at = Math.floor(world.clock.now().getTime() / 1000);
    const body = { type: 'event_callback', team_id: workspaceId, event_id: 'EvLost', event_time: at, event };
    const row = { workspaceId, eventId: 'EvLost', body };
    await storeEvent(db, { ...row, now: world.clock.now() });
    await setEventAside(db, row, { error: 'bug', now: world.clock.now() });
    world.clock.advance({ days: 1 });
  }
  async function tryAgain(): Promise<string> {
    const maya = await world.as('maya');
    await maya.command('general', '/livechat undelivered');
    const words = wordsOf(await maya.modal());
    await maya.press('Try again', 'modal');
    await world.settle();
    return words;
  }
  const helpChannels = () => db('desks').pluck<string[]>('help_channel_id');

  it('is worked on as it was where that still holds', async () => {
    const channel = world.slack.channel('support-help');
    const maya = await world.as('maya');
    await maya.send('archiveChannel', { channel, archived: true });
    await lose({ type: 'channel_archive', channel, user: maya.id });
    await world.settle();
    // As if nothing had told Beckon but the event that was lost.
    await db('desks').update({ help_channel_id: channel });
    expect(await tryAgain()).toMatch(/That a channel was archived[\s\S]*bug/);
    expect(await helpChannels()).toEqual(['']);
  });

  it('changes nothing where it holds no more', async () => {
    const channel = world.slack.channel('support-help');
    await lose({ type: 'channel_archive', channel, user: world.slack.person('maya') });
    await tryAgain();
    expect(await helpChannels()).toEqual([channel]);
    expect(await db('inbox').where({ event_id: 'EvLost' }).pluck('state')).toEqual(['done']);
  });

  it('says of a person what Slack says of them now', async () => {
    const ben = world.slack.person('ben');
    await lose({ type: 'user_change', user: { id: ben, team_id: world.slack.teamId, deleted: true } });
    await tryAgain();
    expect(await db('people').where({ user_id: ben }).pluck('is_deactivated')).toEqual([0]);
    expect(await db('desk_agents').where({ user_id: ben })).toHaveLength(1);
  });
});
