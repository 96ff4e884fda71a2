/** `npm run screenshots`: plays the story of README.md in the local workspace's page and keeps its pictures in `docs/images/`. */
import { mkdir } from 'node:fs/promises';
import { type AtPage, openLocalPages } from './local-page.ts';
import { heading, message } from './on-page.ts';
import { FOLDER, keep, keepDialog, keepDialogInTwo, keepMessage, keepPart } from './pictures.ts';
import { forward, passOn, runWorkflow, token, undelivered } from './screenshots-forward.ts';

const card = (person: AtPage) => message(person, 'is looking for help');

/** The administrator's three minutes: expertise, and a desk with a help channel and agents. */
async function setUp(maya: AtPage): Promise<void> {
  await maya.go('Beckon');
  await maya.page.getByRole('tab', { name: 'Home' }).click();
  await maya.page.getByText('Set up Beckon').waitFor();
  await keep(maya.page, 'first-steps');
  await maya.go('general');
  await maya.open('/expertise new Billing', 'New expertise');
  await maya.pick('Operators', 'Ben Okafor', 'Chloé Martin');
  await maya.fill('Description', 'Invoices, refunds and everything about money');
  await keepDialog(maya, 'new-expertise');
  await maya.save();
  await maya.open('/expertise new Single sign-on', 'New expertise');
  await maya.pick('Operators', 'Dev Patel');
  await maya.save();
  await maya.open('/livechat desks', 'Desks');
  await maya.press('Edit Support', heading(maya, 'Edit desk'));
  await maya.pick('Help channel', 'support-help');
  await maya.pick('Agents', 'Ana Silva');
  await keepDialogInTwo(maya, 'desk', 'desk-rules');
  await maya.press('Save', heading(maya, 'Desks'));
  await maya.press('Support channels', heading(maya, 'Support channels'));
  await maya.press('Add channel', heading(maya, 'Add support channel'));
  await maya.pick('Channel', 'globex-shared');
  await maya.dialog.getByRole('radio', { name: /per thread/ }).check();
  await keepDialog(maya, 'support-channel');
  await maya.press('Save', heading(maya, 'Support channels'));
  await maya.closeDialog();
  await maya.open('/livechat admins', 'Administrators');
  await maya.pick('Make administrators', 'Emi Tanaka');
  await maya.press('Add', maya.dialog.getByText('is an administrator now'));
  await keepDialog(maya, 'administrators');
  await maya.closeDialog();
}

async function prefer(ben: AtPage): Promise<void> {
  await ben.go('general');
  await ben.open('/expertise me', 'My preferences');
  await ben.fill('Live chat name', 'Ben from Northwind');
  await ben.pick('Languages', 'French');
  await keepDialog(ben, 'preferences');
  await ben.press('Save', ben.dialog.getByText('Saved.'));
  await ben.closeDialog();
}

async function askForHelp(ana: AtPage): Promise<void> {
  await ana.go('acme-support');
  await ana.say('Hi Gus, thank you for telling us. I am looking into both invoices.');
  await ana.command('/livechat open', /is open/);
  await ana.open('/livechat ask', 'Ask for help');
  await ana.pick('What should the helper know about?', 'Billing');
  await ana.fill('Note', 'Charged twice for October, invoices 2041 and 2043. I see one payment only.');
  await keepDialog(ana, 'ask');
  await ana.press('Ask for help', heading(ana, 'Looking for help'));
  await keepDialog(ana, 'asked');
  await ana.closeDialog();
}

/** The shortcut *Live chat* on a message of the channel that is open. */
async function liveChat(person: AtPage, text: string): Promise<void> {
  const asked = message(person, text);
  await asked.hover();
  await asked.getByRole('button', { name: 'More actions' }).click();
  await person.page.getByRole('menuitem', { name: 'Live chat' }).waitFor();
}

/** One question of several in a shared channel is a conversation of its own; whom to invite into it. */
async function thread(ben: AtPage): Promise<void> {
  const question = 'single sign-on stopped working';
  const shortcut = ben.page.getByRole('menuitem', { name: 'Live chat' });
  await ben.go('globex-shared');
  await liveChat(ben, question);
  await keepPart(ben.page, 'shortcuts', { x: 262, y: 555, width: 1008, height: 165 });
  await shortcut.click();
  await ben.press('Open', ben.dialog.getByText('In this conversation'));
  await ben.pick('Expertise', 'Single sign-on');
  await ben.save();
  await liveChat(ben, question);
  await shortcut.click();
  await ben.press('Invite people', heading(ben, 'Invite people'));
  await ben.dialog
    .getByText(/active/)
    .first()
    .waitFor();
  await keepDialog(ben, 'invite');
  await ben.closeDialog();
}

/** What an expert sees before anybody has answered. */
async function look(ben: AtPage, ana: AtPage): Promise<void> {
  await ben.go('support-help');
  await card(ben).getByRole('button', { name: /repl/ }).click();
  await ben.page.getByText('Can one of you help?').last().waitFor();
  await ben.page.mouse.move(0, 0);
  await keep(ben.page, 'workspace');
  await keepMessage(card(ben), 'card');
  await ben.go('Beckon');
  await ben.page.getByRole('tab', { name: 'Home' }).click();
  await ben.page.getByText('acme-support').last().waitFor();
  await keep(ben.page, 'home');
  await ana.open('/livechat', 'Conversation');
  await keepDialog(ana, 'panel');
  await ana.closeDialog();
}

/** Two press *Join*: one is in, the other reads who was faster, the customer reads who came. */
async function join(maya: AtPage, ben: AtPage, chloe: AtPage, gus: AtPage): Promise<void> {
  await gus.go('acme-support');
  await ben.go('support-help');
  await chloe.go('support-help');
  // Else the card is changed before anybody could press a second time.
  await maya.delaySlack(2000);
  await card(ben).getByRole('button', { name: /^Join/ }).click();
  await card(chloe).getByRole('button', { name: /^Join/ }).click();
  await chloe.page.getByText('was faster').waitFor();
  await maya.delaySlack(0);
  await chloe.page.getByText('joined after').first().waitFor();
  await chloe.page.mouse.move(0, 0);
  await keepMessage(message(chloe, 'was faster'), 'faster');
  await keepMessage(message(chloe, 'joined after'), 'card-joined');
  await gus.page.getByText('joined the conversation').last().waitFor();
  await keep(gus.page, 'customer');
}

const pages = await openLocalPages();
try {
  await mkdir(FOLDER, { recursive: true });
  const maya = await pages.as('maya');
  await setUp(maya);
  const ben = await pages.as('ben');
  const ana = await pages.as('ana');
  await prefer(ben);
  await thread(ben);
  await askForHelp(ana);
  await look(ben, ana);
  const chloe = await pages.as('chloe');
  await join(maya, ben, chloe, await pages.as('gus'));
  await forward(ana);
  await passOn(chloe, ana);
  await runWorkflow(ana);
  await token(maya);
  await undelivered(maya, ana);
} finally {
  await pages.close();
}
