/** Events in the wrong order and four times: what they say counts once, as of when it was said. */
import { beforeEach, expect, it, jest } from '@jest/globals';
import type { Somebody } from '../../sandbox/driver.ts';
import type { Mode } from '../../src/domain/support-channel.ts';
import { insertSupportChannel } from '../../src/store/support-channels.ts';
import { sendJson } from '../support/requests.ts';
import { secrets } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { everybody, openConversations, plant } from './story.ts';

jest.setTimeout(30_000);

type Event = { type: string } & Record<string, unknown>;

describeWorlds('events in the wrong order and four times', { how: { mode: 'http' } }, (on) => {
  let { db, world } = {} as Standing;
  let all: Record<'maya' | 'ana' | 'ben' | 'gus', Somebody>;
  let channel: string;
  let told = 0;
  beforeEach(async () => {
    ({ db, world } = on());
    await plant(db, world);
    all = await everybody(world, 'maya', 'ana', 'ben', 'gus');
    channel = world.slack.channel('acme-support');
  });

  const seconds = () => Math.floor(world.clock.now().getTime() / 1000);
  const stamp = () => `${seconds()}.${String((told += 1)).padStart(6, '0')}`;
  /** As Slack does that heard no answer: four times under one id, and once more under another. */
  const tell = async (event: Event, at = seconds()): Promise<void> => {
    const body = { type: 'event_callback', team_id: world.slack.teamId, event_time: at, event };
    told += 1;
    const send = (n: number) =>
      sendJson(world.requestUrl, { ...body, event_id: `Ev${told}-${n}` }, { secret: secrets.signingSecret });
    for (const ids of [[1], [1, 1, 1], [2]]) {
      await Promise.all(ids.map(send));
      await world.settle();
    }
  };
  const bind = (mode: Mode) =>
    insertSupportChannel(db, {
      workspaceId: world.slack.teamId,
      channelId: channel,
      deskId: 'support',
      channelName: 'acme-support',
      mode,
    });
  const message = (who: Somebody, ts: string, more: object = {}): Event => ({
    type: 'message',
    channel,
    user: who.id,
    text: 'Hello?',
    ts,
    event_ts: ts,
    channel_type: 'channel',
    ...more,
  });
  const customers = () => db('conversation_customers').orderBy('user_id').pluck('user_id');
  const seats = () => db('seats').whereNull('left_at').pluck('user_id');
  const statuses = async () => (await openConversations(db)).map(({ status }) => status);

  it('a message is heard of before its writer came into the channel', async () => {
    await bind('conversation');
    await tell(message(all.gus, stamp()));
    await tell({ type: 'member_joined_channel', user: all.gus.id, channel, team: 'T', event_ts: stamp() });
    expect(await statuses()).toEqual(['in_progress']);
    expect(await customers()).toEqual([all.gus.id]);
    await tell(message(all.ben, stamp()));
    await tell({ type: 'member_joined_channel', user: all.ben.id, channel, team: 'T', event_ts: stamp() });
    expect(await seats()).toEqual([all.ben.id]);
    expect(await db('seats')).toHaveLength(1);
  });

  it('a message is heard of after it was deleted', async () => {
    await bind('threads');
    const ts = stamp();
    await tell({ type: 'message', subtype: 'message_deleted', channel, deleted_ts: ts, ts: stamp(), hidden: true });
    await tell(message(all.gus, ts));
    expect(await statuses()).toEqual([]);
  });

  it('a customer’s word is heard of after the conversation was set to wait, and after it was closed', async () => {
    await bind('conversation');
    const early = stamp();
    world.clock.advance({ minutes: 1 });
    await tell(message(all.gus, stamp()));
    await all.ana.command('acme-support', '/livechat status waiting');
    await tell(message(all.gus, early));
    expect(await statuses()).toEqual(['waiting']);
    world.clock.advance({ minutes: 1 });
    const late = stamp();
    await tell(message(all.gus, late));
    expect(await statuses()).toEqual(['in_progress']);
    world.clock.advance({ minutes: 1 });
    await all.ana.command('acme-support', '/livechat close');
    await tell(message(all.gus, late, { event_ts: stamp() }));
    expect(await statuses()).toEqual([]);
    expect(await db('conversations')).toHaveLength(1);
  });

  it('a channel is archived twice, and once more after it was brought back', async () => {
    await all.ana.command('acme-support', '/livechat open');
    const event = { type: 'channel_archive', channel, user: all.maya.id, event_ts: stamp() };
    const at = seconds();
    await all.maya.send('archiveChannel', { channel, archived: true });
    await tell(event, at);
    expect(await db('conversations').pluck('outcome')).toEqual(['lost']);
    await all.maya.send('archiveChannel', { channel, archived: false });
    world.clock.advance({ minutes: 10 });
    await all.ana.command('acme-support', '/livechat open');
    await tell({ ...event, again: true }, at);
    expect(await statuses()).toEqual(['in_progress']);
  });

  it('a change of somebody is heard of that is older than what is known', async () => {
    const at = seconds();
    world.clock.advance({ minutes: 10 });
    const desks = () => db('desk_agents').where({ user_id: all.ben.id });
    expect(await desks()).toHaveLength(1);
    const user = { id: all.ben.id, team_id: world.slack.teamId, name: 'ben', is_restricted: true, updated: at };
    await tell({ type: 'user_change', user, event_ts: `${at}.000100` }, at);
    expect(await desks()).toHaveLength(1);
    expect(await db('people').where({ user_id: all.ben.id }).pluck('is_guest')).toEqual([0]);
  });
});
