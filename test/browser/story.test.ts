/** The whole story at the local workspace's page, found by roles and labels as people find things: the built program, as `npm start` runs it. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading, message } from '../../scripts/on-page.ts';
import { channelWords, seen } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

/** With the Tab key alone, as somebody without a mouse. */
async function reach({ page }: AtPage, control: Locator): Promise<void> {
  await control.waitFor();
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if ((await control.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(control)}`);
}

describeInBrowser('the story at the page', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let all: Record<'maya' | 'ana' | 'ben' | 'chloe' | 'gus', AtPage>;
  beforeAll(async () => {
    pages = await openLocalPages();
    const [maya, ana, ben, chloe, gus] = [
      await pages.as('maya'),
      await pages.as('ana'),
      await pages.as('ben'),
      await pages.as('chloe'),
      await pages.as('gus'),
    ];
    all = { maya, ana, ben, chloe, gus };
  });
  afterAll(() => pages.close());

  describe('step by step', () => {
    it('an administrator adds an expertise with two operators, and a help channel with agents', async () => {
      const { maya } = all;
      await maya.go('general');
      await maya.open('/expertise new Billing', 'New expertise');
      await maya.pick('Operators', 'Ben Okafor', 'Chloé Martin');
      await keepScreenshot(maya.page, 'story-1-new-expertise');
      await maya.save();
      await maya.open('/livechat desks', 'Desks');
      await maya.press('Edit Support', heading(maya, 'Edit desk'));
      await maya.pick('Help channel', 'support-help');
      await maya.pick('Agents', 'Ana Silva');
      await maya.press('Save', heading(maya, 'Desks'));
      await keepScreenshot(maya.page, 'story-2-desks');
      await maya.closeDialog();
      await maya.command('/expertise who Billing', /Ben Okafor/);
      expect(await channelWords(maya)).toContain('Ben Okafor');
    });

    it('an agent sets their preferences with the keyboard alone', async () => {
      const { page, dialog } = all.ben;
      await all.ben.go('general');
      await page
        .getByRole('textbox', { name: /^Message/ })
        .first()
        .focus();
      await page.keyboard.type('/expertise me');
      await page.keyboard.press('Enter');
      await heading(all.ben, 'My preferences').waitFor();
      const name = dialog.getByRole('textbox', { name: 'Live chat name' });
      await reach(all.ben, name);
      await page.keyboard.type('Benny');
      await reach(all.ben, dialog.getByRole('combobox', { name: 'Languages' }));
      await page.keyboard.type('French');
      await page.getByRole('option', { name: 'French' }).first().waitFor();
      await page.keyboard.press('Enter');
      await keepScreenshot(page, 'story-3-preferences');
      await reach(all.ben, dialog.getByRole('button', { name: 'Save', exact: true }));
      await page.keyboard.press('Enter');
      await dialog.getByText('Saved.').waitFor();
      await all.ben.closeDialog();
      await all.ben.open('/expertise me', 'My preferences');
      expect(await name.inputValue()).toBe('Benny');
      expect(await dialog.innerText()).toContain('French');
      await all.ben.closeDialog();
    });

    it('a customer writes, and the agent there asks for help', async () => {
      const { gus, ana } = all;
      await gus.go('acme-support');
      await gus.say('Why was I charged twice?');
      await ana.go('acme-support');
      await seen(ana, 'Why was I charged twice?');
      await ana.command('/livechat open', /is open/);
      await ana.open('/livechat ask', 'Ask for help');
      await ana.pick('What should the helper know about?', 'Billing');
      await ana.fill('Note', 'Invoice 17, one payment only');
      await ana.press('Ask for help', heading(ana, 'Looking for help'));
      expect(await ana.dialog.innerText()).toMatch(/have been called/);
      await keepScreenshot(ana.page, 'story-4-asked');
      await ana.closeDialog();
    });

    it('the card stands in the help channel, its thread calls the experts, Home has it with a star and a timer', async () => {
      const { ben, chloe } = all;
      await ben.go('support-help');
      const card = message(ben, 'is looking for help');
      expect(await card.innerText()).toContain('Invoice 17');
      await card.getByRole('button', { name: /repl/ }).click();
      await seen(ben, 'Can one of you help?');
      await keepScreenshot(ben.page, 'story-5-card');
      await chloe.go('Beckon');
      await chloe.page.getByRole('tab', { name: 'Home' }).click();
      await seen(chloe, 'acme-support');
      const home = await chloe.page.getByRole('tabpanel', { name: 'Home' }).innerText();
      expect(home).toMatch(/Looking for help[\s\S]*Billing[\s\S]*(ago|now|second|minute)/);
      await keepScreenshot(chloe.page, 'story-6-home');
    });

    it('two press Join at the same moment: one is in, the other reads who won', async () => {
      const { ben, chloe, gus } = all;
      const before = await channelWords(gus);
      const fromCard = message(ben, 'is looking for help').getByRole('button', { name: /^Join/ });
      const fromHome = chloe.page.getByRole('tabpanel', { name: 'Home' }).getByRole('button', { name: /^Join/ });
      await Promise.all([fromCard.click(), fromHome.first().click()]);
      await Promise.race([seen(ben, /It is yours|was faster/), seen(chloe, /It is yours|was faster/)]);
      await seen(ben, /It is yours|was faster/);
      await seen(chloe, /It is yours|was faster/);
      const words = await Promise.all([ben, chloe].map((one) => one.page.locator('body').innerText()));
      expect(words.filter((text) => text.includes('It is yours'))).toHaveLength(1);
      expect(words.filter((text) => text.includes('was faster'))).toHaveLength(1);
      await keepScreenshot(ben.page, 'story-7-joined-ben');
      await keepScreenshot(chloe.page, 'story-7-joined-chloe');

      await seen(gus, 'joined the conversation');
      const after = await channelWords(gus);
      expect(after).toMatch(/(Benny|Chloé Martin) joined the conversation/);
      for (const internal of ['Billing', 'Invoice 17', 'Looking for help', 'In progress']) {
        expect(before).not.toContain(internal);
        expect(after).not.toContain(internal);
      }
      await keepScreenshot(gus.page, 'story-8-customer');
    });

    it('the card says who came, and the conversation is closed', async () => {
      const { ben, ana } = all;
      await seen(ben, /joined (after|within)/);
      await keepScreenshot(ben.page, 'story-9-card');
      await ana.command('/livechat close', /is closed/);
      expect(await channelWords(ana)).toContain('The customer was told nothing');
    });
  });
});
