import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LocalSlack } from '../../../../sandbox/server/start.ts';
import { errorOf, makeManifest, platformError, startTestSlack, tokens, webClient } from '../support.ts';

let slack: LocalSlack;
beforeEach(async () => {
  slack = await startTestSlack();
});
afterEach(async () => {
  await slack.close();
});

describe('tokens', () => {
  it.each([
    ['none', {}, 'not_authed'],
    ['a foreign one', { authorization: 'Bearer xoxb-other' }, 'invalid_auth'],
    ['the app-level one', { authorization: `Bearer ${tokens.appToken}` }, 'not_allowed_token_type'],
  ])('refuses %s', async (_what, headers, error) => {
    const answer = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers });
    expect(await answer.json()).toEqual({ ok: false, error });
  });

  it('opens sockets with the app-level token only', async () => {
    expect(await errorOf(webClient(slack).apps.connections.open())).toBe('not_allowed_token_type');
    const opened = await webClient(slack, tokens.appToken).apps.connections.open();
    expect(opened.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\//);
  });

  it('says who the bot is', async () => {
    expect(await webClient(slack).auth.test()).toMatchObject({
      team: 'Northwind',
      team_id: slack.teamId,
      user_id: slack.app.botUser,
      bot_id: slack.app.botId,
    });
  });
});

describe('calls', () => {
  it('names an unknown method', async () => {
    expect(await errorOf(webClient(slack).apiCall('chat.postPoem'))).toBe('unknown_method');
    expect(await errorOf(webClient(slack).apiCall('constructor'))).toBe('unknown_method');
  });

  it('takes JSON bodies and forms alike', async () => {
    const channel = slack.channel('acme-support');
    const authorization = `Bearer ${tokens.botToken}`;
    const json = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel, text: 'as JSON', blocks: [{ type: 'divider' }] }),
    });
    expect(await json.json()).toMatchObject({ ok: true, message: { text: 'as JSON', blocks: [{ type: 'divider' }] } });
    const form = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ channel, text: 'as a form', team_id: slack.teamId }),
    });
    expect(await form.json()).toMatchObject({ ok: true, message: { text: 'as a form' } });
  });

  it('keeps what was called, without tokens', async () => {
    await webClient(slack).users.info({ user: slack.person('ana') });
    expect(slack.calls()).toMatchObject([
      { method: 'users.info', args: { user: slack.person('ana') }, answer: { ok: true } },
    ]);
    expect(JSON.stringify(slack.calls())).not.toContain(tokens.botToken);
  });
});

describe('scopes', () => {
  it.each([
    ['chat:write', 'chat.postMessage', { channel: 'C', text: 'x' }, 'chat:write'],
    ['users:read', 'users.getPresence', {}, 'users:read'],
    ['dnd:read', 'dnd.teamInfo', { users: 'U' }, 'dnd:read'],
    ['usergroups:read', 'usergroups.list', {}, 'usergroups:read'],
    ['channels:join', 'conversations.join', { channel: 'C' }, 'channels:join'],
    ['team:read', 'team.info', {}, 'team:read'],
  ])('without %s %s is refused, saying what is needed', async (scope, method, args, needed) => {
    const poor = await startTestSlack({ manifest: makeManifest({ scopes: [scope] }) });
    const failure: unknown = await webClient(poor)
      .apiCall(method, args)
      .catch((error: unknown) => error);
    const data = platformError(failure) as { error: string; needed: string; provided: string };
    expect(data).toMatchObject({ error: 'missing_scope', needed });
    expect(data.provided.split(',')).not.toContain(scope);
    await poor.close();
  });

  it.each([
    ['groups:read', 'conversations.info', 'acme-support'],
    ['channels:read', 'conversations.members', 'support-help'],
    ['groups:history', 'conversations.history', 'acme-support'],
    ['channels:history', 'conversations.history', 'support-help'],
    ['groups:write.invites', 'conversations.invite', 'acme-support'],
  ])('without %s %s is refused in a channel of that kind only', async (scope, method, channel) => {
    const withheld = scope === 'groups:write.invites' ? [scope, 'groups:write'] : [scope];
    const poor = await startTestSlack({ manifest: makeManifest({ scopes: withheld }) });
    const call = (name: string) =>
      errorOf(webClient(poor).apiCall(method, { channel: poor.channel(name), users: poor.person('dev') }));
    expect(await call(channel)).toBe('missing_scope');
    expect(await call(channel === 'acme-support' ? 'globex-shared' : 'acme-support')).toBe('ok');
    await poor.close();
  });
});
