import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import { connect, type Somebody, type Workspace, wordsOf } from '../../sandbox/driver.ts';
import type { LocalSlack } from '../../sandbox/server/start.ts';
import { type RunningApp, startBolt, startTestSlack } from './server/support.ts';

/** An app small enough to read: a form behind a command, a Home, a card with a button and a menu. */
function register(app: App, seen: unknown[]): void {
  app.command('/expertise', async ({ ack, body, client, command }) => {
    if (command.text === 'quiet') return ack();
    if (command.text !== 'ask') return ack(`You said “${command.text}”`);
    await client.views.open({ trigger_id: body.trigger_id, view: askView });
    return ack();
  });
  app.view('ask', async ({ ack, view }) => {
    const note = view.state.values['note']?.['text']?.value;
    if (note === 'no') return ack({ response_action: 'errors', errors: { note: 'Say more.' } });
    seen.push(view.state.values);
    return ack();
  });
  app.options('topics', async ({ ack, payload }) => {
    await ack({ options: [{ text: { type: 'plain_text', text: `${payload.value}!` }, value: payload.value }] });
  });
  app.action('join', async ({ ack, respond, body }) => {
    await ack();
    await respond({ text: `Welcome <@${body.user.id}>`, replace_original: true });
  });
  app.action('status', async ({ ack, action }) => {
    await ack();
    seen.push(action);
  });
  app.event('app_home_opened', async ({ client, event }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Looking for help*' } }] },
    });
  });
  app.shortcut('livechat', async ({ ack, shortcut }) => {
    await ack();
    if (shortcut.type === 'message_action') seen.push(shortcut.message.text);
  });
}

const askView = {
  type: 'modal' as const,
  callback_id: 'ask',
  title: { type: 'plain_text' as const, text: 'Ask for help' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'note',
      label: { type: 'plain_text' as const, text: 'Note' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
    {
      type: 'input' as const,
      block_id: 'who',
      optional: true,
      label: { type: 'plain_text' as const, text: 'Operators' },
      element: { type: 'multi_users_select' as const, action_id: 'users' },
    },
    {
      type: 'input' as const,
      block_id: 'topic',
      optional: true,
      label: { type: 'plain_text' as const, text: 'Expertise' },
      element: { type: 'multi_external_select' as const, action_id: 'topics', min_query_length: 0 },
    },
  ],
};

const card = [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Help wanted' } },
  {
    type: 'actions' as const,
    elements: [
      { type: 'button' as const, action_id: 'join', text: { type: 'plain_text' as const, text: 'Join' }, value: '7' },
      {
        type: 'static_select' as const,
        action_id: 'status',
        placeholder: { type: 'plain_text' as const, text: 'Status' },
        options: ['Open', 'Closed'].map((text) => ({ text: { type: 'plain_text' as const, text }, value: text })),
      },
    ],
  },
];

describe.each(['http', 'socket'] as const)('a person at the local workspace, the app on %s', (mode) => {
  let slack: LocalSlack;
  let bolt: RunningApp;
  let workspace: Workspace;
  let ana: Somebody;
  let seen: unknown[];

  beforeEach(async () => {
    seen = [];
    slack = await startTestSlack();
    bolt = await startBolt(slack, mode, (app) => register(app, seen));
    workspace = await connect(slack.url);
    ana = await workspace.as('ana');
  });
  afterEach(async () => {
    workspace.close();
    await bolt.stop();
    await slack.close();
  });

  it('reads what only they see after a command', async () => {
    await ana.command('acme-support', '/expertise who @ben in #general');
    const last = (await ana.read('acme-support')).at(-1);
    expect(last).toMatchObject({ ephemeral: true });
    expect(last?.text).toBe(`You said “who <@${slack.person('ben')}|ben> in <#${slack.channel('general')}|general>”`);
    const gus = await workspace.as('gus');
    expect((await gus.read('acme-support')).at(-1)?.text).toContain('invoices 2041');
  });

  it('fills a form in by its labels, is told what is wrong, and sends it', async () => {
    await ana.command('acme-support', '/expertise ask');
    expect(wordsOf(await ana.modal())).toContain('Ask for help');
    expect(await ana.submit()).toEqual({ note: 'Please complete this required field.' });
    expect(await ana.submit({ Note: 'no' })).toEqual({ note: 'Say more.' });
    expect(await ana.submit({ Note: 'Refund', Operators: ['ben', 'emi'], Expertise: 'billing' })).toEqual({});
    expect(await ana.modals()).toEqual([]);
    expect(seen).toEqual([
      {
        note: { text: { type: 'plain_text_input', value: 'Refund' } },
        who: { users: { type: 'multi_users_select', selected_users: [slack.person('ben'), slack.person('emi')] } },
        topic: {
          topics: {
            type: 'multi_external_select',
            selected_options: [{ text: { type: 'plain_text', text: 'billing!' }, value: 'billing' }],
          },
        },
      },
    ]);
  });

  it('presses a button by its words and sees the message change', async () => {
    await bolt.app.client.chat.postMessage({ channel: slack.channel('support-help'), text: 'Help', blocks: card });
    const help = (await ana.read('support-help')).at(-1);
    if (help === undefined) throw new Error('no card');
    await ana.press('Join', help);
    const changed = await ana.until(() => ana.events().find((event) => event.type === 'message_changed'));
    expect(changed).toMatchObject({ message: { text: `Welcome <@${ana.id}>`, edited: true } });
    expect((await ana.read('support-help')).at(-1)?.blocks).toBeUndefined();
  });

  it('chooses in a menu of a message', async () => {
    await bolt.app.client.chat.postMessage({ channel: slack.channel('support-help'), text: 'Help', blocks: card });
    const help = (await ana.read('support-help')).at(-1);
    if (help === undefined) throw new Error('no card');
    await ana.choose('Status', 'Closed', help);
    expect(seen).toMatchObject([{ type: 'static_select', selected_option: { value: 'Closed' } }]);
  });

  it('sees Home once the app has published it', async () => {
    expect(await ana.home()).toBeNull();
    await ana.openHome();
    const home = await ana.until(() => ana.home());
    expect(wordsOf(home)).toContain('Looking for help');
  });

  it('uses a message shortcut by its name', async () => {
    const [greeting] = await ana.read('acme-support');
    await ana.shortcut('Live chat', greeting);
    expect(seen).toEqual(['Welcome, Gus! Ask us anything here.']);
  });

  it('is told what there is when a name fits nothing', async () => {
    await ana.command('acme-support', '/expertise ask');
    await expect(ana.submit({ Remark: 'x' })).rejects.toThrow(/nothing called “Remark”.*“Note”/);
  });
});
