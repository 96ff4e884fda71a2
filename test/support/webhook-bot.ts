/** A bot with a webhook, in a world of its own for every test. */
import { afterEach, beforeEach, expect } from '@jest/globals';
import { wordsOf } from '../../sandbox/driver.ts';
import { insertToken } from '../../src/store/tokens.ts';
import { openConversations, plant } from '../journeys/story.ts';
import { startEndpoint, type Endpoint, type Got } from './endpoint.ts';
import { describeWorlds, type Standing } from './worlds.ts';

/** Of the test that runs. */
export const at = {} as Standing & { endpoint: Endpoint };

export function describeWebhooks(name: string, suite: () => void): void {
  describeWorlds(name, {}, (on) => {
    beforeEach(async () => {
      const { db, world } = on();
      Object.assign(at, { db, world, endpoint: await startEndpoint() } satisfies typeof at);
      await plant(db, world);
      await (await world.as('maya')).openHome();
      const token = { id: 'bot', workspaceId: world.slack.teamId, name: 'Website bot', secret: 'beckon_x' };
      await insertToken(db, { ...token, speaksAs: '', madeBy: 'U1', now: world.clock.now() });
      await world.settle();
    });
    afterEach(() => at.endpoint.close());
    suite();
  });
}

export const openForm = async () => {
  const maya = await at.world.as('maya');
  await maya.command('general', '/livechat tokens');
  await maya.press('Webhook…', 'modal');
  return maya;
};
export const formSays = async (): Promise<string> => {
  const maya = await openForm();
  const says = wordsOf(await maya.modal());
  await maya.closeModal();
  await maya.closeModal();
  return says;
};

/** Maya gives the token the endpoint's address; answers the secret she is shown. */
export const setWebhook = async (): Promise<string> => {
  const maya = await openForm();
  expect(await maya.submit({ URL: at.endpoint.url })).toEqual({});
  const secret = /whsec_[\w+/=]+/.exec(wordsOf(await maya.modal()))?.[0] ?? '';
  await maya.closeModal();
  await maya.closeModal();
  return secret;
};

/** Ana opens a conversation with Gus, as the bot would have. */
export const openAsBot = async (): Promise<string> => {
  const ana = await at.world.as('ana');
  await ana.command('acme-support', '/livechat open');
  await at.world.settle();
  const [conversation] = await openConversations(at.db);
  const id = conversation?.id ?? '';
  await at.db('conversations').where({ id }).update({ token_id: 'bot', reference: 'visitor-17', is_made: 1 });
  return id;
};
export const types = () => at.endpoint.got.map(({ json }) => json.type);
export const last = (): Got | undefined => at.endpoint.got.at(-1);
export const stored = async (): Promise<string> => JSON.stringify(await at.db('notices').select('*'));
