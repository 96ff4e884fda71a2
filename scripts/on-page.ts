/** What stands on the local workspace's page, found by what is written on it. */
import type { Locator } from 'playwright-core';
import type { AtPage } from './local-page.ts';

/** Of the window on top. */
export const heading = ({ dialog }: AtPage, name: string): Locator =>
  dialog.getByRole('heading', { name, exact: true });

/** The last message that says this, in the channel or in the thread beside it. */
export const message = ({ page }: AtPage, text: string | RegExp): Locator =>
  page.getByRole('article').filter({ hasText: text }).last();
