/** Journeys in which a conversation is forwarded, in a world of its own for every test. */
import { beforeEach, expect } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Message } from '../../sandbox/protocol.ts';
import { everybody, said, setUp } from '../journeys/story.ts';
import { describeWorlds, type Standing } from './worlds.ts';

/** Of the test that runs. */
export const at = {} as Standing;

export function describeForwarding(name: string, suite: () => void): void {
  describeWorlds(name, { how: { sqlite: { mode: 'socket' }, postgres: { mode: 'http' } } }, (on) => {
    beforeEach(async () => {
      Object.assign(at, on());
      await setUp(at.world);
    });
    suite();
  });
}

export const NOTE = 'Note for the agent — only your team sees this';

/** The message that offers somebody their turn. */
export const offer = async (who: Somebody): Promise<Message> => {
  const message = (await who.read('@beckon')).findLast((each) => wordsOf(each).includes('is yours'));
  if (message === undefined) throw new Error(`nothing is ${who.name}’s`);
  return message;
};

export const minutes = async (passed: number): Promise<void> => {
  at.world.clock.advance({ minutes: passed });
  await at.world.settle();
};
export const presence = async (handles: readonly string[], now: 'active' | 'away'): Promise<void> => {
  const { maya } = await everybody(at.world, 'maya');
  for (const handle of handles) await maya.send('setPerson', { user: (await at.world.as(handle)).id, presence: now });
  await at.world.settle();
};
/** What the customer has read from Beckon, without who came and went. */
export const customerRead = async (): Promise<string[]> => {
  const { gus } = await everybody(at.world, 'gus');
  return (await said(gus, 'acme-support')).map(wordsOf).filter((text) => /joined the conv|right person/.test(text));
};
/** What looks for help. */
export const cards = async (): Promise<string[]> => {
  const { ben } = await everybody(at.world, 'ben');
  return (await said(ben, 'support-help')).map(wordsOf).filter((text) => text.includes('looking for help'));
};
/** Ana opens the form in the customer's channel. */
export const openForm = async (): Promise<Somebody> => {
  const { ana } = await everybody(at.world, 'ana');
  await ana.command('acme-support', '/livechat open');
  await ana.command('acme-support', '/livechat forward');
  return ana;
};
/** Ana forwards it; answers who got it, by what the form said, and who else there is. */
export const forwardIt = async (note = '') => {
  const ana = await openForm();
  await ana.choose('Expertise', ['Billing'], 'modal');
  expect(await ana.submit(note === '' ? {} : { [NOTE]: note })).toEqual({});
  const answer = wordsOf(await ana.modal());
  await ana.closeModal();
  await at.world.settle();
  const { ben, chloe } = await everybody(at.world, 'ben', 'chloe');
  const [first, second] = answer.includes(`<@${ben.id}> gets`) ? [ben, chloe] : [chloe, ben];
  return { ana, answer, first, second };
};
