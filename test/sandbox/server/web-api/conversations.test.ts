import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { LocalSlack } from '../../../../sandbox/server/start.ts';
import { errorOf, page, platformError, startTestSlack, webClient } from '../support.ts';

let slack: LocalSlack;
let web: WebClient;
let channel: string;
beforeEach(async () => {
  slack = await startTestSlack();
  web = webClient(slack);
  channel = slack.channel('acme-support');
});
afterEach(async () => {
  await slack.close();
});

describe('conversations.invite', () => {
  it.each([
    ['nobody', () => ({ channel, users: '' }), 'no_user'],
    ['somebody unknown', () => ({ channel, users: 'U404' }), 'user_not_found'],
    ['itself', () => ({ channel, users: slack.app.botUser }), 'cant_invite_self'],
    ['a member', () => ({ channel, users: slack.person('ana') }), 'already_in_channel'],
    ['a guest', () => ({ channel: slack.channel('support-help'), users: slack.person('gus') }), 'user_is_restricted'],
    [
      'an outsider where the channel is not shared',
      () => ({ channel, users: slack.person('olga') }),
      'no_external_invite_permission',
    ],
    [
      'to a channel it is not in',
      () => ({ channel: slack.channel('general'), users: slack.person('dev') }),
      'not_in_channel',
    ],
    [
      'more than a hundred',
      () => ({ channel, users: Array.from({ length: 101 }, (_, n) => `U${n}`).join(',') }),
      'too_many_users',
    ],
  ])('refuses %s', async (_what, args, error) => {
    expect(await errorOf(web.conversations.invite(args()))).toBe(error);
  });

  it('does not work in direct messages', async () => {
    const opened = await web.conversations.open({ users: slack.person('ana') });
    const call = web.conversations.invite({ channel: opened.channel?.id ?? '', users: slack.person('ben') });
    expect(await errorOf(call)).toBe('method_not_supported_for_channel_type');
  });

  it('brings people in and says so in the channel', async () => {
    const done = await web.conversations.invite({ channel, users: `${slack.person('dev')},${slack.person('emi')}` });
    expect(done.channel?.id).toBe(channel);
    const { members } = await web.conversations.members({ channel });
    expect(members).toEqual(expect.arrayContaining([slack.person('dev'), slack.person('emi')]));
    const last = (await web.conversations.history({ channel, limit: 1 })).messages?.[0];
    expect(last).toMatchObject({ subtype: 'channel_join', user: slack.person('emi'), inviter: slack.app.botUser });
  });

  it('brings nobody in when one of several cannot come, and names each', async () => {
    const users = [slack.person('dev'), slack.person('ana'), 'U404'].join(',');
    const failure: unknown = await web.conversations.invite({ channel, users }).catch((error: unknown) => error);
    expect(platformError(failure)).toMatchObject({
      error: 'already_in_channel',
      errors: [
        { user: slack.person('ana'), ok: false, error: 'already_in_channel' },
        { user: 'U404', ok: false, error: 'user_not_found' },
      ],
    });
    expect((await web.conversations.members({ channel })).members).not.toContain(slack.person('dev'));
  });

  it('brings in those who can come when forced', async () => {
    const users = [slack.person('dev'), 'U404'].join(',');
    const done = await web.conversations.invite({ channel, users, force: true });
    expect(done).toMatchObject({ ok: true, errors: [{ user: 'U404', ok: false, error: 'user_not_found' }] });
    expect((await web.conversations.members({ channel })).members).toContain(slack.person('dev'));
  });

  it('refuses an archived channel', async () => {
    await page(slack, 'archiveChannel', { as: slack.person('maya'), channel, archived: true });
    expect(await errorOf(web.conversations.invite({ channel, users: slack.person('dev') }))).toBe('is_archived');
  });
});

describe('reading conversations', () => {
  it('knows what kind each is', async () => {
    const of = async (name: string) => (await web.conversations.info({ channel: slack.channel(name) })).channel;
    expect(await of('acme-support')).toMatchObject({ is_private: true, is_member: true, is_ext_shared: false });
    expect(await of('general')).toMatchObject({ is_private: false, is_member: false, is_general: true });
    expect(await of('globex-shared')).toMatchObject({ is_ext_shared: true, is_shared: true });
    await web.chat.postMessage({ channel: slack.person('ana'), text: 'x' });
    const direct = await web.conversations.info({ channel: slack.directMessage('ana') ?? '' });
    expect(direct.channel).toMatchObject({ is_im: true, user: slack.person('ana') });
  });

  it('hides private channels the bot is not in', async () => {
    const { channel: hidden } = await page(slack, 'createChannel', {
      as: slack.person('maya'),
      name: 'board',
      private: true,
    });
    for (const method of ['info', 'members', 'history', 'join'] as const) {
      expect(await errorOf(web.conversations[method]({ channel: String(hidden) }))).toBe('channel_not_found');
    }
  });

  it('gives long lists in pages', async () => {
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined = '';
    do {
      const args: { limit: number; cursor?: string } = cursor === '' ? { limit: 2 } : { limit: 2, cursor };
      const answer = await web.users.list(args);
      seen.push(...(answer.members ?? []).map((member) => member.name));
      cursor = answer.response_metadata?.next_cursor;
    } while (cursor !== undefined && cursor !== '');
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
    expect(await errorOf(web.users.list({ cursor: 'nonsense' }))).toBe('invalid_cursor');
    expect(await errorOf(web.conversations.members({ channel, limit: 1001 }))).toBe('invalid_limit');
  });

  it('counts nobody whose account is deactivated', async () => {
    const ana = slack.person('ana');
    await page(slack, 'setPerson', { as: slack.person('maya'), user: ana, deactivated: true });
    expect((await web.conversations.members({ channel })).members).not.toContain(ana);
  });

  it('lists what was asked for only', async () => {
    const of = async (types: string) =>
      (await web.conversations.list({ types })).channels?.map((one) => one.name).toSorted();
    expect(await of('private_channel')).toEqual(['acme-support']);
    expect(await of('public_channel')).toEqual(['general', 'globex-shared', 'random', 'support-help']);
    expect(await errorOf(web.conversations.list({ types: 'secret' }))).toBe('invalid_types');
  });

  it('reads history between two times', async () => {
    const all = (await web.conversations.history({ channel })).messages ?? [];
    const oldest = all.at(-1)?.ts ?? '';
    expect((await web.conversations.history({ channel, oldest })).messages).toHaveLength(all.length - 1);
    expect((await web.conversations.history({ channel, oldest, inclusive: true })).messages).toHaveLength(all.length);
    expect(await errorOf(web.conversations.history({ channel, oldest: 'yesterday' }))).toBe('invalid_ts_oldest');
    expect(await errorOf(web.conversations.history({ channel: slack.channel('general') }))).toBe('not_in_channel');
    expect(await errorOf(web.conversations.replies({ channel, ts: '1.000001' }))).toBe('thread_not_found');
  });
});

describe('joining, opening and creating', () => {
  it('lets the bot into public channels only', async () => {
    expect(await errorOf(web.conversations.join({ channel }))).toBe('method_not_supported_for_channel_type');
    await web.conversations.join({ channel: slack.channel('general') });
    const again = await web.conversations.join({ channel: slack.channel('general') });
    expect(again.warning).toBe('already_in_channel');
  });

  it.each([
    ['Support', 'invalid_name_specials'],
    ['support help', 'invalid_name_specials'],
    ['general', 'name_taken'],
    ['x'.repeat(81), 'invalid_name_maxlength'],
    ['--', 'invalid_name_punctuation'],
    ['ok-name', 'ok'],
  ])('creates no channel called "%s" unless Slack would: %s', async (name, error) => {
    expect(await errorOf(web.conversations.create({ name }))).toBe(error);
  });

  it('opens one direct channel a person, and group messages', async () => {
    const open = async (users: string) => (await web.conversations.open({ users })).channel?.id;
    expect(await open(slack.person('ana'))).toBe(await open(slack.person('ana')));
    const both = `${slack.person('ana')},${slack.person('ben')}`;
    expect(await open(both)).toBe(await open(both));
    expect(await errorOf(web.conversations.open({ users: 'U404' }))).toBe('user_not_found');
    expect(await errorOf(web.apiCall('conversations.open'))).toBe('users_list_not_supplied');
    await page(slack, 'setPerson', { as: slack.person('maya'), user: slack.person('emi'), deactivated: true });
    expect(await errorOf(web.conversations.open({ users: slack.person('emi') }))).toBe('user_disabled');
  });
});

describe('people', () => {
  it('tells guests, administrators, bots and outsiders apart', async () => {
    const of = async (handle: string) =>
      (await web.users.info({ user: slack.person(handle), include_locale: true })).user;
    expect(await of('maya')).toMatchObject({
      is_admin: true,
      is_restricted: false,
      tz: 'America/New_York',
      locale: 'en-US',
    });
    expect(await of('gus')).toMatchObject({ is_admin: false, is_restricted: true, team_id: slack.teamId });
    const olga = await of('olga');
    expect(olga?.team_id).not.toBe(slack.teamId);
    expect(olga?.locale).toBeUndefined();
    expect((await web.users.info({ user: slack.app.botUser })).user).toMatchObject({ is_bot: true });
    expect(await errorOf(web.users.info({ user: 'U404' }))).toBe('user_not_found');
  });

  it('knows presence and quiet times', async () => {
    const [maya, ana, ben] = [slack.person('maya'), slack.person('ana'), slack.person('ben')];
    await page(slack, 'setPerson', { as: maya, user: ana, presence: 'away', dndMinutes: 30 });
    expect((await web.users.getPresence({ user: ana })).presence).toBe('away');
    const { users } = await web.dnd.teamInfo({ users: `${ana},${ben}` });
    expect(users).toMatchObject({ [ana]: { dnd_enabled: true }, [ben]: { dnd_enabled: false, next_dnd_end_ts: 1 } });
    expect(await errorOf(web.apiCall('dnd.teamInfo', { users: '' }))).toBe('no_users_provided');
  });

  it('lists user groups and who is in them', async () => {
    const [group] = (await web.usergroups.list()).usergroups ?? [];
    expect(group?.handle).toBe('support-leads');
    const { users } = await web.usergroups.users.list({ usergroup: group?.id ?? '' });
    expect(users).toEqual([slack.person('maya')]);
  });
});
