/** People at the local workspace's page in a real browser, for scripts: they find things by what is written on them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { z } from 'zod';
import { findChromium } from './find-chromium.ts';

const VIEWPORT = { width: 1280, height: 800 };
/** Dialogs and cards are printed smaller than they are, and stay readable so. */
const SCALE = 1.25;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];
const People = z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) });

export type LocalPages = {
  /** a window of their own for the person with this handle */
  as: (handle: string) => Promise<AtPage>;
  close: () => Promise<void>;
};

export type AtPage = ReturnType<typeof atPage>;

/**
 * Starts the built local workspace in an empty folder, on a free port.
 *
 * @throws Error when there is no Chromium, or nothing is built
 */
export async function openLocalPages(): Promise<LocalPages> {
  const executablePath = await findChromium();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium here: `apt-get install chromium`, or set BECKON_CHROMIUM.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'beckon-pictures-'));
  const workspace = startWorkspace(folder);
  const url = await addressOf(workspace);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const { people } = People.parse(await (await fetch(`${url}/client/people`)).json());
  return {
    as: async (handle) => {
      const person = people.find((each) => each.name === handle);
      if (person === undefined) throw new Error(`nobody is called “${handle}”`);
      return atPage(await openPage(browser, `${url}/?as=${person.id}`));
    },
    close: async () => {
      await browser.close();
      workspace.kill('SIGTERM');
      if (workspace.exitCode === null) await once(workspace, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startWorkspace(folder: string): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SLACK_'));
  return spawn(process.execPath, [resolve('dist/sandbox/main.js')], {
    cwd: folder,
    env: { ...Object.fromEntries(own), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function addressOf(workspace: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of workspace.stdout ?? []) {
    said += String(chunk);
    const url = /http:\/\/\S+/.exec(said)?.[0];
    if (url !== undefined) return url.replace(/\/$/, '');
  }
  throw new Error('The local workspace did not start.');
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: SCALE, locale: 'en-US' });
  const page = await context.newPage();
  // The line for newcomers would stand in every picture.
  await page.addInitScript({ content: "localStorage.setItem('welcome-seen', 'yes')" });
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Workspace' }).waitFor();
  return page;
}

function atPage(page: Page) {
  const dialog = page.getByRole('dialog');
  const field = (name: string) => dialog.getByRole('combobox', { name });
  const write = async (text: string): Promise<void> => {
    const composer = page.getByRole('textbox', { name: /^Message/ }).first();
    await composer.fill(text);
    await composer.press('Enter');
  };
  return {
    page,
    dialog,
    go: async (place: string): Promise<void> => {
      await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: place }).click();
      await page.getByRole('heading', { level: 1, name: place }).waitFor();
    },
    /** says something in the channel that is open */
    say: async (text: string): Promise<void> => {
      await write(text);
      await page.getByText(text).last().waitFor();
    },
    /** a command that answers with a window of this title */
    open: async (command: string, title: string): Promise<Locator> => {
      await write(command);
      await dialog.getByRole('heading', { name: title, exact: true }).waitFor();
      return dialog;
    },
    /** a command that answers in words */
    command: async (command: string, answer: string | RegExp): Promise<void> => {
      await write(command);
      await page.getByText(answer).last().waitFor();
    },
    pick: async (name: string, ...options: string[]): Promise<void> => {
      for (const option of options) {
        await field(name).fill(option);
        await page.getByRole('option', { name: option }).first().click();
      }
      await field(name).blur();
    },
    fill: (name: string, text: string): Promise<void> => dialog.getByRole('textbox', { name }).fill(text),
    /** presses a button of the window on top and waits until this shows */
    press: async (button: string, then: Locator): Promise<void> => {
      await dialog.getByRole('button', { name: button }).first().click();
      await then.waitFor();
    },
    /** presses the button that sends the window on top, which closes it */
    save: async (button = 'Save'): Promise<void> => {
      await dialog.getByRole('button', { name: button, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    /** every answer of the local Slack comes this much later */
    delaySlack: async (ms: number): Promise<void> => {
      await page.getByRole('button', { name: 'Workspace tools' }).click();
      const delay = dialog.getByLabel('Delay of every answer (ms)');
      if (!(await delay.isVisible())) await dialog.getByText('Make Slack misbehave').click();
      const told = page.waitForResponse(/client\/knobs/);
      await delay.fill(String(ms));
      await delay.press('Enter');
      await told;
      await dialog.getByRole('button', { name: 'Close dialog' }).click();
    },
    closeDialog: async (): Promise<void> => {
      await dialog.getByRole('button', { name: 'Close dialog' }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
  };
}
