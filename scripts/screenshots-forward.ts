/** The pictures of what is handed on: forwarding and why, a workflow, a bot's token, what could not be delivered. */
import type { AtPage } from './local-page.ts';
import { heading, message } from './on-page.ts';
import { keepDialog, keepMessage } from './pictures.ts';

/** Who would get it and why, before anything is done; then it is done. */
export async function forward(ana: AtPage): Promise<void> {
  await ana.go('acme-support');
  await ana.command('/livechat close', /is closed/);
  await ana.open('/livechat forward', 'Forward');
  await ana.dialog.getByText('Note for the agent').waitFor();
  await ana.pick('Expertise', 'Billing', 'Single sign-on');
  await ana.pick('Language', 'French');
  await ana.dialog.getByText(/1\. .*speaks French/).waitFor();
  await ana.fill(
    'Note for the agent',
    'Charged twice for October, and nobody at Acme can sign in to see the invoices.',
  );
  await keepDialog(ana, 'forward');
  await ana.press('Open and forward', ana.dialog.getByText(/Martin gets/));
  await ana.closeDialog();
}

/** It is hers, and why; she passes it on, and everybody reads how each came by it. */
export async function passOn(chloe: AtPage, ana: AtPage): Promise<void> {
  await chloe.go('Beckon');
  await chloe.page.getByRole('tab', { name: 'Messages' }).click();
  const offer = message(chloe, /is yours/);
  await offer.getByRole('button', { name: 'Pass' }).waitFor();
  await chloe.page.mouse.move(0, 0);
  await keepMessage(offer, 'yours');
  await offer.getByRole('button', { name: 'Pass' }).click();
  await chloe.page.getByText('You passed it on.').last().waitFor();
  await ana.open('/livechat why', 'Why this agent?');
  await ana.dialog.getByText(/has it now/).waitFor();
  await keepDialog(ana, 'why');
  await ana.closeDialog();
}

export async function runWorkflow(ana: AtPage): Promise<void> {
  await ana.page.getByRole('button', { name: 'Run a workflow' }).click();
  await heading(ana, 'Run a workflow').waitFor();
  await ana.dialog.getByRole('radio', { name: 'Forward to operator' }).check();
  await ana.pick('Channel', '#globex-shared');
  await ana.pick('Expertise', 'Single sign-on');
  await ana.press('Run', ana.dialog.getByText(/^Finished after/));
  await keepDialog(ana, 'workflow');
  await ana.closeDialog();
}

/** The list, never the secret. */
export async function token(maya: AtPage): Promise<void> {
  await maya.go('general');
  await maya.open('/livechat tokens', 'Tokens');
  await maya.press('New token', heading(maya, 'New token'));
  await maya.fill('Name', 'Website bot');
  await maya.press('Make token', maya.dialog.getByText('Copy the token now'));
  await maya.closeDialog();
  await maya.open('/livechat tokens', 'Tokens');
  await keepDialog(maya, 'tokens');
  await maya.closeDialog();
}

/** Slack refuses one help card. */
export async function undelivered(maya: AtPage, ana: AtPage): Promise<void> {
  const here = new URL(ana.page.url());
  const data = {
    as: here.searchParams.get('as'),
    knobs: { errorNext: { calls: 1, method: 'chat.postMessage', error: 'restricted_action' } },
  };
  await ana.page.request.post(`${here.origin}/client/knobs`, { data });
  await ana.go('acme-support');
  await ana.open('/livechat ask', 'Ask for help');
  await ana.press('Ask for help', heading(ana, 'Looking for help'));
  await ana.closeDialog();
  await maya.go('Beckon');
  await maya.page.getByRole('tab', { name: 'Home' }).click();
  await maya.page.getByRole('button', { name: 'See why' }).first().waitFor({ timeout: 90_000 });
  await maya.go('general');
  await maya.open('/livechat undelivered', 'Not delivered');
  await keepDialog(maya, 'undelivered');
  await maya.closeDialog();
}
