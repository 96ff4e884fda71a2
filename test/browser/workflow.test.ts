/** Workflow steps at the page: somebody runs one, and watches it wait, finish and fail. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading, message } from '../../scripts/on-page.ts';
import { seen, setUpDesk } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

const latestRun = ({ dialog }: AtPage): Locator =>
  dialog.getByRole('list', { name: 'Runs' }).getByRole('listitem').first();

async function openWorkflow(person: AtPage, step: string): Promise<void> {
  await person.page.getByRole('button', { name: 'Run a workflow' }).click();
  await heading(person, 'Run a workflow').waitFor();
  await person.dialog.getByRole('radio', { name: step }).check();
}

describeInBrowser('a workflow', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let ana: AtPage;
  let ben: AtPage;
  beforeAll(async () => {
    pages = await openLocalPages();
    const maya = await pages.as('maya');
    ana = await pages.as('ana');
    ben = await pages.as('ben');
    await setUpDesk(maya, { expertise: { Billing: ['Ben Okafor'], Refunds: ['Chloé Martin'] }, agents: ['Ana Silva'] });
  });
  afterAll(() => pages.close());

  it('is offered to full members only', async () => {
    const gus = await pages.as('gus');
    await gus.page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'acme-support' }).waitFor();
    expect(await gus.page.getByRole('button', { name: 'Run a workflow' }).count()).toBe(0);
  });

  it('says what is missing before it runs', async () => {
    await openWorkflow(ana, 'Ask for help and wait');
    await ana.dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await ana.dialog.getByText('Please complete this required field.').waitFor();
    expect(await latestRun(ana).count()).toBe(0);
    await keepScreenshot(ana.page, 'workflow-1-missing');
  });

  it('asks for help with an expertise from the app’s list, waits, and finishes with who joined', async () => {
    await ana.pick('Channel', '#acme-support');
    await ana.pick('Expertise', 'Billing');
    await ana.fill('Note', 'Invoice 17 was paid twice');
    await keepScreenshot(ana.page, 'workflow-2-filled');
    await ana.press('Run', latestRun(ana).getByText(/^Running for/));
    await keepScreenshot(ana.page, 'workflow-3-running');

    await ben.go('support-help');
    await seen(ben, 'Invoice 17 was paid twice');
    await message(ben, 'Invoice 17 was paid twice').getByRole('button', { name: /^Join/ }).click();

    const run = latestRun(ana);
    await run.getByText(/^Finished after/).waitFor();
    expect(await run.innerText()).toMatch(
      /Somebody joined\s*Yes[\s\S]*Who joined\s*Ben Okafor[\s\S]*Minutes waited\s*0/,
    );
    await keepScreenshot(ana.page, 'workflow-4-finished');
  });

  it('fails in words where Beckon is not', async () => {
    await ana.pick('Channel', '#general');
    await ana.press('Run', latestRun(ana).getByText(/^Failed after/));
    expect(await latestRun(ana).innerText()).toContain('/invite @Beckon');
    await keepScreenshot(ana.page, 'workflow-5-failed');
    await ana.closeDialog();
  });
});
