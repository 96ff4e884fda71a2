/** Whom to bring in: the invite picker as an agent sees and uses it. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading } from '../../scripts/on-page.ts';
import { openThread, seen, setUpDesk, setPresence, shortcut, told } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

const QUESTION = 'Our single sign-on stopped working';
/** Slow enough that the picker is seen before presence has been read; what takes a second stays unknown. */
const SLOW_MS = 600;

const tick = ({ dialog }: AtPage, name: string): Locator => dialog.getByRole('checkbox', { name });

describeInBrowser('the invite picker', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let all: Record<'maya' | 'ben' | 'olga', AtPage>;
  beforeAll(async () => {
    pages = await openLocalPages();
    const [maya, ben, olga] = [await pages.as('maya'), await pages.as('ben'), await pages.as('olga')];
    all = { maya, ben, olga };
    await setUpDesk(maya, {
      expertise: { 'Single sign-on': ['Dev Patel', 'Chloé Martin'], Billing: ['Emi Tanaka', 'Chloé Martin'] },
      agents: ['Ana Silva', 'Ben Okafor'],
    });
    await setPresence(maya, 'Chloé Martin', false);
    await ben.go('globex-shared');
    await olga.go('globex-shared');
  });
  afterAll(() => pages.close());

  it('explains itself where no conversation is open, and shows nobody', async () => {
    const { ben } = all;
    const { dialog } = ben;
    await ben.open('/livechat invite', 'Invite people');
    await told(ben, 'People are invited into conversations');
    expect(await dialog.getByRole('checkbox').count()).toBe(0);
    expect(await dialog.innerText()).not.toMatch(/🎓|Patel|Billing/);
    await ben.closeDialog();
  });

  it('opens with ⭐ on wanted expertise and 🎓, those who know it first; presence arrives after opening', async () => {
    const { maya, ben } = all;
    await shortcut(ben, QUESTION, 'Live chat', 'Conversation');
    await ben.press('Open', ben.dialog.getByText('In this conversation'));
    await ben.pick('Expertise', 'Single sign-on');
    await ben.save();
    await shortcut(ben, QUESTION, 'Live chat', 'Conversation');
    await told(ben, 'In this conversation');
    await maya.delaySlack(SLOW_MS);
    await ben.press('Invite people', heading(ben, 'Invite people'));
    await tick(ben, 'Dev Patel').waitFor();
    expect(await ben.dialog.innerText()).toMatch(/Dev Patel · ❔ presence not known/);
    await keepScreenshot(ben.page, 'invite-1-presence-not-known');
    await told(ben, /Dev Patel · 🟢 active/);
    await maya.delaySlack(0);
    const words = await ben.dialog.innerText();
    expect(words).toMatch(/Chloé Martin · ⚪ away/);
    expect(words).toMatch(/🎓 ⭐ Single sign-on/);
    expect(words).toMatch(/Emi Tanaka[^\n]*\n+🎓 Billing/);
    expect(words).toMatch(/It is about ⭐ Single sign-on/);
    expect(words.indexOf('Dev Patel')).toBeLessThan(words.indexOf('Emi Tanaka'));
    expect(words).not.toContain('Ben Okafor ·');
    await keepScreenshot(ben.page, 'invite-2-presence');
  });

  it('keeps who is ticked while somebody searches and filters', async () => {
    const { ben } = all;
    await tick(ben, 'Dev Patel').check();
    const search = ben.dialog.getByRole('textbox', { name: 'Search by name' });
    await search.fill('tana');
    await search.press('Enter');
    await told(ben, 'Also ticked');
    expect(await tick(ben, 'Dev Patel').count()).toBe(0);
    await tick(ben, 'Emi Tanaka').check();
    await keepScreenshot(ben.page, 'invite-3-search');
    await search.fill('');
    await search.press('Enter');
    await tick(ben, 'Ana Silva').waitFor();
    await ben.pick('Only people who know about', 'Billing');
    await tick(ben, 'Ana Silva').waitFor({ state: 'detached' });
    await told(ben, 'Also ticked');
    expect(await tick(ben, 'Emi Tanaka').isChecked()).toBe(true);
    await keepScreenshot(ben.page, 'invite-4-filter');
  });

  it('brings several in at once; the customer reads who joined, and nothing else', async () => {
    const { ben, olga } = all;
    await ben.press('Invite', ben.dialog.getByText('are being added'));
    const said = await ben.dialog.innerText();
    expect(said).toContain('Dev Patel');
    expect(said).toContain('Emi Tanaka');
    await keepScreenshot(ben.page, 'invite-5-invited');
    const pane = await openThread(olga, QUESTION);
    await pane.getByText('Dev Patel joined the conversation.').waitFor();
    await pane.getByText('Emi Tanaka joined the conversation.').waitFor();
    expect(await pane.getByRole('article').count()).toBe(3);
    expect(await pane.innerText()).not.toMatch(/Billing|⭐|invited/);
    await keepScreenshot(olga.page, 'invite-6-customer');
    const dev = await pages.as('dev');
    await dev.go('Beckon');
    await dev.page.getByRole('tab', { name: 'Messages' }).click();
    await seen(dev, 'invited you into');
  });
});
