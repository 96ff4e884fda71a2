/** What people at the local workspace's page find and do, in words, for the browser stories. */
import type { Locator } from 'playwright-core';
import type { AtPage } from '../../scripts/local-page.ts';
import { heading } from '../../scripts/on-page.ts';

/** Waits until somebody reads this anywhere on their page. */
export const seen = ({ page }: AtPage, text: string | RegExp): Promise<void> => page.getByText(text).last().waitFor();

/** Waits until the window on top says this. */
export const told = ({ dialog }: AtPage, text: string | RegExp): Promise<void> =>
  dialog.getByText(text).first().waitFor();

/** Everything that stands in the channel somebody looks at. */
export const channelWords = async ({ page }: AtPage): Promise<string> =>
  (await page.getByRole('main').innerText()).trim();

/** A shortcut from the menu of a message in the channel that is open. */
export async function shortcut(person: AtPage, text: string, name: string, title: string): Promise<void> {
  const found = person.page.getByRole('main').getByRole('article').filter({ hasText: text }).last();
  await found.hover();
  await found.getByRole('button', { name: 'More actions' }).click();
  await person.page.getByRole('menuitem', { name }).click();
  await heading(person, title).waitFor();
}

export async function openThread(person: AtPage, text: string): Promise<Locator> {
  const found = person.page.getByRole('main').getByRole('article').filter({ hasText: text }).last();
  const replyButton = found.getByRole('button', { name: 'Reply in thread' });
  // A message that arrives meanwhile moves this one away from under the pointer, and its buttons hide.
  await found.hover();
  await replyButton.click({ timeout: 2000 }).catch(async () => {
    await found.hover();
    await replyButton.click();
  });
  const pane = person.page.getByRole('complementary', { name: 'Thread' });
  await pane.getByRole('article').filter({ hasText: text }).first().waitFor();
  return pane;
}

/** Says something in the thread that is open. */
export async function reply({ page }: AtPage, text: string): Promise<void> {
  const pane = page.getByRole('complementary', { name: 'Thread' });
  const composer = pane.getByRole('textbox').first();
  await composer.fill(text);
  await composer.press('Enter');
  await pane.getByText(text).last().waitFor();
}

export async function openHome(person: AtPage): Promise<Locator> {
  await person.go('Beckon');
  await person.page.getByRole('tab', { name: 'Home' }).click();
  const home = person.page.getByRole('tabpanel', { name: 'Home' });
  await home.getByRole('heading').first().waitFor();
  return home;
}

/** Expertise with who has it, and the desk with its help channel and further agents. */
export async function setUpDesk(
  maya: AtPage,
  { expertise, agents }: { expertise: Readonly<Record<string, readonly string[]>>; agents: readonly string[] },
): Promise<void> {
  await maya.go('general');
  for (const [name, operators] of Object.entries(expertise)) {
    await maya.open(`/expertise new ${name}`, 'New expertise');
    await maya.pick('Operators', ...operators);
    await maya.save();
  }
  await maya.open('/livechat desks', 'Desks');
  await maya.press('Edit Support', heading(maya, 'Edit desk'));
  await maya.pick('Help channel', 'support-help');
  await maya.pick('Agents', ...agents);
  await maya.press('Save', heading(maya, 'Desks'));
  await maya.closeDialog();
}

/** In the local workspace's own tools: what Slack says of somebody. */
export async function setPresence({ page, dialog }: AtPage, name: string, isActive: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Workspace tools' }).click();
  const person = dialog.getByRole('listitem', { name });
  await person.getByRole('checkbox', { name: 'Active' }).setChecked(isActive);
  await dialog.getByRole('button', { name: 'Close dialog' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
