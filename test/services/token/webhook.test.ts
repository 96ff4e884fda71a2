import { beforeEach, expect, it } from '@jest/globals';
import { removeWebhook, renewWebhookSecret, setWebhook } from '../../../src/services/token/set-webhook.ts';
import { testWebhook } from '../../../src/services/token/test-webhook.ts';
import { webhookForm } from '../../../src/services/token/webhook-form.ts';
import { webhookGivenUp, webhookGone, webhookTarget } from '../../../src/services/webhook/outgoing.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { transaction } from '../../../src/store/db.ts';
import { announce } from '../../../src/store/outbox.ts';
import { insertToken, revokeToken } from '../../../src/store/tokens.ts';
import { actor } from '../../support/help.ts';
import { makeAdministrator, makeAgent, makeDesk, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const maya = actor('UMAYA');
const url = 'https://bot.example.com/hook';

const message = (text: string): Notice => ({
  kind: 'webhook',
  tokenId: 'bot',
  conversationId: 'c1',
  about: { id: 'c1', reference: null, channel: 'C1', thread: null },
  event: { type: 'conversation.message', agent: { id: 'UANA', name: 'Ana' }, text, ts: '1.1', has_files: false },
});

describeOnBoth('the webhook of a token', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    for (const workspaceId of ['T1', 'T2']) {
      await makeWorkspace(deps.db, workspaceId);
      await makeAdministrator(deps.db, 'UMAYA', { workspaceId });
    }
    await makeDesk(deps.db);
    await makeAgent(deps.db, 'UANA', { desks: ['support'] });
    const token = { id: 'bot', workspaceId: 'T1', name: 'Bot', secret: 'x', speaksAs: '', madeBy: 'UMAYA' };
    await insertToken(deps.db, { ...token, now: deps.now() });
  });

  const set = (by = maya, to = url) => setWebhook(deps, by, { tokenId: 'bot', url: to });
  const form = () => webhookForm(deps, maya, 'bot');
  const waits = (...texts: string[]) =>
    transaction(deps.db, (trx) => announce(trx, 'T1', texts.map(message), { now: deps.now(), newId: deps.newId }));
  const rows = () =>
    deps
      .db('notices')
      .where({ goes_to: 'webhook' })
      .orderBy('number')
      .select<{ state: string; due_at: string; notice: string; last_error: string }[]>('*');

  it('has a secret that is said when it is set, and is another one after it was removed or renewed', async () => {
    const first = await set();
    expect(first).toMatch(/^whsec_/);
    expect(await set(maya, 'https://other.example.com')).toBeUndefined();
    expect(await webhookTarget(deps, 'T1', 'bot')).toMatchObject({ url: 'https://other.example.com', turn: 1 });
    const second = await renewWebhookSecret(deps, maya, 'bot');
    expect(await removeWebhook(deps, maya, 'bot')).toBe(true);
    expect(await removeWebhook(deps, maya, 'bot')).toBe(false);
    const third = await set();
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('is for administrators of its workspace', async () => {
    const ana = actor('UANA');
    const elsewhere = actor('UMAYA', 'T2');
    const verbs = [
      (by: typeof ana) => set(by),
      (by: typeof ana) => renewWebhookSecret(deps, by, 'bot'),
      (by: typeof ana) => removeWebhook(deps, by, 'bot'),
      (by: typeof ana) => testWebhook(deps, by, 'bot'),
      (by: typeof ana) => webhookForm(deps, by, 'bot'),
    ];
    for (const verb of verbs) {
      await expect(verb(ana)).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(verb(elsewhere)).rejects.toMatchObject({ code: 'gone' });
    }
    expect((await form()).url).toBe('');
  });

  it('is refused at its field with the reason, where nothing may be sent there', async () => {
    deps.webhooks.says.objection = 'Not there.';
    await expect(set()).rejects.toMatchObject({ code: 'invalid', field: 'url', message: 'Not there.' });
    deps.webhooks.says.objection = undefined;
    await expect(set(maya, `https://bot.example.com/${'x'.repeat(2000)}`)).rejects.toMatchObject({ field: 'url' });
    expect((await form()).url).toBe('');
  });

  it('cannot be set where nothing can be signed, and says what to do', async () => {
    deps.webhooks.says.canSign = false;
    await expect(set()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('BECKON_SECRET'),
    });
    expect((await form()).canSign).toBe(false);
  });

  it('is gone with its token', async () => {
    await set();
    await revokeToken(deps.db, 'T1', 'bot', deps.now());
    await expect(set()).rejects.toMatchObject({ code: 'gone' });
    expect(await webhookTarget(deps, 'T1', 'bot')).toBeUndefined();
  });

  it('has what waits tried at once when its address is saved, or a test was taken', async () => {
    await set();
    await waits('one');
    const later = new Date(deps.now().getTime() + 600_000).toISOString();
    const failed = () => deps.db('notices').update({ due_at: later, last_error: 'The endpoint answered 500.' });
    await failed();
    expect(await form()).toMatchObject({ waiting: 1, error: 'The endpoint answered 500.', nextAt: later });
    deps.webhooks.says.ping = 'The endpoint answered 500.';
    expect(await testWebhook(deps, maya, 'bot')).toBe('The endpoint answered 500.');
    expect((await rows())[0]?.due_at).toBe(later);
    deps.webhooks.says.ping = undefined;
    expect(await testWebhook(deps, maya, 'bot')).toBeUndefined();
    expect((await rows())[0]?.due_at).toBe(deps.now().toISOString());
    await failed();
    await set();
    expect((await rows())[0]?.due_at).toBe(deps.now().toISOString());
  });

  it('forgets what waits when it is removed', async () => {
    await set();
    await waits('one', 'two');
    await removeWebhook(deps, maya, 'bot');
    expect(await rows()).toEqual([]);
    await expect(testWebhook(deps, maya, 'bot')).rejects.toMatchObject({ code: 'already' });
    await expect(renewWebhookSecret(deps, maya, 'bot')).rejects.toMatchObject({ code: 'already' });
  });

  it('stops where its endpoint is gone: what waits is set aside without its words, administrators are told once', async () => {
    await set();
    await waits('money back', 'money gone');
    const target = await webhookTarget(deps, 'T1', 'bot');
    if (target === undefined) throw new Error('It has nowhere to go.');
    await webhookGone(deps, 'T1', target, 'Gone.');
    await webhookGone(deps, 'T1', target, 'Gone.');
    expect((await rows()).map(({ state, last_error }) => [state, last_error])).toEqual([
      ['set_aside', 'Gone.'],
      ['set_aside', 'Gone.'],
    ]);
    expect(JSON.stringify(await rows())).not.toContain('money');
    expect((await noticesOf(deps.db)).filter(({ kind }) => kind === 'webhook.gone')).toEqual([
      { kind: 'webhook.gone', userId: 'UMAYA', tokenId: 'bot' },
    ]);
    expect(await webhookTarget(deps, 'T1', 'bot')).toBeUndefined();
    expect(await form()).toMatchObject({ goneAt: deps.now().toISOString(), setAside: 2 });
  });

  it('that has another address by then is not gone', async () => {
    await set();
    const target = await webhookTarget(deps, 'T1', 'bot');
    await set(maya, 'https://other.example.com');
    if (target) await webhookGone(deps, 'T1', target, 'Gone.');
    expect((await form()).goneAt).toBeUndefined();
  });

  it('is well again once something was taken after what was given up', async () => {
    await set();
    await waits('old', 'new');
    const [old] = await rows();
    const aside = {
      state: 'set_aside',
      set_aside_at: deps.now().toISOString(),
      last_error: 'The endpoint answered 503.',
    };
    await deps.db('notices').where({ notice: old?.notice }).update(aside);
    expect(await form()).toMatchObject({ error: 'The endpoint answered 503.', setAside: 1 });
    deps.clock.advance({ minutes: 1 });
    await deps.db('notices').where({ state: 'waiting' }).update({ state: 'done', sent_at: deps.now().toISOString() });
    expect(await form()).toMatchObject({ error: '', setAside: 1, sentAt: deps.now().toISOString() });
  });

  it('gives up with one what has waited a day as well, and nothing younger', async () => {
    await set();
    await waits('old', 'old too');
    deps.clock.advance({ hours: 24 });
    await waits('young');
    await webhookGivenUp(deps, 'T1', message('old'));
    expect((await rows()).map(({ state }) => state)).toEqual(['set_aside', 'set_aside', 'waiting']);
  });
});
