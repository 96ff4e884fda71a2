import { afterAll, beforeAll, describe } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM } from '../../scripts/find-chromium.ts';

/** Everything a browser story needs of the browser. */
export type BrowserForTests = {
  /** A tab of its own, with its own cookies and storage: two tabs are two people. */
  newTab: (options?: BrowserContextOptions) => Promise<Page>;
  /** Keeps a picture of what the tab shows, in `coverage/screenshots/`. */
  keepScreenshot: (page: Page, name: string) => Promise<void>;
};

const SCREENSHOTS = 'coverage/screenshots';

/** Root, as in a container, cannot use Chromium's sandbox; small `/dev/shm` and missing GPUs are usual there too. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/**
 * A suite in headless Chromium, closed down when it ends. On a machine without one it is reported as skipped, and its name
 * says what to do about it; everything else still runs.
 */
export function describeInBrowser(name: string, suite: (browser: BrowserForTests) => void): void {
  const executablePath = process.env[CHROMIUM];
  if (!executablePath) {
    describe.skip(`${name} (no Chromium here: apt-get install chromium, or set BECKON_CHROMIUM)`, () => {
      suite(none);
    });
    return;
  }
  describe(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: FLAGS });
    });
    afterAll(async () => {
      await browser?.close();
    });
    suite({ newTab: (options) => openTab(browser, options), keepScreenshot });
  });
}

const none: BrowserForTests = { newTab: () => openTab(undefined), keepScreenshot };

async function openTab(browser: Browser | undefined, options: BrowserContextOptions = {}): Promise<Page> {
  if (!browser) throw new Error('a tab can be opened only while tests run');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
  return context.newPage();
}

async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
}
