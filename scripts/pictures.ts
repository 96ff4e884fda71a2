/** How a picture of the local workspace's page is taken, whole or in part, for `npm run screenshots`. */
import type { Locator, Page } from 'playwright-core';
import type { AtPage } from './local-page.ts';

export const FOLDER = 'docs/images';
/** High enough for the longest form, so that none is cut off. */
const HIGH = { width: 1280, height: 1900 };
/** A message is seldom wider; what is right of it would only make it small where it is printed. */
const MESSAGE_WIDTH = 640;
/** A window cut out of the page has square corners and nothing dark around it. */
const STYLE = `
  .dialog { border-radius: 0 !important; max-height: none !important; box-shadow: none !important; }
  .dialog::backdrop { background: white !important; }
  .message-actions { display: none !important; }`;
const LOOK = { animations: 'disabled', caret: 'hide', style: STYLE } as const;

type Part = { x: number; y: number; width: number; height: number };

const pathOf = (name: string): string => {
  const path = `${FOLDER}/${name}.png`;
  process.stdout.write(`${path}\n`);
  return path;
};

/** @param without further style, for what is to be left out */
export async function keep(what: Page | Locator, name: string, without = ''): Promise<void> {
  await what.screenshot({ path: pathOf(name), ...LOOK, style: STYLE + without });
}

/** @param clip in pixels of the page; with its menus as they are */
export async function keepPart(page: Page, name: string, clip: Part): Promise<void> {
  await page.screenshot({ path: pathOf(name), clip });
}

async function boxOf(what: Locator): Promise<Part> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('What was to be in the picture does not show.');
  return box;
}

export async function keepMessage(what: Locator, name: string): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const box = await boxOf(what);
  const clip = { ...box, width: Math.min(box.width - 1, MESSAGE_WIDTH) };
  await what.page().screenshot({ path: pathOf(name), clip, ...LOOK });
}

/** In a window as high as the form needs. */
async function inHigh({ page, dialog }: AtPage, take: () => Promise<void>): Promise<void> {
  const usual = page.viewportSize() ?? HIGH;
  await page.setViewportSize(HIGH);
  await dialog.getByRole('heading').first().click();
  await take();
  await page.setViewportSize(usual);
}

export const keepDialog = (person: AtPage, name: string): Promise<void> =>
  inHigh(person, () => keep(person.dialog, name));

const ABOVE = '.dialog .blocks > :has(~ .block-header) { display: none; }';
const BELOW = '.dialog .blocks > :is(.block-header, .block-header ~ *) { display: none; }';

/** A form too long for one picture: what is above its heading in the first, the rest in the second. */
export const keepDialogInTwo = (person: AtPage, above: string, below: string): Promise<void> =>
  inHigh(person, async () => {
    await keep(person.dialog, above, BELOW);
    await keep(person.dialog, below, ABOVE);
  });
