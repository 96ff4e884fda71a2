/** An empty workspace becomes a working desk: Home leads its first administrator there. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading } from '../../scripts/on-page.ts';
import { openHome, told } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

/** Everything Beckon has written to somebody, in the order of writing. */
async function messagesTo(person: AtPage): Promise<string[]> {
  await person.go('Beckon');
  await person.page.getByRole('tab', { name: 'Messages' }).click();
  const articles = person.page.getByRole('main').getByRole('article');
  await articles.first().waitFor();
  return articles.allInnerTexts();
}

describeInBrowser('the first steps', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let maya: AtPage;
  let home: Locator;
  beforeAll(async () => {
    pages = await openLocalPages();
    maya = await pages.as('maya');
  });
  afterAll(() => pages.close());

  const press = async (button: string, then: string): Promise<void> => {
    await home.getByRole('button', { name: button }).click();
    await heading(maya, then).waitFor();
  };
  const done = (steps: number): Promise<void> => home.getByText(`${steps} of 4 steps are done`).waitFor();

  it('stand on the Home of an administrator of an empty workspace, and of nobody else', async () => {
    home = await openHome(maya);
    await done(0);
    await keepScreenshot(maya.page, 'first-steps-1-empty');
    const ana = await pages.as('ana');
    const other = await openHome(ana);
    await other.getByText('Nobody is looking for help').waitFor();
    expect(await other.innerText()).not.toContain('Set up Beckon');
  });

  it('lead to a help channel, agents, expertise and a support channel, each with its state', async () => {
    await press('Choose a help channel', 'Desks');
    await maya.press('Edit Support', heading(maya, 'Edit desk'));
    await maya.pick('Help channel', 'support-help');
    await maya.press('Save', heading(maya, 'Desks'));
    await maya.closeDialog();
    await done(1);
    await press('Add agents', 'Desks');
    await maya.press('Edit Support', heading(maya, 'Edit desk'));
    await maya.pick('Agents', 'Ana Silva');
    await maya.press('Save', heading(maya, 'Desks'));
    await maya.closeDialog();
    await done(2);
    expect(await home.innerText()).toMatch(/✅ A help channel[\s\S]*2\. The first expertise[\s\S]*✅ The first agent/);
    await keepScreenshot(maya.page, 'first-steps-2-half');
    await home.getByRole('button', { name: 'New expertise' }).first().click();
    await heading(maya, 'New expertise').waitFor();
    await maya.fill('Name', 'Billing');
    await maya.pick('Operators', 'Ben Okafor');
    await maya.save();
    await done(3);
    await press('Add a support channel', 'Add support channel');
    await maya.pick('Channel', 'acme-support');
    await maya.save();
    await home.getByText('Set up Beckon').waitFor({ state: 'detached' });
    expect(await home.innerText()).not.toMatch(/steps are done|Add agents/);
    await keepScreenshot(maya.page, 'first-steps-3-done');
  });

  it('an administrator makes a colleague one', async () => {
    await press('Administrators', 'Administrators');
    await told(maya, 'admin or owner of this Slack workspace');
    await maya.pick('Make administrators', 'Dev Patel');
    await maya.press('Add', maya.dialog.getByText('is an administrator now'));
    expect(await maya.dialog.innerText()).toMatch(/Dev Patel[\s\S]*made by @?Maya Ortiz/);
    expect(await maya.dialog.getByRole('button', { name: 'Remove Dev Patel as administrator' }).count()).toBe(1);
    await keepScreenshot(maya.page, 'first-steps-4-administrators');
    await maya.closeDialog();
  });

  it('each person concerned reads one welcome', async () => {
    const [ana, ben, dev] = [await pages.as('ana'), await pages.as('ben'), await pages.as('dev')];
    const [toAna, toBen, toDev] = [await messagesTo(ana), await messagesTo(ben), await messagesTo(dev)];
    expect(toAna).toEqual([expect.stringContaining('You are an agent of Support now')]);
    expect(toBen).toEqual([expect.stringMatching(/agent of Support now[\s\S]*known for Billing/)]);
    expect(toDev).toEqual([expect.stringContaining('made you an administrator of Beckon')]);
    await keepScreenshot(ben.page, 'first-steps-5-welcome');
    await keepScreenshot(dev.page, 'first-steps-6-administrator');
    const other = await openHome(dev);
    await other.getByRole('button', { name: 'New expertise' }).waitFor();
  });

  it('the desk works: help asked for in the channel calls who knows', async () => {
    const ana = await pages.as('ana');
    await ana.go('acme-support');
    await ana.command('/livechat open', /is open/);
    await ana.open('/livechat ask', 'Ask for help');
    await ana.pick('What should the helper know about?', 'Billing');
    await ana.press('Ask for help', heading(ana, 'Looking for help'));
    expect(await ana.dialog.innerText()).toMatch(/support-help[\s\S]*Ben Okafor\s+has been called/);
    await keepScreenshot(ana.page, 'first-steps-7-working');
  });
});
