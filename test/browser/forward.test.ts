/** Forwarding at the page: who would get it and why, before anything is done; Pass; and why afterwards. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading, message } from '../../scripts/on-page.ts';
import { seen, setUpDesk, told } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

/** Beckon's direct messages to somebody. */
async function openMessages(person: AtPage): Promise<void> {
  await person.go('Beckon');
  await person.page.getByRole('tab', { name: 'Messages' }).click();
}

const offer = (person: AtPage): Locator => message(person, /is yours/);

describeInBrowser('forwarding', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let all: Record<'ana' | 'ben' | 'chloe' | 'gus', AtPage>;
  beforeAll(async () => {
    pages = await openLocalPages();
    const maya = await pages.as('maya');
    await setUpDesk(maya, { expertise: { Billing: ['Ben Okafor', 'Chloé Martin'] }, agents: ['Ana Silva'] });
    const [ana, ben, chloe, gus] = [
      await pages.as('ana'),
      await pages.as('ben'),
      await pages.as('chloe'),
      await pages.as('gus'),
    ];
    all = { ana, ben, chloe, gus };
  });
  afterAll(() => pages.close());

  it('shows who would get it and why, anew for every wish, before anything is done', async () => {
    const { ana } = all;
    await ana.go('acme-support');
    await ana.open('/livechat forward', 'Forward');
    await ana.dialog.getByText('Choose what it is about to see who would get it.').waitFor();
    await ana.pick('Expertise', 'Billing');
    await told(ana, /1\. @(Ben Okafor|Chloé Martin): covers Billing/);
    await ana.pick('Language', 'French');
    await told(ana, /1\. @Chloé Martin: covers Billing, speaks French/);
    expect(await ana.dialog.innerText()).not.toContain('Ana Silva');
    await ana.fill('Note for the agent', 'Invoice 17 was paid twice');
    await keepScreenshot(ana.page, 'forward-1-form');
    await ana.press('Open and forward', ana.dialog.getByText(/Chloé Martin gets/));
    await keepScreenshot(ana.page, 'forward-2-forwarded');
    await ana.closeDialog();
  });

  it('tells whoever gets it why; Pass gives it to the next, and the customer is thanked for waiting', async () => {
    const { ben, chloe, gus } = all;
    await gus.go('acme-support');
    await seen(gus, /^Chloé Martin joined the conversation\.$/);
    await openMessages(chloe);
    await offer(chloe).getByText('Why you: covers Billing').waitFor();
    expect(await offer(chloe).innerText()).toContain('Invoice 17 was paid twice');
    await keepScreenshot(chloe.page, 'forward-3-yours');
    await offer(chloe).getByRole('button', { name: 'Why me?' }).click();
    await heading(chloe, 'Why this agent?').waitFor();
    await told(chloe, /Wanted\s+Billing/);
    await chloe.closeDialog();
    await offer(chloe).getByRole('button', { name: 'Pass' }).click();
    await seen(chloe, 'You passed it on.');
    await openMessages(ben);
    await offer(ben).waitFor();
    await seen(gus, /Thank you for waiting\. Ben Okafor joined the conversation\./);
    await keepScreenshot(gus.page, 'forward-4-customer');
  });

  it('explains afterwards who was chosen, in which order, and how each turn ended', async () => {
    const { ana } = all;
    await ana.go('acme-support');
    await ana.open('/livechat why', 'Why this agent?');
    await told(ana, /@Chloé Martin: passed it on/);
    await told(ana, /@Ben Okafor: has it now/);
    await keepScreenshot(ana.page, 'forward-5-why');
    await ana.closeDialog();
    await ana.open('/livechat', 'Conversation');
    await told(ana, /has had it since .* goes to the next at/);
    await keepScreenshot(ana.page, 'forward-6-panel');
    expect(await ana.dialog.getByRole('button', { name: 'Why this agent?' }).count()).toBe(1);
  });
});
