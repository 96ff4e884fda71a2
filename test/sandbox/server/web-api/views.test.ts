import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { LocalSlack } from '../../../../sandbox/server/start.ts';
import {
  call,
  errorOf,
  latestForm,
  latestPayload,
  type Listener,
  page,
  platformError,
  startListener,
  startTestSlack,
  webClient,
} from '../support.ts';

let slack: LocalSlack;
let listener: Listener;
let web: WebClient;
let ana: string;
let clock: number;
beforeEach(async () => {
  clock = 1_764_000_000_000;
  listener = await startListener();
  slack = await startTestSlack({ now: () => clock, requestUrl: listener.url });
  web = webClient(slack);
  ana = slack.person('ana');
});
afterEach(async () => {
  await slack.close();
  await listener.close();
});

const input = {
  type: 'input',
  block_id: 'note',
  label: { type: 'plain_text', text: 'Note' },
  element: { type: 'plain_text_input', action_id: 'text' },
};

function modal(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'modal',
    callback_id: 'ask',
    title: { type: 'plain_text', text: 'Ask' },
    submit: { type: 'plain_text', text: 'Send' },
    blocks: [input],
    ...more,
  };
}

/** The trigger of a command Ana just ran. */
async function trigger(): Promise<string> {
  await page(slack, 'command', { as: ana, channel: slack.channel('acme-support'), text: '/expertise' });
  return latestForm(listener)['trigger_id'] ?? '';
}

type Opened = { id: string; hash: string; root_view_id: string; previous_view_id: string | null };

async function open(more: Record<string, unknown> = {}): Promise<Opened> {
  const answer = await call(web, 'views.open', { trigger_id: await trigger(), view: modal(more) });
  return answer['view'] as Opened;
}

/** The trigger of a submission of a view, which stays open because the app says so. */
async function triggerInside(viewId: string): Promise<string> {
  listener.answer(200, JSON.stringify({ response_action: 'errors', errors: { note: 'Wait.' } }), {
    'content-type': 'application/json',
  });
  const state = { note: { text: { type: 'plain_text_input', value: 'x' } } };
  await page(slack, 'submit', { as: ana, viewId, state });
  listener.answer(200);
  return String(latestPayload(listener)['trigger_id']);
}

const push = async (below: string) =>
  call(web, 'views.push', { trigger_id: await triggerInside(below), view: modal() });

async function openModals(): Promise<{ id: string; title: string }[]> {
  const answer = await fetch(`${slack.url}/client/snapshot?as=${ana}`);
  return ((await answer.json()) as { modals: { id: string; title: string }[] }).modals;
}

describe('triggers', () => {
  it('work for three seconds', async () => {
    const id = await trigger();
    clock += 3001;
    expect(await errorOf(call(web, 'views.open', { trigger_id: id, view: modal() }))).toBe('expired_trigger_id');
  });

  it('work once', async () => {
    const id = await trigger();
    clock += 3000;
    expect(await errorOf(call(web, 'views.open', { trigger_id: id, view: modal() }))).toBe('ok');
    expect(await errorOf(call(web, 'views.open', { trigger_id: id, view: modal() }))).toBe('exchanged_trigger_id');
  });

  it('must be Slack’s own', async () => {
    expect(await errorOf(call(web, 'views.open', { trigger_id: '1.2.3', view: modal() }))).toBe('invalid_trigger_id');
    expect(await errorOf(call(web, 'views.open', { view: modal() }))).toBe('invalid_arguments');
  });

  it('are not used up by a view that is refused', async () => {
    const id = await trigger();
    expect(await errorOf(call(web, 'views.open', { trigger_id: id, view: modal({ title: undefined }) }))).toBe(
      'invalid_arguments',
    );
    expect(await errorOf(call(web, 'views.open', { trigger_id: id, view: modal() }))).toBe('ok');
  });
});

describe('what a view must be', () => {
  it('is told in Slack’s words and place', async () => {
    const title = { type: 'plain_text', text: 'A title of over 24 characters' };
    const failure: unknown = await call(web, 'views.open', {
      trigger_id: await trigger(),
      view: modal({ title }),
    }).catch((error: unknown) => error);
    expect(platformError(failure)).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
  });

  it('needs a button to send where there are inputs', async () => {
    expect(await errorOf(open({ submit: undefined }))).toBe('invalid_arguments');
  });

  it('is not just any size', async () => {
    expect(await errorOf(open({ private_metadata: 'x'.repeat(300_000) }))).toBe('view_too_large');
  });
});

describe('the stack', () => {
  it('holds three views', async () => {
    const first = await open();
    const second = (await push(first.id))['view'] as Opened;
    expect(second).toMatchObject({ root_view_id: first.id, previous_view_id: first.id });
    const third = (await push(second.id))['view'] as Opened;
    expect(third).toMatchObject({ root_view_id: first.id, previous_view_id: second.id });
    expect(await errorOf(push(third.id))).toBe('push_limit_reached');
    expect(await openModals()).toHaveLength(3);
  });

  it('takes a push only from a view that is open', async () => {
    expect(await errorOf(call(web, 'views.push', { trigger_id: await trigger(), view: modal() }))).toBe('not_found');
  });
});

describe('views.update', () => {
  it('changes the view under its id and keeps what is typed in fields that stay', async () => {
    const { id, hash } = await open();
    await triggerInside(id);
    const answer = await call(web, 'views.update', { view_id: id, hash, view: modal({ callback_id: 'next' }) });
    expect(answer['view']).toMatchObject({
      id,
      callback_id: 'next',
      state: { values: { note: { text: { value: 'x' } } } },
    });
  });

  it('refuses an outdated hash', async () => {
    const { id, hash } = await open();
    await call(web, 'views.update', { view_id: id, hash, view: modal() });
    expect(await errorOf(call(web, 'views.update', { view_id: id, hash, view: modal() }))).toBe('hash_conflict');
    expect(await errorOf(call(web, 'views.update', { view_id: id, view: modal() }))).toBe('ok');
  });

  it('finds a view by its id or external id, never both', async () => {
    const { id } = await open({ external_id: 'mine' });
    expect(
      await errorOf(call(web, 'views.update', { external_id: 'mine', view: modal({ external_id: 'mine' }) })),
    ).toBe('ok');
    expect(await errorOf(call(web, 'views.update', { external_id: 'mine', view_id: id, view: modal() }))).toBe(
      'invalid_arguments',
    );
    expect(await errorOf(call(web, 'views.update', { view_id: 'V404', view: modal() }))).toBe('not_found');
  });

  it('keeps external ids unique in the workspace', async () => {
    await call(web, 'views.publish', {
      user_id: slack.person('ben'),
      view: { type: 'home', external_id: 'taken', blocks: [{ type: 'divider' }] },
    });
    expect(await errorOf(open({ external_id: 'taken' }))).toBe('duplicate_external_id');
  });

  it('finds nothing once the view was closed', async () => {
    const { id } = await open();
    await page(slack, 'closeView', { as: ana, viewId: id });
    expect(await errorOf(call(web, 'views.update', { view_id: id, view: modal() }))).toBe('not_found');
  });
});

describe('submissions', () => {
  const state = { note: { text: { type: 'plain_text_input', value: 'Refund' } } };
  const json = { 'content-type': 'application/json' };

  it.each([
    ['nothing', 200, '', { ok: true }, []],
    ['clear', 200, { response_action: 'clear' }, { ok: true }, []],
    [
      'errors',
      200,
      { response_action: 'errors', errors: { note: 'Why?' } },
      { ok: true, errors: { note: 'Why?' } },
      ['Ask'],
    ],
    [
      'errors for a field that is not there',
      200,
      { response_action: 'errors', errors: { other: 'Why?' } },
      { ok: false },
      ['Ask'],
    ],
    [
      'an update',
      200,
      { response_action: 'update', view: modal({ title: { type: 'plain_text', text: 'Next' } }) },
      { ok: true },
      ['Next'],
    ],
    [
      'a push',
      200,
      { response_action: 'push', view: modal({ title: { type: 'plain_text', text: 'More' } }) },
      { ok: true },
      ['Ask', 'More'],
    ],
    [
      'a view that is wrong',
      200,
      { response_action: 'update', view: modal({ title: undefined }) },
      { ok: false },
      ['Ask'],
    ],
    ['a failure', 500, '', { ok: false, error: 'We had some trouble connecting. Try again?' }, ['Ask']],
  ])('answered with %s do what Slack does', async (_what, status, body, answer, titles) => {
    const { id } = await open();
    listener.answer(status, typeof body === 'string' ? body : JSON.stringify(body), json);
    expect(await page(slack, 'submit', { as: ana, viewId: id, state })).toMatchObject(answer);
    expect((await openModals()).map((view) => view.title)).toEqual(titles);
  });

  it('carry what was typed, the person and the view', async () => {
    const { id } = await open({ private_metadata: 'm' });
    await page(slack, 'submit', { as: ana, viewId: id, state });
    expect(latestPayload(listener)).toMatchObject({
      type: 'view_submission',
      user: { id: ana, username: 'ana', team_id: slack.teamId },
      view: {
        id,
        callback_id: 'ask',
        private_metadata: 'm',
        state: { values: state },
        app_installed_team_id: slack.teamId,
      },
      response_urls: [],
    });
  });

  it('never leave while a required field is empty', async () => {
    const { id } = await open();
    const before = listener.requests.length;
    expect(await page(slack, 'submit', { as: ana, viewId: id, state: {} })).toMatchObject({
      ok: true,
      errors: { note: expect.any(String) },
    });
    expect(listener.requests).toHaveLength(before);
  });

  it('keep the window open when the app takes over three seconds', async () => {
    const { id } = await open();
    listener.hang();
    expect(await page(slack, 'submit', { as: ana, viewId: id, state })).toEqual({
      ok: false,
      error: 'We had some trouble connecting. Try again?',
    });
    expect(await openModals()).toHaveLength(1);
  }, 10_000);
});

describe('closing', () => {
  it('tells the app where the view asked for it', async () => {
    const { id } = await open({ notify_on_close: true });
    await page(slack, 'closeView', { as: ana, viewId: id });
    await slack.idle();
    expect(latestPayload(listener)).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id } });
  });

  it('tells nobody else', async () => {
    const { id } = await open();
    const before = listener.requests.length;
    await page(slack, 'closeView', { as: ana, viewId: id });
    await slack.idle();
    expect(listener.requests).toHaveLength(before);
  });
});

const event = () => (JSON.parse(listener.requests.at(-1)?.body ?? '{}') as { event: Record<string, unknown> }).event;

describe('views.publish', () => {
  const home = { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Hi' } }] };

  it('keeps one Home a person under one id', async () => {
    const first = (await call(web, 'views.publish', { user_id: ana, view: home }))['view'] as Opened;
    const second = (await call(web, 'views.publish', { user_id: ana, hash: first.hash, view: home }))['view'] as Opened;
    expect(second.id).toBe(first.id);
    expect(await errorOf(call(web, 'views.publish', { user_id: ana, hash: first.hash, view: home }))).toBe(
      'hash_conflict',
    );
    expect(await errorOf(call(web, 'views.publish', { user_id: ana, view: modal() }))).toBe('invalid_arguments');
  });

  it('shows in the event of the next visit', async () => {
    await page(slack, 'home', { as: ana, tab: 'home' });
    await slack.idle();
    expect(event()).toMatchObject({ type: 'app_home_opened', user: ana, tab: 'home' });
    expect(event()['view']).toBeUndefined();
    const published = await call(web, 'views.publish', { user_id: ana, view: home });
    await page(slack, 'home', { as: ana, tab: 'home' });
    await slack.idle();
    expect(event()).toMatchObject({ view: { id: (published['view'] as Opened).id } });
  });
});
