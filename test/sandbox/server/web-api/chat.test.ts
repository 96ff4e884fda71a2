import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { LocalSlack } from '../../../../sandbox/server/start.ts';
import { call, errorOf, makeManifest, page, platformError, startTestSlack, webClient } from '../support.ts';

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

const tooLong = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];

describe('chat.postMessage', () => {
  it.each([
    ['an unknown channel', () => ({ channel: 'C404', text: 'x' }), 'channel_not_found'],
    ['no channel', () => ({ text: 'x' }), 'channel_not_found'],
    ['a channel the bot is not in', () => ({ channel: slack.channel('general'), text: 'x' }), 'not_in_channel'],
    ['no words', () => ({ channel }), 'no_text'],
    ['blocks that are no list', () => ({ channel, blocks: '{"a":1}' }), 'invalid_blocks_format'],
    ['a thread that is not there', () => ({ channel, text: 'x', thread_ts: '1.000001' }), 'thread_not_found'],
    [
      'metadata without a type',
      () => ({ channel, text: 'x', metadata: { event_payload: {} } }),
      'invalid_metadata_schema',
    ],
    ['metadata that is no object', () => ({ channel, text: 'x', metadata: 'nonsense' }), 'invalid_metadata_format'],
  ])('refuses %s', async (_what, args, error) => {
    expect(await errorOf(web.apiCall('chat.postMessage', args()))).toBe(error);
  });

  it('says in Slack’s words and place what is wrong with blocks', async () => {
    const failure: unknown = await web
      .apiCall('chat.postMessage', { channel, blocks: tooLong })
      .catch((error: unknown) => error);
    const fault = 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    expect(platformError(failure)).toMatchObject({
      error: 'invalid_blocks',
      errors: [fault],
      response_metadata: { messages: [`[ERROR] ${fault}`] },
    });
  });

  it('hides private channels the bot is not in, and refuses archived ones', async () => {
    const maya = slack.person('maya');
    const { channel: hidden } = await page(slack, 'createChannel', { as: maya, name: 'board', private: true });
    expect(await errorOf(web.chat.postMessage({ channel: String(hidden), text: 'x' }))).toBe('channel_not_found');
    await page(slack, 'archiveChannel', { as: maya, channel, archived: true });
    expect(await errorOf(web.chat.postMessage({ channel, text: 'x' }))).toBe('is_archived');
  });

  it('reaches public channels from outside only with chat:write.public', async () => {
    const manifest = makeManifest();
    manifest.oauth_config?.scopes?.bot?.push('chat:write.public');
    const open = await startTestSlack({ manifest });
    expect(await errorOf(webClient(open).chat.postMessage({ channel: open.channel('general'), text: 'x' }))).toBe('ok');
    await open.close();
  });

  it('opens direct messages when given a person', async () => {
    const sent = await web.chat.postMessage({ channel: slack.person('ana'), text: 'Hi' });
    expect(sent.channel).toBe(slack.directMessage('ana'));
    expect(sent.channel).toMatch(/^D/);
  });

  it('gives every message a later time of its own, also within one second', async () => {
    const fixed = await startTestSlack({ now: () => 1_764_000_000_000 });
    const client = webClient(fixed);
    const first = await client.chat.postMessage({ channel: fixed.channel('acme-support'), text: '1' });
    const second = await client.chat.postMessage({ channel: fixed.channel('support-help'), text: '2' });
    expect(first.ts).toMatch(/^1764000000\.000\d00$/);
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    await fixed.close();
  });

  it('keeps metadata for those who ask for it', async () => {
    const metadata = { event_type: 'notice', event_payload: { id: 'n1' } };
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', metadata });
    const plain = await web.conversations.history({ channel, limit: 1 });
    const full = await web.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(plain.messages?.[0]).toMatchObject({ ts, bot_id: slack.app.botId });
    expect(plain.messages?.[0]?.metadata).toBeUndefined();
    expect(full.messages?.[0]?.metadata).toEqual(metadata);
  });

  it('answers in a thread, also when given a reply of it', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'first' });
    const reply = await web.chat.postMessage({ channel, text: 'second', thread_ts: ts });
    await web.chat.postMessage({ channel, text: 'third', thread_ts: reply.ts ?? '' });
    const thread = await web.conversations.replies({ channel, ts });
    expect(thread.messages?.map((message) => message.text)).toEqual(['first', 'second', 'third']);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: ts });
    const top = await web.conversations.history({ channel, limit: 1 });
    expect(top.messages?.[0]?.text).toBe('first');
  });
});

describe('chat.postEphemeral', () => {
  it('needs both in the channel', async () => {
    const ana = slack.person('ana');
    expect(await errorOf(web.chat.postEphemeral({ channel, user: slack.person('ben'), text: 'x' }))).toBe(
      'user_not_in_channel',
    );
    expect(await errorOf(web.chat.postEphemeral({ channel: slack.channel('general'), user: ana, text: 'x' }))).toBe(
      'not_in_channel',
    );
    expect(await errorOf(web.chat.postEphemeral({ channel, user: ana, text: 'x' }))).toBe('ok');
  });

  it('shows to nobody else and is no part of the history', async () => {
    await web.chat.postEphemeral({ channel, user: slack.person('ana'), text: 'only you' });
    const history = await web.conversations.history({ channel });
    expect(history.messages?.some((message) => message.text === 'only you')).toBe(false);
  });
});

describe('chat.update and chat.delete', () => {
  it('change only the bot’s own messages', async () => {
    const history = await web.conversations.history({ channel, limit: 1 });
    const ts = history.messages?.[0]?.ts ?? '';
    expect(await errorOf(web.chat.update({ channel, ts, text: 'x' }))).toBe('cant_update_message');
    expect(await errorOf(web.chat.delete({ channel, ts }))).toBe('cant_delete_message');
    expect(await errorOf(web.chat.update({ channel, ts: '1.000001', text: 'x' }))).toBe('message_not_found');
    expect(await errorOf(web.chat.delete({ channel, ts: '1.000001' }))).toBe('message_not_found');
  });

  it('keep metadata where none is given', async () => {
    const metadata = { event_type: 'notice', event_payload: { id: 'n1' } };
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', metadata });
    await web.chat.update({ channel, ts, text: 'y' });
    const history = await web.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(history.messages?.[0]).toMatchObject({ text: 'y', metadata, edited: { user: slack.app.botUser } });
  });

  it('take metadata away when given an empty object', async () => {
    const metadata = { event_type: 'notice', event_payload: { id: 'n1' } };
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', metadata });
    await call(web, 'chat.update', { channel, ts, text: 'y', metadata: {} });
    const history = await web.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(history.messages?.[0]?.metadata).toBeUndefined();
  });

  it('keep blocks unless a text replaces them', async () => {
    const blocks = [{ type: 'divider' }];
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks });
    const next = { event_type: 'notice', event_payload: {} };
    const kept = await web.apiCall('chat.update', { channel, ts, metadata: next });
    expect(kept).toMatchObject({ message: { blocks, text: 'x' } });
    const { message } = await web.chat.update({ channel, ts, text: 'words only' });
    expect(message?.blocks).toBeUndefined();
  });

  it('refuse a text that is too long and blocks that are wrong', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'x' });
    expect(await errorOf(web.chat.update({ channel, ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    expect(await errorOf(web.apiCall('chat.update', { channel, ts, blocks: tooLong }))).toBe('invalid_blocks');
  });

  it('take a message away', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'gone' });
    await web.chat.delete({ channel, ts });
    expect(await errorOf(web.chat.getPermalink({ channel, message_ts: ts }))).toBe('message_not_found');
  });
});
