/** Three questions at once in one channel shared with a customer: three conversations, found and worked in as people do. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { openLocalPages, type AtPage, type LocalPages } from '../../scripts/local-page.ts';
import { heading, message } from '../../scripts/on-page.ts';
import { channelWords, openThread, reply, setUpDesk, shortcut, told } from '../support/at-page.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

const BILLING = 'Our invoice page is empty since Monday';
const REFUNDS = 'How do refunds to a closed account work?';
const SEATS = 'Can you add two seats for us?';

/** The status in the panel that is open. */
const statusIs = ({ dialog }: AtPage, status: string): Promise<boolean> =>
  dialog.getByRole('radio', { name: status, exact: true }).isChecked();

/** The panel of the channel's own conversation, from a message in whose thread none is open. */
async function channelPanel(person: AtPage): Promise<void> {
  await shortcut(person, 'Hi Olga, looking into it.', 'Live chat', 'Conversation');
  await told(person, 'The channel’s own conversation is open');
  await person.press('Open panel', person.dialog.getByText('In this conversation'));
}

/** A panel shows what was true when it opened: it is opened again until the customer's word has arrived. */
async function untilInProgress(person: AtPage, open: (person: AtPage) => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + 10_000; ;) {
    await open(person);
    await told(person, 'In this conversation');
    if (await statusIs(person, 'In progress')) return person.closeDialog();
    await person.closeDialog();
    if (Date.now() > deadline) throw new Error('the conversation is not In progress');
  }
}

describeInBrowser('three questions in one shared channel', ({ keepScreenshot }) => {
  let pages: LocalPages;
  let all: Record<'maya' | 'ben' | 'olga', AtPage>;
  beforeAll(async () => {
    pages = await openLocalPages();
    const [maya, ben, olga] = [await pages.as('maya'), await pages.as('ben'), await pages.as('olga')];
    all = { maya, ben, olga };
    await setUpDesk(maya, {
      expertise: { Billing: ['Ben Okafor'], Refunds: ['Chloé Martin'] },
      agents: ['Maya Ortiz', 'Ana Silva'],
    });
    for (const person of [olga, ben, maya]) await person.go('globex-shared');
    for (const question of [BILLING, REFUNDS, SEATS]) await olga.say(question);
    for (const person of [ben, maya]) await message(person, SEATS).waitFor();
  });
  afterAll(() => pages.close());

  it('the shortcut Live chat opens a conversation of the first thread, looking alone opens none', async () => {
    const { ben } = all;
    await shortcut(ben, BILLING, 'Live chat', 'Conversation');
    expect(await ben.dialog.innerText()).toContain('No conversation is open in this thread');
    await ben.closeDialog();
    await shortcut(ben, BILLING, 'Live chat', 'Conversation');
    await ben.press('Open', ben.dialog.getByText('In this conversation'));
    expect(await ben.dialog.innerText()).toContain('Olga Petrova');
    await ben.pick('Expertise', 'Billing');
    await ben.fill('Note', 'Only the page, the invoices are there');
    await keepScreenshot(ben.page, 'threads-1-opened');
    await ben.save();
  });

  it('the shortcut Ask for help here asks for the second thread, beside the first', async () => {
    const { ben, maya } = all;
    await shortcut(ben, REFUNDS, 'Ask for help here', 'Ask for help');
    expect(await ben.dialog.innerText()).toContain(REFUNDS);
    // Found in the words of the message, so chosen already.
    await told(ben, 'Refunds');
    await ben.press('Ask for help', heading(ben, 'Looking for help'));
    expect(await ben.dialog.innerText()).toMatch(/Chloé Martin\s+has been called/);
    await keepScreenshot(ben.page, 'threads-2-asked');
    await ben.closeDialog();

    await shortcut(maya, SEATS, 'Live chat', 'Conversation');
    await maya.press('Open', maya.dialog.getByText('In this conversation'));
    await maya.dialog.getByRole('radio', { name: 'Waiting for customer' }).check();
    await maya.save();
  });

  it('each has its own panel: status, note, expertise and who is in', async () => {
    const { maya } = all;
    await shortcut(maya, BILLING, 'Live chat', 'Conversation');
    await told(maya, 'In this conversation');
    expect(await statusIs(maya, 'In progress')).toBe(true);
    expect(await maya.dialog.getByRole('textbox', { name: 'Note' }).inputValue()).toContain('Only the page');
    expect(await maya.dialog.innerText()).toMatch(/In this conversation\s+@?Ben Okafor/);
    await keepScreenshot(maya.page, 'threads-3-panel-of-the-first');
    await maya.closeDialog();

    await shortcut(maya, SEATS, 'Live chat', 'Conversation');
    await told(maya, 'In this conversation');
    expect(await statusIs(maya, 'Waiting for customer')).toBe(true);
    expect(await maya.dialog.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('');
    expect(await maya.dialog.innerText()).toMatch(/In this conversation\s+@?Maya Ortiz/);
    await maya.closeDialog();
  });

  it('a member of the channel joins from the panel, and only that thread reads one sentence', async () => {
    const { maya, olga } = all;
    await shortcut(maya, REFUNDS, 'Live chat', 'Conversation');
    await told(maya, 'Looking for help, asked');
    expect(await statusIs(maya, 'Looking for help')).toBe(true);
    await keepScreenshot(maya.page, 'threads-4-join');
    await maya.press('Join', maya.dialog.getByText('It is yours'));
    await maya.closeDialog();

    const pane = await openThread(olga, REFUNDS);
    await pane.getByText('Maya Ortiz joined the conversation.').waitFor();
    expect(await pane.getByRole('article').count()).toBe(2);
    const read = `${await pane.innerText()} ${await channelWords(olga)}`;
    for (const internal of ['Only the page', 'Looking for help', 'Waiting for customer', 'In progress', 'Billing']) {
      expect(read).not.toContain(internal);
    }
    await keepScreenshot(olga.page, 'threads-5-customer');
    for (const other of [BILLING, SEATS]) {
      const beside = await openThread(olga, other);
      expect(await beside.getByRole('article').count()).toBe(1);
    }
  });

  it('the customer’s word counts for the conversation it is said in, and for no other', async () => {
    const { ben, maya, olga } = all;
    await ben.command('/livechat open', /is open/);
    await channelPanel(ben);
    await ben.dialog.getByRole('radio', { name: 'Waiting for customer' }).check();
    await ben.press('Save', ben.dialog.getByText('No conversation is open in this thread'));
    await ben.closeDialog();

    await olga.say('By the way, happy new release!');
    await untilInProgress(ben, channelPanel);
    await shortcut(maya, SEATS, 'Live chat', 'Conversation');
    await told(maya, 'In this conversation');
    expect(await statusIs(maya, 'Waiting for customer')).toBe(true);
    await maya.closeDialog();

    await openThread(olga, SEATS);
    await reply(olga, 'Two more, to be exact');
    await untilInProgress(maya, (person) => shortcut(person, SEATS, 'Live chat', 'Conversation'));
    await maya.open('/livechat', 'Which conversation?');
    expect(await maya.dialog.getByRole('button', { name: 'Open panel' }).count()).toBe(4);
    await keepScreenshot(maya.page, 'threads-6-which');
    await maya.closeDialog();
  });
});
