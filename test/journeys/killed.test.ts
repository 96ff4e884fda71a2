/** Workflow steps while the process they run in is killed, again and again, at the worst moments. */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as breathe } from 'node:timers/promises';
import { connect, wordsOf, type Somebody, type Workspace } from '../../sandbox/driver.ts';
import { startSlack, type LocalSlack } from '../../sandbox/server/start.ts';
import { ownProcess } from '../support/own-process.ts';
import { shared, type SharedDatabase } from '../support/shared.ts';
import { manifestWithSteps, secrets } from '../support/world.ts';
import { plant, said } from './story.ts';

// Processes start from their sources here, on machines that have other things to do.
jest.setTimeout(180_000);

const WITHIN_MS = 60_000;
/** Slack does what it is asked at once and answers late: whoever asked dies in between. */
const LATE_MS = 400;

async function until<T>(what: string, look: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen) return seen;
    await breathe();
  }
  throw new Error(`in vain: ${what}`);
}

describe.each(shared)('a workflow whose app is killed, on $name', ({ open }) => {
  let database: SharedDatabase;
  let slack: LocalSlack;
  let workspace: Workspace;
  let ana: Somebody;
  let ben: Somebody;
  beforeAll(async () => {
    database = await open();
    slack = await startSlack({ ...secrets, manifest: manifestWithSteps });
    workspace = await connect(slack.url);
    [ana, ben] = await Promise.all([workspace.as('ana'), workspace.as('ben')]);
    await start();
    await plant(database.db, { slack });
  });
  afterEach(() => slack.setKnobs({}));
  afterAll(async () => {
    await kill();
    workspace.close();
    await slack.close();
    await database.close();
  });

  const { start, kill } = ownProcess(() => ({ SLACK_API_URL: slack.apiUrl, DATABASE_URL: database.url }));

  /** As if what the killed process had claimed had been claimed for long enough. */
  async function endLeases(): Promise<void> {
    const due = { due_at: new Date().toISOString() };
    await database.db('notices').whereIn('state', ['claimed', 'sending']).update(due);
    await database.db('inbox').where({ state: 'waiting' }).update(due);
    await database.db('timers').where('attempts', '>', 0).update(due);
  }

  const killedOnce = async (what: string, seen: () => unknown): Promise<void> => {
    await until(what, seen);
    await kill();
    await endLeases();
    slack.forgetCalls();
    await start();
  };
  const called = (method: string) => () => slack.calls().some((call) => call.method === method);
  const isQuiet = async () => {
    const left = await database.db('notices').whereIn('state', ['waiting', 'claimed', 'sending']);
    return left.length === 0;
  };
  const begun = async () => (await database.db('step_runs').where({ kind: 'ask_for_help' })).length === 2;
  const cards = async () => (await said(ben, 'support-help')).filter((card) => wordsOf(card).includes('Invoice 17'));
  const welcomes = async (channel: string) =>
    (await said(await workspace.as('maya'), channel)).filter((one) => wordsOf(one).includes('joined the conversation'));

  it('fails once all the same, in the same words', async () => {
    slack.setKnobs({ latencyMs: LATE_MS });
    const id = await ana.runStep('Ask for help and wait', { Channel: 'general' });
    await killedOnce('the workflow was told', called('functions.completeError'));
    expect(await ana.stepRun(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('/invite') });
    await until('it is known that it was told', isQuiet);
    expect(await database.db('notices').whereNot({ state: 'done' })).toEqual([]);
  });

  it('goes on once all the same, with who came', async () => {
    slack.setKnobs({ latencyMs: LATE_MS });
    const maya = await workspace.as('maya');
    const asking = await ana.runStep('Ask for help and wait', { Channel: 'acme-support', Note: 'Invoice 17' });
    const handing = await maya.runStep('Forward to operator', { Channel: 'globex-shared', Expertise: ['Billing'] });
    await killedOnce('one of them was begun', begun);
    await killedOnce('a card was posted', called('chat.postMessage'));
    await until('the card', async () => (await cards()).length > 0);
    await until(
      'Slack has been told of it',
      async () => (await database.db('help_requests').whereNot({ card_ts: '' })).length,
    );
    const [card] = await cards();
    if (card !== undefined) await ben.press('Join', card);
    await killedOnce('Ben was added', called('conversations.invite'));
    await killedOnce('a workflow was told', called('functions.completeSuccess'));
    const over = async () => {
      const runs = [await ana.stepRun(asking), await maya.stepRun(handing)];
      return runs.every(({ state }) => state !== 'running') ? runs : undefined;
    };
    const runs = await until('both workflows went on', over);
    expect(runs).toMatchObject([
      { state: 'completed', outputs: { found: true, helper: ben.id } },
      { state: 'completed', outputs: { found: true } },
    ]);
    await until('nothing is left to do', isQuiet);
    expect(await database.db('notices').whereNot({ state: 'done' })).toEqual([]);
    expect(await cards()).toHaveLength(1);
    expect(await welcomes('acme-support')).toHaveLength(1);
    expect(await welcomes('globex-shared')).toHaveLength(1);
    expect(await database.db('step_runs').orderBy('state').pluck('state')).toEqual([
      'completed',
      'completed',
      'failed',
    ]);
  });
});
