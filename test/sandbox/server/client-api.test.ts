import { request } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type Somebody, type Workspace } from '../../../sandbox/driver.ts';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import {
  call,
  eventsOf,
  latestForm,
  latestPayload,
  type Listener,
  makeManifest,
  page,
  startListener,
  startTestSlack,
  webClient,
} from './support.ts';

let slack: LocalSlack;
let listener: Listener;
let workspace: Workspace;
let folder: string;
let ana: Somebody;
let gus: Somebody;
let olga: Somebody;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await mkdir(join(folder, 'page'));
  await writeFile(join(folder, 'page', 'index.html'), '<title>Northwind</title>');
  await writeFile(join(folder, 'secret.html'), 'secret');
  listener = await startListener();
  slack = await startTestSlack({ requestUrl: listener.url, clientDir: [join(folder, 'page')] });
  workspace = await connect(slack.url);
  [ana, gus, olga] = [await workspace.as('ana'), await workspace.as('gus'), await workspace.as('olga')];
});
afterEach(async () => {
  workspace.close();
  await slack.close();
  await listener.close();
  await rm(folder, { recursive: true });
});

const names = async (somebody: Somebody) =>
  (await somebody.snapshot()).channels.map((channel) => channel.name).toSorted();

describe('who sees what', () => {
  it('members see public channels; guests and outsiders what they are in', async () => {
    expect(await names(ana)).toEqual(['acme-support', 'general', 'globex-shared', 'random', 'support-help']);
    expect(await names(gus)).toEqual(['acme-support']);
    expect(await names(olga)).toEqual(['globex-shared']);
    await expect(gus.read(slack.channel('support-help'))).rejects.toThrow('sees no channel');
  });

  it('outsiders have no commands and shortcuts of the app', async () => {
    expect(await ana.snapshot()).toMatchObject({ commands: [{ command: '/expertise', usageHint: 'list' }] });
    expect(await olga.snapshot()).toMatchObject({ commands: [], shortcuts: [] });
    await expect(olga.command('globex-shared', '/expertise')).rejects.toThrow('/expertise is not a valid command.');
    await expect(olga.send('shortcut', { callbackId: 'preferences' })).rejects.toThrow('not available');
    await expect(olga.send('openDirectMessage', { with: slack.app.botUser })).rejects.toThrow('not available');
    await slack.idle();
    expect(listener.requests).toEqual([]);
  });

  it('outsiders can press buttons, and the payload tells whose they are', async () => {
    const channel = slack.channel('globex-shared');
    const element = { type: 'button', action_id: 'join', text: { type: 'plain_text', text: 'Join' } };
    const blocks = [{ type: 'actions', elements: [element] }];
    await call(webClient(slack), 'chat.postMessage', { channel, text: 'Card', blocks });
    const card = (await olga.read('globex-shared')).at(-1);
    if (card === undefined) throw new Error('no card');
    await slack.idle();
    await olga.press('Join', card);
    const payload = latestPayload(listener);
    expect(payload).toMatchObject({ team: { id: slack.teamId }, user: { id: olga.id } });
    expect((payload['user'] as { team_id: string }).team_id).not.toBe(slack.teamId);
  });

  it('a guest’s command reaches the app', async () => {
    await gus.command('acme-support', '/expertise who');
    expect(latestForm(listener)).toMatchObject({
      command: '/expertise',
      text: 'who',
      user_id: gus.id,
      team_id: slack.teamId,
    });
  });

  it('counts what somebody has not read', async () => {
    const unread = async () => (await gus.snapshot()).channels[0]?.unread;
    expect(await unread()).toBe(0);
    await ana.say('acme-support', 'Looking into it.');
    expect(await unread()).toBe(1);
    await gus.send('markRead', { channel: slack.channel('acme-support') });
    expect(await unread()).toBe(0);
  });

  it('shows live what others say', async () => {
    await gus.say('acme-support', 'Any news?');
    const event = await ana.until(() => ana.events().find((one) => one.type === 'message'));
    expect(event).toMatchObject({ message: { text: 'Any news?', user: gus.id } });
    expect(olga.events().some((one) => one.type === 'message')).toBe(false);
  });
});

describe('commands', () => {
  it('do not run in threads', async () => {
    const ts = await ana.say('acme-support', 'A thread');
    await expect(ana.say('acme-support', '/expertise list', { thread: ts })).rejects.toThrow(
      '/expertise is not supported in threads. Sorry!',
    );
  });

  it('nobody serves fail with the reason', async () => {
    listener.answer(500);
    await ana.command('acme-support', '/expertise');
    expect(await ana.until(() => ana.notices())).toEqual(['/expertise failed with the error “dispatch_failed”']);
  });

  it('not acknowledged in three seconds fail with the reason', async () => {
    listener.hang();
    await ana.command('acme-support', '/expertise');
    expect(await ana.until(() => ana.notices())).toEqual(['/expertise failed with the error “operation_timeout”']);
  }, 10_000);

  it('carry mentions escaped where the manifest asks for it', async () => {
    await ana.command('acme-support', '/expertise assign @ben @nobody #general Billing & more');
    const { text } = latestForm(listener);
    expect(text).toBe(
      `assign <@${slack.person('ben')}|ben> @nobody <#${slack.channel('general')}|general> Billing & more`,
    );
  });
});

describe('messages', () => {
  it('are escaped as Slack escapes them', async () => {
    await ana.say('acme-support', 'a < b & @gus, see #general @here');
    const last = (await ana.read('acme-support')).at(-1);
    expect(last?.text).toBe(`a &lt; b &amp; <@${gus.id}>, see <#${slack.channel('general')}|general> <!here>`);
  });

  it('in a thread stay in it', async () => {
    const ts = await gus.say('acme-support', 'Question');
    await ana.say('acme-support', 'Answer', { thread: ts });
    expect((await gus.read('acme-support')).at(-1)).toMatchObject({
      text: 'Question',
      replyCount: 1,
      replyUsers: [ana.id],
    });
    expect((await gus.read('acme-support', { thread: ts })).map((message) => message.text)).toEqual([
      'Question',
      'Answer',
    ]);
  });

  it('need a channel one is in', async () => {
    await expect(ana.say('globex-shared', 'x')).rejects.toThrow('You are not in this channel.');
    await expect(ana.say('acme-support', '   ')).rejects.toThrow('Write something first.');
  });
});

describe('the app’s direct messages', () => {
  it('take nothing where the app does not listen', async () => {
    const manifest = makeManifest();
    manifest.features = { ...manifest.features, app_home: { messages_tab_read_only_enabled: true } };
    const deaf = await startTestSlack({ manifest });
    const there = await connect(deaf.url);
    const somebody = await there.as('ana');
    await expect(somebody.say('@beckon', 'hello')).rejects.toThrow('Sending messages to this app has been turned off.');
    await expect(somebody.command('@beckon', '/expertise')).rejects.toThrow('turned off');
    there.close();
    await deaf.close();
  });

  it('reach it otherwise', async () => {
    await ana.say('@beckon', 'hello');
    await slack.idle();
    expect(eventsOf(listener)).toMatchObject([{ type: 'message', channel_type: 'im', text: 'hello' }]);
  });
});

const option = (text: string) => ({ text: { type: 'plain_text', text }, value: 'v' });

describe('what the app answers', () => {
  const json = { 'content-type': 'application/json' };
  const select = { type: 'external_select', action_id: 'topics', min_query_length: 0 };

  async function search(): Promise<unknown> {
    const sent = await call(webClient(slack), 'chat.postMessage', {
      channel: slack.channel('acme-support'),
      text: 'Pick',
      blocks: [{ type: 'actions', block_id: 'b', elements: [select] }],
    });
    const container = { type: 'message' as const, channel: slack.channel('acme-support'), ts: String(sent['ts']) };
    return ana.send('options', { container, blockId: 'b', actionId: 'topics', value: 'bil' });
  }

  it.each([
    ['nothing found', []],
    ['one option', [option('Billing')]],
  ])('to a search is shown: %s', async (_what, options) => {
    listener.answer(200, JSON.stringify({ options }), json);
    expect(await search()).toEqual({ ok: true, options });
    expect(latestPayload(listener)).toMatchObject({ type: 'block_suggestion', value: 'bil', block_id: 'b' });
  });

  it.each([
    ['an option that is too long', { options: [option('x'.repeat(76))] }, 'must be less than 76 characters'],
    ['over a hundred options', { options: Array.from({ length: 101 }, (_, n) => option(`${n}`)) }, 'no more than 100'],
    ['no options', {}, 'no options in the answer'],
  ])('to a search is refused: %s', async (_what, body, reason) => {
    listener.answer(200, JSON.stringify(body), json);
    await expect(search()).rejects.toThrow(`Unable to load options: ${reason}`);
  });

  it('to a command is refused where its blocks are wrong', async () => {
    listener.answer(200, JSON.stringify({ blocks: [{ type: 'section' }] }), json);
    await ana.command('acme-support', '/expertise');
    expect(await ana.until(() => ana.notices())).toEqual(['/expertise failed with the error “invalid_blocks”']);
  });
});

describe('channels', () => {
  it('are for members to create and join, by invitation where private', async () => {
    await expect(gus.send('createChannel', { name: 'mine', private: false })).rejects.toThrow(
      'Guests cannot create channels.',
    );
    await expect(gus.send('joinChannel', { channel: slack.channel('general') })).rejects.toThrow(
      'You need an invitation',
    );
    const { channel } = await ana.send('createChannel', { name: 'Escalations ', private: true });
    expect(await names(ana)).toContain('escalations');
    const ben = await workspace.as('ben');
    await expect(ben.send('joinChannel', { channel: String(channel) })).rejects.toThrow('You need an invitation');
    await ana.send('invite', { channel: String(channel), users: [ben.id] });
    expect(await names(ben)).toContain('escalations');
  });

  it('take guests only from administrators, and outsiders only when shared', async () => {
    const channel = slack.channel('support-help');
    await expect(ana.send('invite', { channel, users: [gus.id] })).rejects.toThrow('Only administrators');
    const maya = await workspace.as('maya');
    await expect(maya.send('invite', { channel, users: [olga.id] })).rejects.toThrow(
      'share the channel with Globex first',
    );
    await maya.send('invite', { channel, users: [gus.id] });
    expect(await names(gus)).toContain('support-help');
  });
});

/** A request with headers of one's own choosing, which fetch would not send. */
const knock = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number>((resolve, reject) => {
    const sent = request(`${slack.url}${path}`, { method, headers, setHost: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(method === 'POST' ? '{}' : undefined);
  });

describe('the door', () => {
  const json = { 'content-type': 'application/json' };

  it.each([
    ['a page under its own name', '/client/people', { host: '127.0.0.1:3000' }, 'GET', 200],
    ['localhost', '/client/people', { host: 'localhost:3000' }, 'GET', 200],
    ['a foreign name pointed here', '/client/people', { host: 'evil.example:3000' }, 'GET', 403],
    [
      'the page itself posting',
      '/client/markRead',
      { host: 'localhost:1', origin: 'http://localhost:1', ...json },
      'POST',
      200,
    ],
    [
      'another site posting',
      '/client/markRead',
      { host: 'localhost:1', origin: 'http://evil.example', ...json },
      'POST',
      403,
    ],
    [
      'another site calling the API',
      '/api/auth.test',
      { host: 'localhost:1', origin: 'http://evil.example' },
      'POST',
      403,
    ],
    ['a form', '/client/markRead', { host: 'localhost:1', 'content-type': 'text/plain' }, 'POST', 415],
    ['the page', '/', { host: 'localhost:1' }, 'GET', 200],
    ['a path out of the page’s folder', '/..%2fsecret.html', { host: 'localhost:1' }, 'GET', 404],
    ['the same, spelt out', '/../secret.html', { host: 'localhost:1' }, 'GET', 404],
    ['a file that is not there', '/other.js', { host: 'localhost:1' }, 'GET', 404],
  ])('answers %s', async (_what, path, headers, method, status) => {
    expect(await knock(path, headers as Record<string, string>, method)).toBe(status);
  });

  it('answers nonsense in words', async () => {
    expect(await page(slack, 'message', { as: 'U404', channel: 'C', text: 'x' })).toEqual({
      ok: false,
      error: 'Nobody of that name is here.',
    });
    expect(await page(slack, 'message', { as: ana.id })).toMatchObject({ ok: false });
    expect(await page(slack, 'message', { as: slack.app.botUser, channel: 'C', text: 'x' })).toMatchObject({
      ok: false,
    });
  });
});
