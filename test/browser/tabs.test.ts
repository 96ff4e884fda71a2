/** Many tabs of one browser at the local workspace's page, which must all go on together. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { mounts } from '../../sandbox/client-mounts.ts';
import type { LocalSlack } from '../../sandbox/server/start.ts';
import { page, startTestSlack } from '../sandbox/server/support.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(60_000);

/** Two more than a browser keeps plain connections to one host. */
const HANDLES = ['maya', 'ana', 'ben', 'chloe', 'dev', 'emi', 'maya', 'ana'];

describeInBrowser('eight tabs of one browser', ({ newTab }) => {
  let folder: string;
  let slack: LocalSlack;
  let tabs: Page[];
  const start = (port: number): Promise<LocalSlack> =>
    startTestSlack({ port, clientDir: mounts, stateFile: join(folder, 'slack.json') });
  const say = (text: string) =>
    page(slack, 'message', { as: slack.person('maya'), channel: slack.channel('general'), text });
  /** how many tabs have come to show this */
  const readers = async (text: string): Promise<number> => {
    const shown = tabs.map((tab) =>
      tab.getByRole('main').getByText(text, { exact: true }).waitFor({ timeout: 15_000 }),
    );
    return (await Promise.allSettled(shown)).filter(({ status }) => status === 'fulfilled').length;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'beckon-tabs-'));
    slack = await start(0);
    const first = await newTab();
    tabs = [first];
    // Tabs of one context share its connections, as the tabs of one window do.
    while (tabs.length < HANDLES.length) tabs.push(await first.context().newPage());
  });
  afterAll(async () => {
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are open at once, and all read what is said', async () => {
    for (const [at, tab] of tabs.entries()) {
      await tab.goto(`${slack.url}/?as=${slack.person(HANDLES[at] ?? '')}#/channel/${slack.channel('general')}`);
      await tab.getByRole('heading', { level: 1, name: 'general' }).waitFor({ timeout: 15_000 });
    }
    await say('Lunch is served.');
    expect(await readers('Lunch is served.')).toBe(HANDLES.length);
  });

  it('come back when the workspace starts again, and read what they missed', async () => {
    const port = Number(new URL(slack.url).port);
    const stopped = Date.now();
    await slack.close();
    expect(Date.now() - stopped).toBeLessThan(5000);
    await Promise.all(tabs.map((tab) => tab.getByText('Connection lost').waitFor()));
    slack = await start(port);
    await say('Said before anybody was back.');
    expect(await readers('Said before anybody was back.')).toBe(HANDLES.length);
    await Promise.all(tabs.map((tab) => tab.getByText('Connection lost').waitFor({ state: 'hidden' })));
    await say('Coffee is ready.');
    expect(await readers('Coffee is ready.')).toBe(HANDLES.length);
  });
});
