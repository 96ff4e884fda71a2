/** What customers can read at any moment of a call for help: nothing internal, wherever they look and whatever they press. */
import { beforeAll, expect, it, jest } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message, View } from '../../sandbox/protocol.ts';
import { describeWorlds, type Standing } from '../support/worlds.ts';
import { cardIn, everybody, setUp } from './story.ts';

jest.setTimeout(60_000);

const NOTE = 'Zanzibar invoice, be careful';
/** Notes, expertise, statuses, cards: everything only the team may know. */
const INTERNAL =
  /Zanzibar|Sealing wax|Looking for help|In progress|Waiting for customer|is looking for|star:|Not now|Open panel|has been called|is yours|Why you|Who would get|passed it on/i;

const COMMANDS = [
  '/livechat',
  '/livechat help',
  '/livechat open',
  '/livechat status waiting',
  '/livechat ask',
  '/livechat forward',
  '/livechat why',
  '/livechat join',
  '/livechat close',
  '/livechat list',
  '/livechat desks',
  '/livechat frobnicate',
  '/expertise',
  '/expertise list',
  '/expertise who Sealing wax',
  '/expertise who Sealing wax in French',
  '/expertise me',
  '/expertise new Sneaky',
  '/expertise edit Sealing wax',
  '/expertise help',
];

type Shown = Message | View;

const buttonsOf = (shown: Shown): string[] =>
  (shown.blocks ?? [])
    .flatMap((block) => [...((block['elements'] as unknown[] | undefined) ?? []), block['accessory']])
    .filter(
      (element): element is { type: string; action_id: string } =>
        (element as { type?: string } | undefined)?.type === 'button',
    )
    .map((element) => element.action_id);

/** Everything somebody has before their eyes, in all channels, direct messages, Home and windows. */
async function everythingOf(customer: Somebody): Promise<Shown[]> {
  const { channels } = await customer.snapshot();
  const messages = await Promise.all(channels.map((channel) => customer.read(channel.id)));
  const threads = await Promise.all(
    messages
      .flat()
      .filter(({ replyCount = 0 }) => replyCount > 0)
      .map(({ channel, ts }) => customer.read(channel, { thread: ts })),
  );
  const home = await customer.home();
  return [...messages.flat(), ...threads.flat(), ...(await customer.modals()), ...(home === null ? [] : [home])];
}

describeWorlds('a customer', { once: true }, (on) => {
  let { db, world } = {} as Standing;
  beforeAll(async () => {
    ({ db, world } = on());
    await setUp(world, 'Sealing wax');
  });

  /** Looks everywhere, types every command, opens every shortcut, presses every button there is. */
  const nosy = async (customer: Somebody, channel: string): Promise<string[]> => {
    const read: string[] = [];
    const look = async (): Promise<void> => {
      read.push(...(await everythingOf(customer)).map(wordsOf));
      while ((await customer.modals()).length > 0) await customer.closeModal();
    };
    for (const command of COMMANDS) {
      // People of other organizations have no commands of this workspace.
      await customer.command(channel, command).catch((error: unknown) => read.push(String(error)));
      await look();
    }
    for (const shortcut of ['My preferences', 'Looking for help']) {
      await customer.shortcut(shortcut).catch(() => undefined);
      await look();
    }
    await customer.openHome().catch(() => undefined);
    await world.settle();
    await look();
    for (const shown of await everythingOf(customer)) {
      for (const button of buttonsOf(shown)) {
        await customer.press(button, shown).catch((error: unknown) => read.push(String(error)));
        await look();
      }
    }
    return read;
  };

  it('reads nothing internal after any step', async () => {
    const { ana, ben, gus, olga } = await everybody(world, 'ana', 'ben', 'gus', 'olga');
    const steps: [string, () => Promise<unknown>][] = [
      ['nothing happened', () => Promise.resolve()],
      ['it was opened', () => ana.command('acme-support', '/livechat open')],
      ['it waits', () => ana.command('acme-support', '/livechat status waiting')],
      [
        'it is forwarded',
        async () => {
          await ana.command('acme-support', '/livechat forward');
          await ana.choose('Expertise', ['Sealing wax'], 'modal');
          await ana.submit({ 'Note for the agent — only your team sees this': NOTE });
          await ana.closeModal();
        },
      ],
      [
        'help is asked for',
        async () => {
          await ana.command('acme-support', '/livechat ask');
          await ana.submit({ 'What should the helper know about?': ['Sealing wax'], Note: NOTE });
          await ana.closeModal();
        },
      ],
      ['somebody joins', async () => ben.press('Join', await cardIn(ben))],
      ['it is closed', () => ana.command('acme-support', '/livechat close')],
    ];
    for (const [step, act] of steps) {
      await act();
      await world.settle();
      for (const [customer, channel] of [
        [gus, 'acme-support'],
        [olga, 'globex-shared'],
      ] as const) {
        const leaks = (await nosy(customer, channel)).filter((text) => INTERNAL.test(text));
        expect({ step, who: customer.name, leaks }).toEqual({ step, who: customer.name, leaks: [] });
      }
    }
    expect(await db('expertise').pluck('name')).toEqual(['Sealing wax']);
    expect(await db('conversations').pluck('outcome')).toEqual(['escalated']);
  });
});
