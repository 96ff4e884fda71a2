import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import {
  eventsOf,
  type Listener,
  makeManifest,
  page,
  startListener,
  startTestSlack,
  tokens,
  webClient,
} from './support.ts';

let slack: LocalSlack;
let listener: Listener;
let clock: number;
let maya: string;
let ana: string;
let channel: string;
beforeEach(async () => {
  clock = 1_764_000_000_000;
  listener = await startListener();
  await begin();
});
afterEach(async () => {
  await slack.close();
  await listener.close();
});

async function begin(manifest = makeManifest()): Promise<void> {
  slack = await startTestSlack({ now: () => clock, requestUrl: listener.url, manifest });
  [maya, ana, channel] = [slack.person('maya'), slack.person('ana'), slack.channel('acme-support')];
}

const say = (text: string, where = channel) => page(slack, 'message', { as: ana, channel: where, text });

/** The types of events (with subtypes) the app got since the start. */
async function heard(): Promise<string[]> {
  await slack.idle();
  return eventsOf(listener).map((event) => [event['type'], event['subtype']].filter(Boolean).join('.'));
}

describe('events', () => {
  it('are signed, and shaped as Slack’s', async () => {
    await say('hello @gus');
    await slack.idle();
    const [request] = listener.requests;
    const { headers, body } = request ?? { headers: {}, body: '' };
    const base = `v0:${String(headers['x-slack-request-timestamp'])}:${body}`;
    expect(headers['x-slack-signature']).toBe(
      `v0=${createHmac('sha256', tokens.signingSecret).update(base).digest('hex')}`,
    );
    expect(JSON.parse(body)).toMatchObject({
      type: 'event_callback',
      team_id: slack.teamId,
      api_app_id: slack.app.id,
      event_id: expect.stringMatching(/^Ev/),
      event_time: 1_764_000_000,
      is_ext_shared_channel: false,
      authorizations: [
        { team_id: slack.teamId, user_id: slack.app.botUser, is_bot: true, is_enterprise_install: false },
      ],
      event: {
        type: 'message',
        channel,
        channel_type: 'group',
        user: ana,
        text: `hello <@${slack.person('gus')}>`,
        blocks: [{ type: 'rich_text' }],
        team: slack.teamId,
      },
    });
  });

  it('come only from channels the bot is in', async () => {
    await say('hello', slack.channel('general'));
    expect(await heard()).toEqual([]);
  });

  it('say when a channel is shared with another organisation', async () => {
    await page(slack, 'message', { as: slack.person('olga'), channel: slack.channel('globex-shared'), text: 'x' });
    await slack.idle();
    expect(JSON.parse(listener.requests[0]?.body ?? '{}')).toMatchObject({ is_ext_shared_channel: true });
  });

  it.each([
    ['not subscribed to', makeManifest({ events: ['message.groups'] })],
    ['whose scope is missing', makeManifest({ scopes: ['groups:history'] })],
  ])('%s are not sent', async (_what, manifest) => {
    await slack.close();
    await begin(manifest);
    await say('hello');
    expect(await heard()).toEqual([]);
  });

  it('tell of the bot’s own messages, and of edits and deletions', async () => {
    const web = webClient(slack);
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'one' });
    await web.chat.update({ channel, ts, text: 'two' });
    await web.chat.delete({ channel, ts });
    expect(await heard()).toEqual(['message', 'message.message_changed', 'message.message_deleted']);
    expect(eventsOf(listener)).toMatchObject([
      { bot_id: slack.app.botId, user: slack.app.botUser, text: 'one' },
      { message: { text: 'two', ts }, previous_message: { text: 'one' }, channel },
      { deleted_ts: ts, previous_message: { text: 'two' } },
    ]);
  });

  it('tell who came and went', async () => {
    await page(slack, 'invite', { as: maya, channel, users: [slack.person('dev')] });
    await page(slack, 'leaveChannel', { as: slack.person('dev'), channel });
    expect(await heard()).toEqual([
      'message.channel_join',
      'member_joined_channel',
      'message.channel_leave',
      'member_left_channel',
    ]);
    expect(eventsOf(listener)[1]).toMatchObject({
      user: slack.person('dev'),
      channel,
      channel_type: 'C',
      inviter: maya,
      team: slack.teamId,
    });
  });

  it('tell what became of people, but not of their presence', async () => {
    const change = (body: object) => page(slack, 'setPerson', { as: maya, user: ana, ...body });
    await change({ presence: 'away' });
    expect(await heard()).toEqual([]);
    await change({ huddle: true });
    await change({ dndMinutes: 30 });
    await change({ statusEmoji: ':palm_tree:' });
    await change({ deactivated: true });
    expect(await heard()).toEqual([
      'user_change',
      'user_huddle_changed',
      'dnd_updated_user',
      'user_change',
      'user_status_changed',
      'user_change',
    ]);
    const events = eventsOf(listener);
    expect(events[1]).toMatchObject({ user: { id: ana, profile: { huddle_state: 'in_a_huddle' } } });
    expect(events[2]).toMatchObject({ dnd_status: { dnd_enabled: true, next_dnd_end_ts: 1_764_000_000 + 1800 } });
    expect(events[5]).toMatchObject({ user: { deleted: true } });
  });

  it('tell who is new', async () => {
    const id = slack.addPerson('nia', 'Nia Adeyemi', { timeZone: 'Africa/Lagos' });
    expect(await heard()).toEqual(['team_join']);
    expect(eventsOf(listener)[0]).toMatchObject({ user: { id, name: 'nia', tz: 'Africa/Lagos', tz_offset: 3600 } });
  });

  it('tell what became of channels', async () => {
    await page(slack, 'renameChannel', { as: maya, channel, name: 'acme' });
    await page(slack, 'archiveChannel', { as: maya, channel, archived: true });
    await page(slack, 'archiveChannel', { as: maya, channel: slack.channel('support-help'), archived: true });
    slack.setExternal('globex-shared', false);
    const id = slack.changeChannelId('acme');
    expect(await heard()).toEqual([
      'group_rename',
      'group_archive',
      'channel_archive',
      'channel_unshared',
      'channel_id_changed',
    ]);
    expect(eventsOf(listener)[4]).toMatchObject({ old_channel_id: channel, new_channel_id: id });
    expect((await webClient(slack).conversations.info({ channel: id })).channel?.name).toBe('acme');
  });
});

const numbers = () => listener.requests.map(({ headers }) => headers['x-slack-retry-num'] ?? 'first');

describe('an event nobody acknowledges', () => {
  it('comes again at once, after a minute and after five, then never', async () => {
    listener.answer(500);
    await say('hello');
    await slack.idle();
    expect(numbers()).toEqual(['first', '1']);
    expect(listener.requests[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    const advance = async (ms: number): Promise<void> => {
      clock += ms;
      slack.tick();
      await slack.idle();
    };
    await advance(59_999);
    expect(numbers()).toEqual(['first', '1']);
    await advance(1);
    expect(numbers()).toEqual(['first', '1', '2']);
    await advance(300_000);
    expect(numbers()).toEqual(['first', '1', '2', '3']);
    await advance(3_600_000);
    expect(numbers()).toEqual(['first', '1', '2', '3']);
    const ids = new Set(listener.requests.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id));
    expect(ids.size).toBe(1);
  });

  it('comes again when asked for, and no more once acknowledged', async () => {
    listener.answer(500);
    await say('hello');
    await slack.idle();
    listener.answer(200);
    slack.retryNow();
    await slack.idle();
    slack.retryNow();
    await slack.idle();
    expect(numbers()).toEqual(['first', '1', '2']);
  });

  it('does not come again when the app says so', async () => {
    listener.answer(500, '', { 'x-slack-no-retry': '1' });
    await say('hello');
    await slack.idle();
    slack.retryNow();
    await slack.idle();
    expect(numbers()).toEqual(['first']);
  });
});
