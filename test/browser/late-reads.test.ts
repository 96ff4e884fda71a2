/** What the page reads while something happens at the same moment: the answer may be from before it, and must not hide it. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { mounts } from '../../sandbox/client-mounts.ts';
import type { LocalSlack } from '../../sandbox/server/start.ts';
import { call, page, startTestSlack, webClient } from '../sandbox/server/support.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(60_000);

describeInBrowser('an answer that comes late', ({ newTab }) => {
  let slack: LocalSlack;
  let tab: Page;
  let unread = 0;
  const link = (name: string) => tab.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name });
  const say = (channel: string, text: string) =>
    page(slack, 'message', { as: slack.person('maya'), channel: slack.channel(channel), text });
  /** The next answer to this request reaches the page only after this has happened, and after the page has heard of it. */
  const duringNextRead = (path: string, happens: () => Promise<unknown>) =>
    tab.route(
      `**/client/${path}?*`,
      async (route) => {
        const answer = await route.fetch();
        await happens();
        // Events reach the page in their order.
        await say('general', 'And something after it.');
        unread += 1;
        await link('general').getByLabel(`${unread} unread`).waitFor();
        await route.fulfill({ response: answer });
      },
      { times: 1 },
    );

  beforeAll(async () => {
    slack = await startTestSlack({ clientDir: mounts });
    tab = await newTab();
  });
  afterAll(() => slack.close());
  const open = async (place: string) => {
    await tab.goto(`${slack.url}/?as=${slack.person('ana')}#/channel/${slack.channel(place)}`);
    await tab.getByRole('heading', { level: 1, name: place }).waitFor();
  };

  it('does not hide what was said in the channel meanwhile', async () => {
    await open('support-help');
    await say('acme-support', 'Said before.');
    await duringNextRead('messages', () => say('acme-support', 'Said meanwhile.'));
    await link('acme-support').click();
    await tab.getByRole('main').getByText('Said meanwhile.').waitFor({ timeout: 5000 });
    expect(await tab.getByRole('main').innerText()).toContain('Said before.');
  });

  it('does not hide the Home that was published meanwhile', async () => {
    await open('support-help');
    const text = { type: 'mrkdwn', text: 'Published meanwhile.' };
    const view = { type: 'home', blocks: [{ type: 'section', text }] };
    await duringNextRead('home', () => call(webClient(slack), 'views.publish', { user_id: slack.person('ana'), view }));
    await link('Beckon').click();
    await tab.getByText('Published meanwhile.').waitFor({ timeout: 5000 });
    expect(await tab.getByText('Nothing here yet').count()).toBe(0);
  });
});
