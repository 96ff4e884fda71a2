/** What reaches the HTTP door from Slack, from somebody who is not Slack, and twice. */
import { beforeAll, expect, it } from '@jest/globals';
import type { Somebody } from '../../sandbox/driver.ts';
import { send, sendForm, sendJson, sendSigned, signatureOf } from '../support/requests.ts';
import { secrets } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { askForHelp, everybody, said, setUp, whispered } from '../journeys/story.ts';

const signing = { secret: secrets.signingSecret };
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const EVENT = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'message' } });
const MEGABYTE = 1_048_576;
const now = () => Math.floor(Date.now() / 1000);

describeWorlds('the HTTP door', { how: { mode: 'http' }, once: true }, (on) => {
  let { db, world } = {} as Standing;
  let url: string;
  let ana: Somebody;
  beforeAll(async () => {
    ({ db, world } = on());
    url = world.requestUrl;
    ana = await world.as('ana');
    await setUp(world);
  });

  const inbox = async (): Promise<string[]> =>
    (await db('inbox').select<{ event_id: string }[]>('event_id')).map((row) => row.event_id);

  /** A command as Slack sends it, answered to a fresh response URL of Ana's. */
  const command = (text: string, triggerId: string) => ({
    command: '/livechat',
    text,
    trigger_id: triggerId,
    user_id: ana.id,
    channel_id: world.slack.channel('acme-support'),
    team_id: world.slack.teamId,
    api_app_id: world.slack.app.id,
    response_url: `${world.slack.url}/response/commands/none`,
  });

  it.each([
    ['no signature', () => ({})],
    ['somebody else’s signature', () => signatureOf(EVENT, { secret: 'guessed' })],
    ['a signature of another body', () => signatureOf(`${EVENT} `, signing)],
    ['a signature without its time', () => ({ 'x-slack-signature': signatureOf(EVENT, signing)['x-slack-signature'] })],
    ['a time without a signature', () => ({ 'x-slack-request-timestamp': String(now()) })],
    ['a time that is none', () => ({ ...signatureOf(EVENT, signing), 'x-slack-request-timestamp': 'noon' })],
    ['a request of six minutes ago', () => signatureOf(EVENT, { ...signing, at: now() - 360 })],
    ['a signature of another length', () => ({ ...signatureOf(EVENT, signing), 'x-slack-signature': 'v0=12' })],
  ])('refuses %s with 401 and keeps nothing', async (_what, headers) => {
    const before = await inbox();
    const answer = await send(url, EVENT, { 'content-type': JSON_TYPE, ...headers() });
    expect(answer).toMatchObject({ status: 401, body: '' });
    expect(await inbox()).toEqual(before);
  });

  it.each([
    ['half a JSON body', '{"type":', JSON_TYPE],
    ['an empty body', '', JSON_TYPE],
    ['a form where JSON was announced', 'command=%2Flivechat', JSON_TYPE],
    ['a form with another content type', 'command=%2Flivechat', `${FORM}; charset=utf-8`],
    ['a payload that is no JSON', 'payload=hello', FORM],
    ['null', 'null', JSON_TYPE],
    ['null among spaces', ' \n null ', JSON_TYPE],
    ['null as a payload', 'payload=null', FORM],
    ['a number', '17', JSON_TYPE],
    ['a text', '"hello"', JSON_TYPE],
    ['a list', '[]', JSON_TYPE],
  ])('refuses %s with 400, signed as it is', async (_what, body, type) => {
    expect(await sendSigned(url, body, type, signing)).toMatchObject({ status: 400, body: '' });
  });

  it('refuses an unsigned null as it refuses everything unsigned', async () => {
    expect((await send(url, 'null', { 'content-type': JSON_TYPE })).status).toBe(401);
  });

  it('refuses more than four megabytes with 413', async () => {
    const body = JSON.stringify({ type: 'event_callback', event_id: 'EvBig', filler: 'x'.repeat(4 * MEGABYTE) });
    expect((await sendSigned(url, body, JSON_TYPE, signing)).status).toBe(413);
    expect(await inbox()).not.toContain('EvBig');
  });

  it('knows one path and one method', async () => {
    const elsewhere = url.replace('/slack/events', '/slack/other');
    expect((await sendJson(elsewhere, { type: 'url_verification', challenge: 'x' }, signing)).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
  });

  it('answers Slack’s questions whether it is there', async () => {
    const challenge = await sendJson(url, { type: 'url_verification', challenge: 'prove it' }, signing);
    expect(challenge).toMatchObject({ status: 200, body: '{"challenge":"prove it"}' });
    expect((await send(url, 'ssl_check=1', { 'content-type': FORM })).status).toBe(200);
  });

  it('does not take the payload somebody hides in a connection check', async () => {
    const hidden = `ssl_check=1&payload=${encodeURIComponent(EVENT)}`;
    expect((await send(url, hidden, { 'content-type': FORM })).status).toBe(200);
    await world.settle();
    expect(await inbox()).not.toContain('Ev1');
  });

  it('works a command sent twice once, and acknowledges both', async () => {
    const fields = command('open', 'replay.1');
    const [first, again] = await Promise.all([sendForm(url, fields, signing), sendForm(url, fields, signing)]);
    expect([first.status, again.status]).toEqual([200, 200]);
    await world.settle();
    expect((await sendForm(url, { ...fields, text: 'close' }, signing)).status).toBe(200);
    await world.settle();
    expect(await db('conversations').whereNull('closed_at')).toHaveLength(1);
    expect(await db('conversations')).toHaveLength(1);
  });

  it('works a click sent twice once', async () => {
    const { ben, gus } = await everybody(world, 'ben', 'gus');
    const card = await askForHelp(world);
    const request = await db('help_requests').whereNull('ended_at').first<{ id: string }>('id');
    const payload = JSON.stringify({
      type: 'block_actions',
      team: { id: world.slack.teamId },
      user: { id: ben.id, team_id: world.slack.teamId },
      api_app_id: world.slack.app.id,
      trigger_id: 'replay.2',
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel },
      channel: { id: card.channel },
      actions: [{ type: 'button', action_id: 'help.join', block_id: 'b', value: request.id }],
      response_url: `${world.slack.url}/response/actions/none`,
    });
    const sent = await Promise.all([1, 2, 3].map(() => sendForm(url, { payload }, signing)));
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
    await world.settle();
    expect(await db('seats').where({ user_id: ben.id })).toHaveLength(1);
    const joined = (await said(gus, 'acme-support')).filter(({ text }) => text.includes('joined the conversation'));
    expect(joined).toHaveLength(1);
    expect(await whispered(ben, 'support-help')).toEqual([]);
  });

  it('survives what is signed and an object but nothing Slack would send', async () => {
    const user = { id: ana.id };
    const nonsense: unknown[] = [
      {},
      { type: 'event_callback' },
      { type: 'event_callback', event_id: 'EvEmpty', event: null },
      { type: 'event_callback', event_id: 5, event: { type: 'message' } },
      { type: 'event_callback', event_id: 'EvOdd', event: { type: 'message', channel: {}, user: [] } },
      { type: 'block_actions' },
      { type: 'block_actions', user, actions: [] },
      { type: 'block_actions', user: 'ana', actions: [{}], trigger_id: 'odd.1' },
      { type: 'block_actions', user, trigger_id: 'odd.2', actions: [{ type: 'button', action_id: 'help.join' }] },
      { type: 'view_submission', user, trigger_id: 'odd.3', view: {} },
      { type: 'view_submission', user, trigger_id: 'odd.4', view: { id: 'V', type: 'modal', callback_id: 'panel' } },
      { type: 'block_suggestion', user },
      { type: 'shortcut', user, callback_id: 'preferences', trigger_id: 7 },
      { command: '/livechat' },
      { command: '/livechat', user_id: ana.id, trigger_id: 'odd.5', text: null },
    ];
    const answers = await Promise.all(nonsense.map((body) => sendJson(url, body, signing)));
    for (const { status } of answers) expect([200, 404, 500]).toContain(status);
    await world.settle();
    expect((await sendJson(url, { type: 'url_verification', challenge: 'x' }, signing)).status).toBe(200);
    expect(await inbox()).not.toContain('5');
  });

  it('keeps an event that comes four times once', async () => {
    const event = {
      type: 'event_callback',
      event_id: 'EvFour',
      team_id: world.slack.teamId,
      event: { type: 'message', channel: world.slack.channel('acme-support'), user: ana.id, ts: '1.1', text: 'x' },
    };
    const sent = await Promise.all([0, 1, 2, 3].map(() => sendJson(url, event, signing)));
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await inbox()).filter((id) => id === 'EvFour')).toHaveLength(1);
  });
});
