/** Who looks for help: the list with its filters, and Home, which is up to date without anybody asking. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading } from '../../scripts/on-page.ts';
import { openHome, setUpDesk, shortcut, told } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

const EMPTY = 'Nobody is looking for help';
const NOTHING_FITS = 'Nothing that is looking for help fits these filters';
const THREAD = 'thread in #globex-shared';

const joins = ({ dialog }: AtPage): Locator => dialog.getByRole('button', { name: /^Join/ });

describeInBrowser('looking for help', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let all: Record<'maya' | 'ana' | 'ben' | 'chloe' | 'second', AtPage>;
  /** Home of Chloé in a second window, which nobody touches. */
  let home: Locator;
  let loads = 0;
  beforeAll(async () => {
    pages = await openLocalPages();
    const [maya, ana, ben] = [await pages.as('maya'), await pages.as('ana'), await pages.as('ben')];
    const [chloe, second] = [await pages.as('chloe'), await pages.as('chloe')];
    all = { maya, ana, ben, chloe, second };
    await setUpDesk(maya, {
      expertise: { Billing: ['Chloé Martin'], 'Single sign-on': ['Dev Patel'] },
      agents: ['Ana Silva', 'Ben Okafor'],
    });
    await maya.open('/livechat desks', 'Desks');
    await maya.press('New desk', heading(maya, 'New desk'));
    await maya.fill('Name', 'Night shift');
    await maya.press('Save', maya.dialog.getByText('Night shift'));
    await maya.closeDialog();
    await ana.go('acme-support');
    await ben.go('globex-shared');
    await chloe.go('general');
    home = await openHome(second);
    second.page.on('load', () => (loads += 1));
  });
  afterAll(() => pages.close());

  it('says in the list and on Home that nobody is, and what will stand there', async () => {
    const { chloe, second } = all;
    await home.getByText(EMPTY).waitFor();
    await keepScreenshot(second.page, 'help-list-1-home-empty');
    await chloe.open('/livechat list', 'Looking for help');
    await told(chloe, EMPTY);
    expect(await joins(chloe).count()).toBe(0);
    await keepScreenshot(chloe.page, 'help-list-2-empty');
    await chloe.closeDialog();
  });

  it('a Home that is open gains each request by itself, the longest waiting first', async () => {
    const { ana, ben, second } = all;
    await ana.command('/livechat open', /is open/);
    await ana.open('/livechat ask', 'Ask for help');
    await ana.pick('What should the helper know about?', 'Billing');
    await ana.fill('Note', 'Two invoices, one payment');
    await ana.press('Ask for help', heading(ana, 'Looking for help'));
    await ana.closeDialog();
    await home.getByText('Two invoices, one payment').waitFor();

    await shortcut(ben, 'Our single sign-on stopped working', 'Ask for help here', 'Ask for help');
    await told(ben, 'Single sign-on');
    await ben.press('Ask for help', heading(ben, 'Looking for help'));
    await ben.closeDialog();
    await home.getByRole('button', { name: 'Join: Olga Petrova' }).waitFor();
    const words = await home.innerText();
    expect(words).toMatch(
      /Looking for help[\s\S]*⭐ .*acme-support[\s\S]*asked (just )?(now|\d+)[\s\S]*thread in #globex/,
    );
    expect(words).not.toContain(`⭐ ${THREAD}`);
    expect(loads).toBe(0);
    await keepScreenshot(second.page, 'help-list-3-home-live');
  });

  it('the list filters by my expertise, my languages and desk', async () => {
    const { chloe } = all;
    const { dialog } = chloe;
    await chloe.open('/livechat list', 'Looking for help');
    await told(chloe, THREAD);
    expect(await joins(chloe).count()).toBe(2);
    expect(await dialog.innerText()).toMatch(
      /⭐ .*acme-support[\s\S]*Two invoices[\s\S]*⭐ Billing[\s\S]*thread in #globex/,
    );
    await keepScreenshot(chloe.page, 'help-list-4-all');

    await dialog.getByRole('checkbox', { name: 'My expertise' }).check();
    await dialog.getByText(THREAD).waitFor({ state: 'detached' });
    expect(await joins(chloe).count()).toBe(1);
    await keepScreenshot(chloe.page, 'help-list-5-mine');
    await dialog.getByRole('checkbox', { name: 'My languages' }).check();
    await told(chloe, NOTHING_FITS);
    await keepScreenshot(chloe.page, 'help-list-6-nothing-fits');
    await dialog.getByRole('checkbox', { name: 'My languages' }).uncheck();
    await dialog.getByRole('checkbox', { name: 'My expertise' }).uncheck();
    await told(chloe, THREAD);

    await chloe.pick('Desk', 'Night shift');
    await told(chloe, NOTHING_FITS);
    await chloe.pick('Desk', 'All desks');
    await told(chloe, THREAD);
    expect(await joins(chloe).count()).toBe(2);
  });

  it('who joined is gone from the list and from every Home, and the last leaves the empty words', async () => {
    const { ben, chloe, second } = all;
    await chloe.dialog.getByRole('button', { name: 'Join: Gus Keller' }).click();
    await home.getByText('Two invoices, one payment').waitFor({ state: 'detached' });
    await home.getByRole('button', { name: 'Join: Olga Petrova' }).waitFor();
    await keepScreenshot(chloe.page, 'help-list-7-joined');
    await shortcut(ben, 'Our single sign-on stopped working', 'Live chat', 'Conversation');
    await told(ben, 'In this conversation');
    await ben.dialog.getByRole('button', { name: 'Close conversation' }).click();
    await ben.page.getByRole('button', { name: 'Close it' }).click();
    await home.getByText(EMPTY).waitFor();
    expect(loads).toBe(0);
    await keepScreenshot(second.page, 'help-list-8-home-empty-again');
  });
});
