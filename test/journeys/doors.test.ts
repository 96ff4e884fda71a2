/** Every door × every kind of customer: nothing internal is readable, and nothing is changed. The doors are those the code opens. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Somebody } from '../../sandbox/driver.ts';
import { commandsTyped, doorsOfSlack, type Door, type Kind } from '../support/doors.ts';
import { sendForm } from '../support/requests.ts';
import { secrets } from '../support/world.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { askForHelp, directMessages, everybody, setUp } from './story.ts';

jest.setTimeout(120_000);

const NOTE = 'Zanzibar invoice';
const INTERNAL =
  /Zanzibar|Billing|Looking for help|In progress|Waiting for customer|star:|Not now|Open panel|It is yours|Choose a desk|administrator/i;
const REFUSED =
  /Beckon is a tool of the support team here, so this is not open to guests or people from other organizations\. Write in the channel and the team will answer you\./;

/** Doors nobody can answer a person through: Slack tells of what happened, or a workflow of the team runs. Each has its own tests. */
const SILENT: ReadonlySet<Kind> = new Set(['event', 'function']);
/** So many are at the doors at the same moment. */
const AT_ONCE = 16;
const MESSAGE_SHORTCUTS = ['live_chat', 'ask_for_help_here'];

/** A request as Slack sends it, and the path of its own it is to be answered at. */
type Knock = { at: string; fields: Record<string, string> };

describeWorlds('the doors of Beckon', { how: { mode: 'http' }, once: true }, (on) => {
  let { db, world } = {} as Standing;
  let answers: Server;
  /** What was answered beside a knock, by the path of its own that it was told to answer at. */
  let answered: Map<string, string[]>;
  let triggers = 0;
  const customers = new Map<string, { who: Somebody; teamId: string }>();
  /** Ids of things there are: a request, its conversation, an expertise. */
  let values: string[];
  let cardTs: string;

  beforeAll(async () => {
    ({ db, world } = on());
    await setUp(world);
    const card = await askForHelp(world, NOTE);
    const { gus, olga, chloe, maya } = await everybody(world, 'gus', 'olga', 'chloe', 'maya');
    await maya.send('setPerson', { user: chloe.id, role: 'guest' });
    await world.settle();
    for (const [kind, who] of Object.entries({ 'a guest': gus, 'somebody made a guest': chloe })) {
      customers.set(kind, { who, teamId: world.slack.teamId });
    }
    customers.set('an outsider', { who: olga, teamId: 'TGLOBEX' });
    const ids = await Promise.all(
      ['help_requests', 'conversations', 'expertise'].map((table) => db(table).pluck<string[]>('id')),
    );
    values = ids.flat();
    cardTs = card.ts;
    answered = new Map();
    answers = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const path = request.url ?? '';
        answered.set(path, [...(answered.get(path) ?? []), body]);
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => {
      answers.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => answers.close(resolve));
  });

  const TABLES = ['conversations', 'help_requests', 'seats', 'calls', 'expertise', 'agents', 'desk_agents', 'desks'];
  const state = () => Promise.all(TABLES.map((table) => db(table).orderByRaw('1, 2').select()));

  /** What somebody finds in their direct messages with Beckon. Slack lets nobody of another organization have any. */
  async function readDirectly(who: Somebody): Promise<string[]> {
    const { app, channels } = await who.snapshot();
    const isOutsider = who.id === customers.get('an outsider')?.who.id;
    if (isOutsider && channels.some(({ kind, withUser }) => kind === 'im' && withUser === app.botUserId)) {
      throw new Error('Beckon has opened a direct message to somebody of another organization');
    }
    if (isOutsider) {
      const said = await directMessages(who).catch((error: unknown) => (error instanceof Error ? error.message : ''));
      if (said !== 'This app is not available to you.') throw new Error(`an outsider reads ${String(said)}`);
      return [];
    }
    return (await directMessages(who)).filter((text) => !REFUSED.test(text));
  }

  /** What Slack would send if this customer came through a door, with everything they could put into it. */
  function payloadsOf({ kind, id }: Door, { who, teamId }: { who: Somebody; teamId: string }): Knock[] {
    const { port } = answers.address() as AddressInfo;
    const channel = { id: world.slack.channel('support-help'), name: 'support-help' };
    const person = { user: { id: who.id, team_id: teamId }, team: { id: teamId }, api_app_id: world.slack.app.id };
    const message = { type: 'message', ts: cardTs, text: 'Hello', user: who.id };
    const knock = (fields: (own: object) => Record<string, string>): Knock => {
      const at = `/${(triggers += 1)}`;
      const own = { trigger_id: `${triggers}.1.a`, response_url: `http://127.0.0.1:${port}${at}` };
      return { at, fields: fields(own) };
    };
    const payload = (more: object) =>
      knock((own) => ({ payload: JSON.stringify({ ...person, ...own, action_ts: '1.1', ...more }) }));
    const view = (value: string) => ({
      id: 'V1',
      type: 'modal',
      callback_id: id,
      title: { type: 'plain_text', text: 'A form' },
      blocks: [],
      private_metadata: JSON.stringify({ id: value, version: 1, conversationId: value, channelId: channel.id }),
      state: { values: {} },
      hash: '1.a',
    });
    switch (kind) {
      case 'command': {
        const typed = commandsTyped().filter((command) => command.split(' ')[0] === id);
        return [...typed, `${id} frobnicate`].map((command) =>
          knock((own) => ({
            ...own,
            command: id,
            text: command.split(' ').slice(1).join(' '),
            user_id: who.id,
            channel_id: channel.id,
            channel_name: channel.name,
            team_id: teamId,
            api_app_id: world.slack.app.id,
          })),
        );
      }
      case 'shortcut':
        return MESSAGE_SHORTCUTS.includes(id)
          ? [payload({ type: 'message_action', callback_id: id, message, channel })]
          : [payload({ type: 'shortcut', callback_id: id })];
      case 'action':
        return values.map((value) =>
          payload({
            type: 'block_actions',
            channel,
            message,
            container: { type: 'message', message_ts: message.ts, channel_id: channel.id },
            actions: [{ type: 'button', action_id: id, block_id: 'b', value, action_ts: '1.1' }],
          }),
        );
      case 'view':
        return values.map((value) => payload({ type: 'view_submission', view: view(value) }));
      case 'options':
        return ['', 'B', 'a'].map((value) =>
          payload({ type: 'block_suggestion', action_id: id, block_id: 'b', value, view: view(values[0] ?? '') }),
        );
      case 'event':
      case 'function':
        return [];
    }
  }

  it('are all knocked at: none is of a kind this table does not know', async () => {
    const doors = await doorsOfSlack();
    const [customer] = customers.values();
    if (customer === undefined) throw new Error('nobody to knock');
    const closed = doors.filter((door) => !SILENT.has(door.kind) && payloadsOf(door, customer).length === 0);
    expect(closed).toEqual([]);
    expect(new Set(doors.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(5);
    expect(doors.length).toBeGreaterThan(50);
  });

  it.each(['a guest', 'somebody made a guest', 'an outsider'])(
    'tell %s nothing but that they are not for them',
    async (kind) => {
      const customer = customers.get(kind);
      if (customer === undefined) throw new Error(kind);
      const before = await state();
      const knocks = (await doorsOfSlack()).flatMap((door) =>
        payloadsOf(door, customer).map((each) => ({ door, ...each })),
      );
      for (let first = 0; first < knocks.length; first += AT_ONCE) {
        const heard = await Promise.all(
          knocks.slice(first, first + AT_ONCE).map(async ({ door, at, fields }) => {
            const { status, body } = await sendForm(world.requestUrl, fields, { secret: secrets.signingSecret });
            return { door, at, status, body };
          }),
        );
        await world.beckon.answered();
        for (const { door, at, status, body } of heard) {
          const read = [body, ...(answered.get(at) ?? [])].filter((text) => text !== '' && text !== '{"options":[]}');
          const leaks = read.filter(
            (text) => INTERNAL.test(text.replace(REFUSED, '').replaceAll(door.id, '')) || !REFUSED.test(text),
          );
          expect({ door, status, leaks }).toEqual({ door, status: 200, leaks: [] });
        }
      }
      await world.settle();
      expect(await state()).toEqual(before);
      expect((await readDirectly(customer.who)).filter((text) => INTERNAL.test(text))).toEqual([]);
    },
  );
});
