import { afterEach, describe, expect, it } from '@jest/globals';
import type { LocalSlack } from '../../../sandbox/server/start.ts';
import { type RunningApp, startBolt, startTestSlack, webClient } from './support.ts';

let slack: LocalSlack;
let bolt: RunningApp | undefined;

async function client(name: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const response = await fetch(`${slack.url}/client/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  await slack.close();
});

describe.each(['http', 'socket'] as const)('an app over %s', (mode) => {
  it('gets commands, opens a modal and reads what was submitted', async () => {
    slack = await startTestSlack();
    const seen: unknown[] = [];
    bolt = await startBolt(slack, mode, (app) => {
      app.command('/expertise', async ({ ack, body, client: web }) => {
        await ack('looking');
        await web.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'ask',
            title: { type: 'plain_text', text: 'Ask' },
            submit: { type: 'plain_text', text: 'Send' },
            blocks: [
              {
                type: 'input',
                block_id: 'note',
                label: { type: 'plain_text', text: 'Note' },
                element: { type: 'plain_text_input', action_id: 'text' },
              },
            ],
          },
        });
      });
      app.view('ask', async ({ ack, view }) => {
        await ack();
        seen.push(view.state.values['note']?.['text']?.value);
      });
      app.message(async ({ message }) => {
        seen.push((message as { text?: string }).text);
      });
    });
    const ana = slack.person('ana');
    const channel = slack.channel('acme-support');
    expect(await client('message', { as: ana, channel, text: 'hello @gus' })).toMatchObject({ ok: true });
    expect(await client('command', { as: ana, channel, text: '/expertise list' })).toEqual({ ok: true });
    await slack.idle();
    const wait = Date.now() + 3000;
    let modals: { id: string }[] = [];
    while (modals.length === 0 && Date.now() < wait) {
      const snapshot = (await (await fetch(`${slack.url}/client/snapshot?as=${ana}`)).json()) as {
        modals: { id: string }[];
      };
      ({ modals } = snapshot);
    }
    expect(modals).toHaveLength(1);
    const viewId = modals[0]?.id;
    expect(await client('submit', { as: ana, viewId, state: {} })).toMatchObject({
      errors: { note: expect.any(String) },
    });
    const state = { note: { text: { type: 'plain_text_input', value: 'hi' } } };
    expect(await client('submit', { as: ana, viewId, state })).toEqual({ ok: true });
    expect(seen).toContain('hi');
    expect(seen).toContain(`hello <@${slack.person('gus')}>`);
    const web = webClient(slack);
    expect(await web.chat.postMessage({ channel, text: 'x' })).toMatchObject({ ok: true });
  });
});
