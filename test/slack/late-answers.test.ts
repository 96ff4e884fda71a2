/** However slow the database or Slack is, every act is acknowledged in time and answered later; what reaches no place is a direct message. */
import { describe, expect, it, jest } from '@jest/globals';
import { wordsOf, type Somebody } from '../../sandbox/driver.ts';
import type { Db } from '../../src/store/db.ts';
import { askForHelp, directMessages, whispered } from '../journeys/story.ts';
import { databases } from '../support/database.ts';
import { makeExpertise } from '../support/make.ts';
import {
  ASKED,
  NOTE,
  OUR_FAULT,
  at,
  blocked,
  inTime,
  last,
  modalOf,
  openAsk,
  openPanel,
  stage,
  typing,
  waitingOnHome,
  type Way,
} from '../support/stage.ts';

// Only real time can show that real budgets are kept.
jest.setTimeout(15_000);

const down = (method: string): void => at.world.slack.setKnobs({ failNext: { calls: 2, method } });
const busy = (method: string): void => at.world.slack.setKnobs({ rateLimitNext: { calls: 1, retryAfter: 30, method } });

/** Another transaction has the table to itself until `then` is done: only those wait who read it. */
const withoutExpertise = async (then: (trx: Db) => Promise<void>): Promise<Somebody> => {
  const ana = await at.hasty.as('ana');
  await at.db.transaction(async (trx) => {
    await trx.raw('lock table expertise in access exclusive mode');
    await ana.command('acme-support', '/livechat ask');
    await ana.until(async () => (await modalOf(ana)).includes('Loading…'));
    await then(trx);
  });
  await at.world.settle();
  return ana;
};

describe('the answer of a slow database', () => {
  stage('http');
  it('comes later, and every act is acknowledged in time', async () => {
    const card = await askForHelp(at.world);
    const [ana, ben, emi] = (await Promise.all(['ana', 'ben', 'emi'].map((who) => at.hasty.as(who)))) as [
      Somebody,
      Somebody,
      Somebody,
    ];
    await ana.openHome();
    await at.world.settle();
    await blocked(() =>
      Promise.all([
        ana.command('acme-support', '/livechat close'),
        ben.press('Join', card),
        ana.press('Edit', 'home'),
        emi.shortcut('Looking for help'),
      ]),
    );
    for (const somebody of [ana, ben, emi]) inTime(somebody);
    expect(await last(ana, 'acme-support')).toMatch(/is closed/);
    expect(await last(ben, 'support-help')).toMatch(/It is yours|was closed/);
  });

  it('finishes a form that says “Saving…” meanwhile', async () => {
    await openAsk();
    const ana = await at.hasty.as('ana');
    await typing(ana, { [ASKED]: ['Billing'], Note: NOTE });
    await blocked(
      () => ana.submit(),
      async () => expect(await modalOf(ana)).toContain('Saving…'),
    );
    expect(await modalOf(ana)).toContain('Looking for help');
    expect(await at.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
    inTime(ana);
  });

  it('does not save twice what is sent twice', async () => {
    await openAsk();
    const ana = await at.hasty.as('ana');
    await typing(ana, { [ASKED]: ['Billing'], Note: NOTE });
    await blocked(async () => {
      await ana.submit();
      await ana.submit({ Note: 'Once more' });
    });
    expect(await at.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
    expect(await modalOf(ana)).toMatch(/^Looking for help/);
  });

  it('and a late no keeps the form with everything that was typed', async () => {
    await openAsk();
    const before = await at.all.ana.modal();
    await blocked(
      async () => expect(await (await at.hasty.as('ana')).submit({ [ASKED]: ['Billing'], Note: NOTE })).toEqual({}),
      async (db) => void (await db('expertise').delete()),
    );
    const after = await at.all.ana.modal();
    expect(wordsOf(after)).toMatch(/^Ask for help\n:warning: .*was deleted/);
    expect(after.callbackId).toBe(before.callbackId);
    expect(after.blocks.slice(1)).toEqual(before.blocks);
    expect(await at.all.ana.submit({ [ASKED]: [] })).toEqual({});
    await at.world.settle();
    expect(await at.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
  });

  it('and a late bug is told once', async () => {
    await openAsk();
    const ana = await at.hasty.as('ana');
    await blocked(
      () => ana.submit({ [ASKED]: ['Billing'], Note: NOTE }),
      (db) => db.schema.renameTable('people', 'people_elsewhere'),
    );
    await at.db.schema.renameTable('people_elsewhere', 'people');
    expect(await modalOf(ana)).toMatch(OUR_FAULT);
    expect(await directMessages(at.all.ana)).toEqual([]);
  });

  it('to somebody who closed the form is a direct message', async () => {
    await openAsk();
    const ana = await at.hasty.as('ana');
    await blocked(
      () => ana.submit({ [ASKED]: ['Billing'], Note: NOTE }),
      () => ana.closeModal(),
    );
    expect((await directMessages(at.all.ana)).at(-1)).toBe('*Ask for help*  :white_check_mark: Saved.');
  });

  it('offers nothing to a search that would take too long', async () => {
    for (let n = 0; n < 100; n += 1)
      await makeExpertise(at.db, `Expertise ${n}`, { workspaceId: at.world.slack.teamId });
    await at.all.ana.command('acme-support', '/livechat ask');
    const ana = await at.hasty.as('ana');
    await blocked(() => expect(typing(ana, { [ASKED]: ['Billing'] })).rejects.toThrow('there is '));
    await typing(at.all.ana, { [ASKED]: ['Billing'] });
  });
});

describe.each<Way>(['http', 'socket'])('an answer that Slack does not take over %s', (mode) => {
  stage(mode);
  it.each([
    ['down', down],
    ['busy', busy],
  ])('comes beside a command whose window could not open (%s)', async (_how, out) => {
    out('views.open');
    await at.all.ana.command('acme-support', '/livechat ask');
    expect(await last(at.all.ana, 'acme-support')).toMatch(OUR_FAULT);
  });

  it.each([
    ['down', down],
    ['busy', busy],
  ])('comes by direct message after a click in a modal (%s)', async (_how, out) => {
    await openPanel();
    await at.all.maya.command('acme-support', '/livechat close');
    out('views.update');
    await at.all.ana.press('Close conversation', 'modal');
    expect((await directMessages(at.all.ana)).at(-1)).toMatch(/conversation is closed/);
  });

  it('says that it worked by direct message where it did', async () => {
    await waitingOnHome();
    down('views.open');
    await at.all.ben.press('Join', 'home');
    expect((await directMessages(at.all.ben)).at(-1)).toMatch(/It is yours/);
  });

  it('says that it worked also when the address to answer at has expired', async () => {
    const ana = await at.hasty.as('ana');
    await blocked(
      () => ana.command('acme-support', '/livechat open'),
      () => Promise.resolve(at.world.clock.advance({ minutes: 31 })),
    );
    expect((await directMessages(at.all.ana)).at(-1)).toMatch(/is open/);
    expect((await directMessages(at.all.ana)).join()).not.toMatch(OUR_FAULT);
  });

  it('comes by direct message after a shortcut whose window could not open', async () => {
    at.world.slack.setKnobs({ failNext: { calls: 4, method: 'views.open' } });
    await at.all.ana.shortcut('My preferences');
    expect((await directMessages(at.all.ana)).at(-1)).toMatch(OUR_FAULT);
  });

  it('is in the log at least when nothing of Slack works, and Beckon goes on', async () => {
    at.world.slack.setKnobs({ failNext: { calls: 1000 } });
    await at.all.ana.shortcut('My preferences');
    await openPanel().catch(() => undefined);
    at.world.slack.setKnobs({});
    await at.all.ana.shortcut('My preferences');
    expect(await modalOf(at.all.ana)).toContain('Live chat name');
  });
});

describe('a window that is loading', () => {
  stage('http', databases[1]);

  it('is filled when its data comes', async () => {
    const ana = await withoutExpertise(() => Promise.resolve());
    expect(await modalOf(ana)).toContain(ASKED);
  });

  it('says what went wrong, once', async () => {
    const ana = await withoutExpertise((trx) => trx.schema.renameTable('expertise', 'elsewhere'));
    expect(await modalOf(ana)).toMatch(OUR_FAULT);
    expect(await whispered(at.all.ana, 'acme-support')).toEqual([]);
    expect(await directMessages(at.all.ana)).toEqual([]);
  });

  it('may be closed before: then nothing more is said', async () => {
    const ana = await withoutExpertise(() => at.hasty.as('ana').then((one) => one.closeModal()));
    expect(await ana.modals()).toEqual([]);
    expect(await whispered(at.all.ana, 'acme-support')).toEqual([]);
    expect(await directMessages(at.all.ana)).toEqual([]);
  });
});
