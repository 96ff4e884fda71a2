/** What many journeys begin with, and what they look at. */
import { expect } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import type { Db } from '../../src/store/db.ts';
import { makeAgent, makeDesk, makeExpertise } from '../support/make.ts';
import type { World } from '../support/world.ts';

type Place = Parameters<Somebody['press']>[1];

export async function everybody<Name extends string>(world: World, ...names: Name[]): Promise<Record<Name, Somebody>> {
  const entries = await Promise.all(names.map(async (name) => [name, await world.as(name)] as const));
  return Object.fromEntries(entries) as Record<Name, Somebody>;
}

/** Maya sets the desk up: two experts of Billing (or another expertise), three agents and a help channel. */
export async function setUp(world: World, expertise = 'Billing'): Promise<void> {
  const maya = await world.as('maya');
  await maya.command('general', `/expertise new ${expertise}`);
  expect(await maya.submit({ Operators: ['ben', 'chloe'] })).toEqual({});
  await maya.command('general', '/livechat desks');
  await maya.press('Edit', 'modal');
  expect(await maya.submit({ 'Help channel': 'support-help', Agents: ['ana', 'ben', 'chloe'] })).toEqual({});
  await maya.closeModal();
  await world.settle();
}

/** The same as rows, for suites that are not about setting up. */
export async function plant(db: Db, { slack }: Pick<World, 'slack'>): Promise<void> {
  const workspaceId = slack.teamId;
  const [ana, ben, chloe] = ['ana', 'ben', 'chloe'].map((handle) => ({ id: slack.person(handle), handle }));
  const desk = await makeDesk(db, 'Support', { workspaceId, helpChannelId: slack.channel('support-help') });
  const billing = await makeExpertise(db, 'Billing', { workspaceId });
  for (const agent of [ana, ben, chloe]) {
    if (agent === undefined) continue;
    const expertise = agent === ana ? [] : [billing];
    await makeAgent(db, agent.id, { workspaceId, desks: [desk], expertise, person: { name: agent.handle } });
  }
}

/** Ana asks for help in #acme-support; answers the card. */
export async function askForHelp(world: World, note = 'Invoice 17'): Promise<Message> {
  const ana = await world.as('ana');
  await ana.command('acme-support', '/livechat ask');
  expect(await ana.submit({ 'What should the helper know about?': ['Billing'], Note: note })).toEqual({});
  await ana.closeModal();
  await world.settle();
  return cardIn(ana);
}

export async function cardIn(somebody: Somebody, channel = 'support-help'): Promise<Message> {
  const card = (await said(somebody, channel)).at(-1);
  if (card === undefined) throw new Error('there is no card');
  return card;
}

/** What stands in a channel for everybody, without who came and went. */
export const said = async (somebody: Somebody, channel: string): Promise<Message[]> =>
  (await somebody.read(channel)).filter((message) => message.ephemeral !== true && message.subtype === undefined);

/** What only this person reads there, newest last. */
export const whispered = async (somebody: Somebody, channel: string): Promise<string[]> =>
  (await somebody.read(channel)).filter((message) => message.ephemeral === true).map(wordsOf);

/** The one answer somebody gets to a command, only for them, in the channel they typed it in. */
export async function answerTo(somebody: Somebody, channel: string, command: string): Promise<string> {
  const before = (await whispered(somebody, channel)).length;
  await somebody.command(channel, command);
  const answers = (await whispered(somebody, channel)).slice(before);
  expect(answers).toHaveLength(1);
  return answers[0] ?? '';
}

/** The one answer beside the message whose button somebody presses. */
export async function answerToPress(somebody: Somebody, button: string, message: Message): Promise<string> {
  const before = (await whispered(somebody, message.channel)).length;
  await somebody.press(button, message as Place);
  const answers = (await whispered(somebody, message.channel)).slice(before);
  expect(answers).toHaveLength(1);
  return answers[0] ?? '';
}

/** Beckon's direct messages to somebody, oldest first. */
export async function directMessages(somebody: Somebody): Promise<string[]> {
  return (await somebody.read('@beckon')).map(wordsOf);
}

export const isMember = async (somebody: Somebody, channel: string): Promise<boolean> =>
  (await somebody.snapshot()).channels.find((each) => each.name === channel)?.member === true;

export const channelId = async (who: Somebody, name: string): Promise<string> => {
  const found = (await who.snapshot()).channels.find((channel) => channel.name === name);
  if (found === undefined) throw new Error(`no channel ${name}`);
  return found.id;
};

/** What somebody's Home says once everything under way has happened. */
export async function homeOf(world: World, who: Somebody): Promise<string> {
  await who.openHome();
  await world.settle();
  const home = await who.home();
  return home ? wordsOf(home) : '';
}

/** Maya makes a channel a support channel. */
export async function bindChannel(world: World, channel: string, mode: string, desk = 'Support'): Promise<void> {
  const maya = await world.as('maya');
  await maya.command('general', '/livechat desks');
  await maya.press('Support channels', 'modal');
  await maya.press('Add channel', 'modal');
  expect(await maya.submit({ Channel: channel, Desk: desk, 'How conversations begin': mode })).toEqual({});
  expect(wordsOf(await maya.modal())).toContain(mode.toLowerCase());
  await maya.closeModal();
  await maya.closeModal();
}

type ConversationRow = { id: string; channel_id: string; thread_ts: string; status: string; outcome: string };

/** What is open, as it is stored. */
export const openConversations = (db: Db): Promise<ConversationRow[]> =>
  db('conversations').whereNull('closed_at').orderBy('id').select<ConversationRow[]>('*');
