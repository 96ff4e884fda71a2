import { afterEach, describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import { connect, type Somebody, type Workspace } from '../../../sandbox/driver.ts';
import { type Manifest, manifestSchema } from '../../../sandbox/server/manifest.ts';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import {
  call,
  errorOf,
  eventsOf,
  makeManifest,
  page,
  platformError,
  type RunningApp,
  startBolt,
  startListener,
  startTestSlack,
  webClient,
} from './support.ts';

const parameter = (name: string, type: string, more: object = {}) => ({
  name,
  type,
  title: name,
  description: '',
  ...more,
});
const dynamic = { dynamic_options: { function: '#/functions/list', inputs: { query: { value: '{{client.query}}' } } } };

const functions = {
  ask: {
    title: 'Ask and wait',
    description: 'Asks',
    input_parameters: {
      channel: parameter('channel', 'slack#/types/channel_id', { is_required: true }),
      areas: parameter('areas', 'array', { items: { type: 'string' }, ...dynamic }),
      minutes: parameter('minutes', 'integer'),
    },
    output_parameters: {
      found: parameter('found', 'boolean', { is_required: true }),
      helper: parameter('helper', 'slack#/types/user_id'),
    },
  },
  list: {
    title: 'List',
    description: 'Lists',
    input_parameters: { query: parameter('query', 'string') },
    output_parameters: { options: parameter('options', 'slack#/types/options_select', { is_required: true }) },
  },
};

function stepsManifest(changes: object = {}, events = ['function_executed']): Manifest {
  return manifestSchema.parse({
    ...makeManifest(),
    settings: { event_subscriptions: { bot_events: events }, org_deploy_enabled: true, function_runtime: 'remote' },
    functions,
    ...changes,
  });
}

const running: { slack?: LocalSlack; workspace?: Workspace; app?: RunningApp } = {};
let clock = 1_800_000_000_000;

async function begin(manifest = stepsManifest()): Promise<{ slack: LocalSlack; ana: Somebody }> {
  const slack = await startTestSlack({ manifest, now: () => clock });
  const workspace = await connect(slack.url);
  Object.assign(running, { slack, workspace });
  return { slack, ana: await workspace.as('ana') };
}

async function withBolt(slack: LocalSlack, mode: 'http' | 'socket', register: (app: App) => void): Promise<void> {
  running.app = await startBolt(slack, mode, register);
  if (mode === 'socket') await slack.connected();
}

afterEach(async () => {
  running.workspace?.close();
  await running.app?.stop();
  await running.slack?.close();
  for (const key of ['slack', 'workspace', 'app'] as const) Reflect.deleteProperty(running, key);
});

/** The execution id and token the app was handed. */
async function handedOver(slack: LocalSlack, ana: Somebody): Promise<{ id: string; token: string; run: string }> {
  const listener = await startListener();
  slack.setRequestUrl(listener.url);
  const run = await ana.runStep('Ask and wait', { channel: 'acme-support' });
  await slack.idle();
  const [event] = eventsOf(listener);
  await listener.close();
  return { id: String(event?.['function_execution_id']), token: String(event?.['bot_access_token']), run };
}

const faulty = (changes: object): string =>
  manifestSchema.safeParse({ ...stepsManifest(), ...changes }).error?.message ?? '';

describe('a manifest with steps', () => {
  it.each([
    ['without a remote runtime', { settings: { org_deploy_enabled: true } }, 'function_runtime must be'],
    ['without org-wide deployment', { settings: { function_runtime: 'remote' } }, 'org_deploy_enabled must be'],
    ['with options from a function that is not there', { functions: { ask: functions.ask } }, 'there is no function'],
    [
      'with options from a function that gives none',
      { functions: { ...functions, list: { ...functions.list, output_parameters: {} } } },
      'has no output',
    ],
    [
      'with a type Slack does not know',
      { functions: { list: { ...functions.list, input_parameters: { query: parameter('query', 'text') } } } },
      'Invalid option',
    ],
  ])('is refused %s', (_what, changes, words) => {
    expect(faulty(changes)).toContain(words);
  });

  it('needs none of it where there are no steps', () => {
    expect(faulty({ functions: undefined, settings: {} })).toBe('');
  });
});

describe('the steps somebody is offered', () => {
  it('are those that do something; guests, outsiders and bots build no workflows', async () => {
    const { ana } = await begin();
    expect((await ana.snapshot()).steps.map((step) => step.title)).toEqual(['Ask and wait']);
    for (const handle of ['gus', 'olga']) {
      const visitor = await running.workspace?.as(handle);
      expect((await visitor?.snapshot())?.steps).toEqual([]);
      await expect(visitor?.send('runStep', { callbackId: 'ask', inputs: {} })).rejects.toThrow('not available');
    }
  });

  it('run only with what they require, of the right type', async () => {
    const { ana } = await begin();
    await expect(ana.runStep('Ask and wait')).rejects.toThrow('Missing required property: channel');
    await expect(ana.runStep('Ask and wait', { channel: 'acme-support', minutes: 'soon' })).rejects.toThrow('integer');
    await expect(ana.send('runStep', { callbackId: 'ask', inputs: { channel: 'C0NONE' } })).rejects.toThrow(
      'channel_id',
    );
  });
});

describe.each(['http', 'socket'] as const)('a run over %s', (mode) => {
  it('reaches the app with its inputs and ends with the outputs the app gives', async () => {
    const { slack, ana } = await begin();
    let heard: object = {};
    await withBolt(slack, mode, (app) => {
      app.function('ask', async ({ inputs, complete }) => {
        heard = inputs;
        await complete({ outputs: { found: true, helper: ana.id } });
      });
    });
    const id = await ana.runStep('Ask and wait', { channel: 'acme-support', minutes: 5 });
    const run = await ana.until(async () => {
      const now = await ana.stepRun(id);
      return now.state === 'running' ? undefined : now;
    });
    expect(heard).toEqual({ channel: slack.channel('acme-support'), minutes: 5 });
    expect(run).toMatchObject({ state: 'completed', outputs: { found: true, helper: ana.id }, error: '' });
  });

  it('offers the options the app completes before it acknowledges', async () => {
    const { slack, ana } = await begin();
    await withBolt(slack, mode, (app) => {
      app.function('list', { autoAcknowledge: false }, async ({ inputs, complete, ack }) => {
        const name = `Billing ${String(inputs['query'])}`;
        await complete({ outputs: { options: [{ text: { type: 'plain_text', text: name }, value: 'b' }] } });
        await ack();
      });
    });
    expect(await ana.stepOptions('Ask and wait', 'areas', 'x')).toEqual(['Billing x']);
  });

  it('offers nothing where the app acknowledges first', async () => {
    const { slack, ana } = await begin();
    await withBolt(slack, mode, (app) => app.function('list', async () => undefined));
    await expect(ana.stepOptions('Ask and wait', 'areas')).rejects.toThrow('no options when the app acknowledged');
  });
});

describe('ending a run', () => {
  it('refuses an execution that never was, one that has ended, and outputs the manifest does not know', async () => {
    const { slack, ana } = await begin();
    const { id, run } = await handedOver(slack, ana);
    const web = webClient(slack);
    const complete = (outputs: object, of = id) =>
      call(web, 'functions.completeSuccess', { function_execution_id: of, outputs: JSON.stringify(outputs) });
    expect(await errorOf(complete({ found: true }, 'Fx0NONE'))).toBe('function_execution_not_found');
    for (const outputs of [{}, { found: 'yes' }, { found: true, helper: 'U0NOBODY' }, { found: true, more: 1 }]) {
      expect(await errorOf(complete(outputs))).toBe('parameter_validation_failed');
    }
    expect(await errorOf(call(web, 'functions.completeSuccess', { function_execution_id: id }))).toBe(
      'invalid_arguments',
    );
    expect((await ana.stepRun(run)).state).toBe('running');
    await complete({ found: false });
    expect(await errorOf(complete({ found: true }))).toBe('execution_not_in_running_state');
    expect(await ana.stepRun(run)).toMatchObject({ state: 'completed', outputs: { found: false } });
  });

  it('says what is wrong with the outputs', async () => {
    const { slack, ana } = await begin();
    const { id } = await handedOver(slack, ana);
    const args = { function_execution_id: id, outputs: '{}' };
    const refused: unknown = await call(webClient(slack), 'functions.completeSuccess', args).catch(
      (error: unknown) => error,
    );
    expect(platformError(refused).response_metadata?.messages).toEqual([
      '[ERROR] Missing required property: found [json-pointer:/]',
    ]);
  });

  it('shows the words of an error', async () => {
    const { slack, ana } = await begin();
    const { id, run } = await handedOver(slack, ana);
    await call(webClient(slack), 'functions.completeError', {
      function_execution_id: id,
      error: 'Beckon is not there.',
    });
    expect(await ana.stepRun(run)).toMatchObject({ state: 'failed', error: 'Beckon is not there.' });
  });
});

describe('the token of a run', () => {
  it('ends its own run and no other, and is revoked by that', async () => {
    const { slack, ana } = await begin();
    const mine = await handedOver(slack, ana);
    const other = await handedOver(slack, ana);
    const web = webClient(slack, mine.token);
    const fail = (id: string) => call(web, 'functions.completeError', { function_execution_id: id, error: 'No.' });
    expect(await errorOf(fail(other.id))).toBe('access_denied');
    await fail(mine.id);
    expect(await errorOf(call(web, 'auth.test', {}))).toBe('token_revoked');
  });

  it('is good for fifteen minutes; the bot’s own for as long as the run takes', async () => {
    const { slack, ana } = await begin();
    const { id, token, run } = await handedOver(slack, ana);
    clock += 16 * 60_000;
    const args = { function_execution_id: id, error: 'No.' };
    expect(await errorOf(call(webClient(slack, token), 'functions.completeError', args))).toBe('token_expired');
    await call(webClient(slack), 'functions.completeError', args);
    expect((await ana.stepRun(run)).state).toBe('failed');
  });
});

describe('an app that does not hear', () => {
  it('of a run fails it once Slack has given up', async () => {
    const { slack, ana } = await begin();
    const listener = await startListener();
    listener.answer(500);
    slack.setRequestUrl(listener.url);
    const id = await ana.runStep('Ask and wait', { channel: 'acme-support' });
    await slack.idle();
    expect((await ana.stepRun(id)).state).toBe('running');
    for (const wait of [60_000, 300_000]) {
      clock += wait;
      slack.tick();
      await slack.idle();
    }
    await listener.close();
    expect(await ana.stepRun(id)).toMatchObject({ state: 'failed', error: 'The app did not respond.' });
  });

  it('because it never subscribed fails the run at once', async () => {
    const { ana } = await begin(stepsManifest({}, []));
    const id = await ana.runStep('Ask and wait', { channel: 'acme-support' });
    expect((await ana.stepRun(id)).error).toContain('not subscribed');
  });
});

it('is not asked for the options of an input that has none', async () => {
  const { slack, ana } = await begin();
  const asked = { as: ana.id, callbackId: 'ask', input: 'minutes', query: '', inputs: {} };
  expect(await page(slack, 'stepOptions', asked)).toMatchObject({ ok: false });
});
