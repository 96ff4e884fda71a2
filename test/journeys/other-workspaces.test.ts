/** Ids are no secret: whoever knows those of another workspace, or of another bot, can do and read nothing with them, at any door. */
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { routes } from '../../src/api/routes.ts';
import { makeBot, type Answered, type Caller } from '../support/api.ts';
import { doorsOfSlack } from '../support/doors.ts';
import { makeWorkspace } from '../support/make.ts';
import { sendForm } from '../support/requests.ts';
import { TABLES } from '../support/state.ts';
import { secrets } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { plant } from './story.ts';

// More than a thousand requests, one after the other.
jest.setTimeout(120_000);

const ELSEWHERE = 'TELSE';
/** What the other workspace writes, and nobody here may read. */
const SECRET = 'Xanadu';

type Ids = Record<
  'conversation' | 'made' | 'request' | 'forward' | 'decision' | 'token' | 'notice' | 'desk' | 'expertise',
  string
>;
/** What a bot asks with these ids, and how it is answered. */
type Asks = (ids: Ids) => [status: number, path: string, body?: object][];

const of =
  (path: string, body: object): Asks =>
  ({ conversation, made, request, decision }) =>
    [conversation, made, request, decision].map((id) => [404, `/conversations/${id}${path}`, body]);

/** Every route there is, by the name of its operation. */
const ASKED: Record<string, Asks> = {
  listExpertise: () => [[200, '/expertise']],
  listAgents: ({ desk, expertise }) => [
    [200, '/agents'],
    [422, `/agents?desk=${desk}`],
    [422, `/agents?expertise=${expertise}`],
  ],
  openConversation: ({ desk, expertise }) => [
    [422, '/conversations', { desk }],
    [422, '/conversations', { expertise: [expertise] }],
  ],
  listConversations: () => [[200, '/conversations']],
  readConversation: ({ conversation, made, request }) =>
    [conversation, made, request].map((id) => [404, `/conversations/${id}`]),
  forwardConversation: of('/forward', {}),
  readDecision: ({ decision, forward, conversation }) =>
    [decision, forward, conversation].map((id) => [404, `/decisions/${id}`]),
  askForHelp: of('/help', { note: 'x' }),
  setStatus: of('/status', { status: 'waiting' }),
  postMessage: of('/messages', { text: 'x' }),
  closeConversation: of('/close', {}),
};

const ask = (bot: Caller, method: string, path: string, body: object | undefined): Promise<Answered> =>
  method === 'get' ? bot.get(path) : bot.post(path, body);

/** Whatever a form of Beckon may carry along. */
const metadataOf = (id: string): string =>
  JSON.stringify({
    id,
    version: 0,
    conversationId: id,
    requestId: id,
    tokenId: id,
    fromId: id,
    intoId: 'billing',
    channelId: 'CELSE',
    threadTs: '',
    note: '',
    shown: [],
  });

const viewWith = (callbackId: string, metadata: string) => ({
  id: 'VNONE',
  type: 'modal',
  callback_id: callbackId,
  blocks: [],
  title: { type: 'plain_text', text: 'x' },
  private_metadata: metadata,
  state: { values: {} },
  hash: '1.1',
});

describeWorlds('the ids of others', { how: { mode: 'http' }, once: true }, (on) => {
  let { db, world } = {} as Standing;
  /** Of another bot in this workspace, and of the other workspace. */
  let others: Ids;
  let foreign: Ids;
  let bot: Caller;
  beforeAll(async () => {
    ({ db, world } = on());
    await plant(db, world);
    const maya = await world.as('maya');
    await maya.command('general', '/livechat tokens');
    others = await makeRows(await makeBot(world, 'Zanzibar'));
    foreign = await copyElsewhere(others);
    bot = await makeBot(world, 'Another');
  });

  /** A bot's conversations, with everything that comes of them. */
  async function makeRows(caller: Caller): Promise<Ids> {
    const opening = { channel: world.slack.channel('acme-support'), note: 'Zanzibar', expertise: ['Billing'] };
    const { id: conversation } = (await caller.post('/conversations', opening)).body;
    const { decision } = (await caller.post(`/conversations/${conversation}/forward`, { note: 'Zanzibar' })).body;
    const { id: made } = (await caller.post('/conversations', { customer_name: 'Zanzibar' })).body;
    await caller.post(`/conversations/${made}/help`, { note: 'Zanzibar', expertise: ['Billing'] });
    await world.settle();
    const tables = ['help_requests', 'forwards', 'tokens', 'notices'];
    const [request = '', forward = '', token = '', notice = ''] = await Promise.all(
      tables.map(async (table) => (await db(table).first<{ id: string }>('id')).id),
    );
    return { conversation, made, decision, request, forward, token, notice, desk: 'support', expertise: 'billing' };
  }

  /** The same rows once more, under other ids and with other words, in the other workspace. */
  async function copyElsewhere(here: Ids): Promise<Ids> {
    await makeWorkspace(db, ELSEWHERE);
    const tables = TABLES.filter((table) => !['workspaces', 'lanes', 'triggers', 'inbox', 'timers'].includes(table));
    const rows = await Promise.all(tables.map((table) => db(table).select<Record<string, unknown>[]>('*')));
    const known = new Set(rows.flat().flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
    const there = (value: unknown): unknown => {
      if (typeof value !== 'string') return value;
      if (value === world.slack.teamId) return ELSEWHERE;
      return known.has(value) ? `x-${value}` : value.replaceAll(/Zanzibar|Billing/g, SECRET);
    };
    for (const [index, table] of [...tables.entries()].toReversed()) {
      for (const row of rows[index] ?? []) {
        const copy = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, there(value)]));
        await db(table).insert({ ...copy, ...(table === 'tokens' && { hash: 'x' }) });
      }
    }
    await db('notices').where({ workspace_id: ELSEWHERE }).update({ state: 'set_aside', set_aside_at: '2026-03-02' });
    return Object.fromEntries(Object.entries(here).map(([name, id]) => [name, `x-${id}`])) as Ids;
  }

  const rowsWith = async (mark: RegExp): Promise<string[]> => {
    const rows = await Promise.all(TABLES.map((table) => db(table).select<object[]>('*')));
    const texts = rows.flatMap((each, index) => each.map((row) => `${TABLES[index]} ${JSON.stringify(row)}`));
    return texts.filter((row) => mark.test(row)).toSorted();
  };
  const elsewhere = () => rowsWith(/TELSE|"x-/);
  /** What came of the other bot's doing; who could come next is worked out whenever somebody asks. */
  const here = () => rowsWith(/^(?!desk_agents|tokens|home_views|triggers|lanes)/);

  it('are tried at every route there is', () => {
    expect(Object.keys(ASKED).toSorted()).toEqual(routes.map(({ id }) => id).toSorted());
  });

  describe.each(routes)('at $method $path', ({ id, method }) => {
    const tryAll = async (ids: Ids, secret: string, isAsked = (_status: number) => true): Promise<void> => {
      for (const [status, path, body] of ASKED[id]?.(ids) ?? []) {
        if (!isAsked(status)) continue;
        const answer = await ask(bot, method, path, body);
        expect([path, answer.status]).toEqual([path, status]);
        const read = JSON.stringify(answer.body);
        expect(read).not.toContain(secret);
        for (const known of [ids.conversation, ids.made, ids.request]) expect(read).not.toContain(`"${known}"`);
      }
    };

    it('open nothing of another workspace', async () => {
      const before = await elsewhere();
      await tryAll(foreign, SECRET);
      expect(await elsewhere()).toEqual(before);
    });

    it('open nothing of another bot', async () => {
      const before = await here();
      // Desks and expertise are everybody's.
      await tryAll(others, 'Zanzibar', (status) => status !== 422);
      expect(await here()).toEqual(before);
    });
  });

  let triggers = 0;
  const common = () => ({
    team: { id: world.slack.teamId, domain: 'northwind' },
    user: { id: world.slack.person('maya'), team_id: world.slack.teamId },
    api_app_id: world.slack.app.id,
    trigger_id: `trigger.${++triggers}`,
  });
  const click = (actionId: string, value: string, where: object) => ({
    ...common(),
    type: 'block_actions',
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', action_ts: '1.1', value }],
    ...where,
  });

  /** As Slack would send it, had somebody written the id into a message or form of Beckon. */
  function forged(kind: string, name: string, id: string): object[] {
    const view = viewWith(kind === 'view' ? name : 'x', metadataOf(id));
    if (kind === 'view') return [{ ...common(), type: 'view_submission', view, response_urls: [] }];
    if (kind === 'options') {
      return [{ ...common(), type: 'block_suggestion', view, action_id: name, block_id: 'b', value: SECRET }];
    }
    const channel = { id: world.slack.channel('support-help'), name: 'x' };
    const message = { type: 'message', ts: '1.1', text: 'x' };
    const container = { type: 'message', message_ts: '1.1', channel_id: channel.id, is_ephemeral: false };
    if (id !== foreign.conversation && id !== foreign.request)
      return [click(name, id, { container, channel, message })];
    return [
      click(name, id, { container, channel, message }),
      click(name, metadataOf(id), { container: { type: 'view', view_id: view.id }, view }),
    ];
  }

  const knock = (payload: object) =>
    sendForm(world.requestUrl, { payload: JSON.stringify(payload) }, { secret: secrets.signingSecret });

  it('open nothing in Slack, on any button, list or form, to an administrator', async () => {
    const before = await elsewhere();
    const doors = (await doorsOfSlack()).filter(({ kind }) => ['action', 'view', 'options'].includes(kind));
    expect(doors.length).toBeGreaterThan(100);
    for (const { kind, id: name } of doors) {
      const answers = await Promise.all(
        Object.values(foreign)
          .flatMap((id) => forged(kind, name, id))
          .map(knock),
      );
      for (const { status, body } of answers) {
        expect([name, status]).toEqual([name, 200]);
        expect(body).not.toContain(SECRET);
      }
    }
    await world.beckon.answered();
    await world.slack.idle();
    const told = world.slack.calls().filter(({ args }) => JSON.stringify(args).includes(SECRET));
    expect(told).toEqual([]);
    expect(await elsewhere()).toEqual(before);
  });
});
