/** Whatever fails, people read it where they acted, in time, and nothing they typed is lost. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { connect, wordsOf, type Somebody, type Workspace } from '../../sandbox/driver.ts';
import { askForHelp, directMessages, everybody, plant, whispered } from '../journeys/story.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeExpertise } from '../support/make.ts';
import { startWorld, type World } from '../support/world.ts';

// Only real time can show that real budgets are kept.
jest.setTimeout(15_000);

const OUR_FAULT = /Something went wrong on our side\. Please try again/;
/** All there is to read: nothing of what went wrong inside. */
const ONLY_OUR_FAULT =
  /^(Something went wrong\n)?(:warning: )?Something went wrong on our side\. Please try again; if it happens again, tell an administrator what you did\.$/;
const NOTE = 'What was typed, *and* <kept>';
const ASKED = 'What should the helper know about?';

let database: TestDatabase;
let world: World;
let hasty: Workspace;
let all: Record<'maya' | 'ana' | 'ben' | 'emi' | 'gus', Somebody>;

type Way = 'http' | 'socket';

/** A workspace of its own for every test of a suite. */
function stage(mode: Way, on = databases[0]): void {
  beforeEach(async () => {
    if (on === undefined) throw new Error('no database');
    database = await on.open();
    world = await startWorld(database.db, { mode });
    hasty = await connect(world.slack.url);
    await plant(database.db, world);
    all = await everybody(world, 'maya', 'ana', 'ben', 'emi', 'gus');
  });
  afterEach(async () => {
    hasty.close();
    await world.close();
    await database.close();
  });
}

const last = async (somebody: Somebody, channel: string): Promise<string> =>
  (await whispered(somebody, channel)).at(-1) ?? '';
const modalOf = async (somebody: Somebody): Promise<string> => wordsOf(await somebody.modal());

/** Every query fails from now on, as by a bug; what was renamed comes back with the answer. */
const broken = async (act: () => Promise<unknown>): Promise<void> => {
  await database.db.schema.renameTable('people', 'people_elsewhere');
  await act();
  await world.settle();
  await database.db.schema.renameTable('people_elsewhere', 'people');
};

/** The database answers nobody until `then` is done: its one connection is taken. */
const blocked = async (act: () => Promise<unknown>, then?: (db: TestDatabase['db']) => Promise<void>) => {
  const held = await database.db.transaction();
  try {
    await act();
    await then?.(held);
  } finally {
    await held.commit();
  }
  await world.settle();
};

/** Nobody of Slack said that something took too long. */
const inTime = (somebody: Somebody): void => expect(somebody.notices()).toEqual([]);

const typing = (somebody: Somebody, entries: Parameters<Somebody['fill']>[0]): Promise<void> => somebody.fill(entries);

const down = (method: string): void => world.slack.setKnobs({ failNext: { calls: 2, method } });
const busy = (method: string): void => world.slack.setKnobs({ rateLimitNext: { calls: 1, retryAfter: 30, method } });

/** Another transaction has the table to itself until `then` is done: only those wait who read it. */
const withoutExpertise = async (then: (trx: TestDatabase['db']) => Promise<void>): Promise<Somebody> => {
  const ana = await hasty.as('ana');
  await database.db.transaction(async (trx) => {
    await trx.raw('lock table expertise in access exclusive mode');
    await ana.command('acme-support', '/livechat ask');
    await ana.until(async () => (await modalOf(ana)).includes('Loading…'));
    await then(trx);
  });
  await world.settle();
  return ana;
};

const openPanel = async (): Promise<void> => {
  await all.ana.command('acme-support', '/livechat open');
  await all.ana.command('acme-support', '/livechat');
};
const openAsk = async (): Promise<void> => {
  await all.ana.command('acme-support', '/livechat ask');
  await typing(all.ana, { [ASKED]: ['Billing'], Note: NOTE });
};
const waitingOnHome = async (): Promise<void> => {
  await askForHelp(world);
  await all.ben.openHome();
  await world.settle();
};

describe.each<Way>(['http', 'socket'])('a no over %s', (mode) => {
  stage(mode);
  it('stands below a command, only for who typed it', async () => {
    await all.gus.command('acme-support', '/livechat open');
    expect(await last(all.gus, 'acme-support')).toContain('not open to guests');
    inTime(all.gus);
  });

  it('stands beside the message whose button was pressed', async () => {
    await all.emi.press('Join', await askForHelp(world));
    expect(await last(all.emi, 'support-help')).toContain('Only agents can do this');
  });

  it('stands above the modal whose button was pressed', async () => {
    await openPanel();
    await all.maya.command('acme-support', '/livechat close');
    await all.ana.press('Close conversation', 'modal');
    expect(await modalOf(all.ana)).toMatch(/^Conversation\n:warning: .*closed[\s\S]*Note/);
  });

  it('opens over Home', async () => {
    await waitingOnHome();
    await all.maya.command('acme-support', '/livechat close');
    await all.ben.press('Join', 'home');
    expect(await modalOf(all.ben)).toMatch(/^Not possible\n.*was closed/);
  });

  it('opens after a global shortcut', async () => {
    await all.gus.shortcut('Looking for help');
    expect(await modalOf(all.gus)).toMatch(/^Not possible\n.*not open to guests/);
  });

  it('stands under the field of a form it is about', async () => {
    await openAsk();
    await database.db('expertise').delete();
    expect(await all.ana.submit()).toEqual({ expertise: expect.stringContaining('was deleted') });
    expect(await modalOf(all.ana)).toContain('Ask for help');
    expect(await database.db('conversations')).toEqual([]);
  });

  it('stands above a form when it is about none of its fields, which all stay', async () => {
    await openPanel();
    await typing(all.ana, { Note: NOTE });
    const before = await all.ana.modal();
    await all.maya.command('acme-support', '/livechat close');
    expect(await all.ana.submit()).toEqual({});
    const after = await all.ana.modal();
    expect(wordsOf(after)).toMatch(/:warning: That conversation is closed/);
    expect(after.blocks.slice(1)).toEqual(before.blocks);
  });

  it('offers nothing in a search', async () => {
    for (let n = 0; n < 100; n += 1)
      await makeExpertise(database.db, `Expertise ${n}`, { workspaceId: world.slack.teamId });
    await all.ana.command('acme-support', '/livechat ask');
    await all.maya.send('setPerson', { user: all.ana.id, role: 'guest' });
    await world.settle();
    await expect(typing(all.ana, { [ASKED]: ['Billing'] })).rejects.toThrow('there is ');
  });
});

describe.each<Way>(['http', 'socket'])('an error of ours over %s hides why', (mode) => {
  stage(mode);
  it('below a command', async () => {
    await broken(() => all.ana.command('acme-support', '/livechat open'));
    expect(await last(all.ana, 'acme-support')).toMatch(ONLY_OUR_FAULT);
    inTime(all.ana);
  });

  it('beside a message', async () => {
    const card = await askForHelp(world);
    await broken(() => all.ben.press('Join', card));
    expect(await last(all.ben, 'support-help')).toMatch(ONLY_OUR_FAULT);
  });

  it('above a modal', async () => {
    await openPanel();
    await broken(() => all.ana.press('Close conversation', 'modal'));
    expect((await modalOf(all.ana)).split('\n')[1] ?? '').toMatch(ONLY_OUR_FAULT);
  });

  it('over Home', async () => {
    await waitingOnHome();
    await broken(() => all.ben.press('Join', 'home'));
    expect(await modalOf(all.ben)).toMatch(ONLY_OUR_FAULT);
  });

  it('after a global shortcut', async () => {
    await broken(() => all.ana.shortcut('My preferences'));
    expect(await modalOf(all.ana)).toMatch(ONLY_OUR_FAULT);
  });

  it('above a form, which can be sent again as it is', async () => {
    await openAsk();
    await broken(() => all.ana.submit());
    expect((await modalOf(all.ana)).split('\n')[1] ?? '').toMatch(ONLY_OUR_FAULT);
    expect(await all.ana.submit()).toEqual({});
    await world.settle();
    expect(await database.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
  });

  it('and after an event tries it again', async () => {
    await all.ana.command('acme-support', '/livechat open');
    await all.ana.command('acme-support', '/livechat status waiting');
    await broken(() => all.gus.say('acme-support', 'Hello?'));
    expect(await database.db('conversations').select('status')).toEqual([{ status: 'waiting' }]);
    world.clock.advance({ minutes: 1 });
    await world.settle();
    expect(await database.db('conversations').select('status')).toEqual([{ status: 'in_progress' }]);
  });
});

describe('the answer of a slow database', () => {
  stage('http');
  it('comes later, and every act is acknowledged in time', async () => {
    const card = await askForHelp(world);
    const [ana, ben, emi] = (await Promise.all(['ana', 'ben', 'emi'].map((who) => hasty.as(who)))) as [
      Somebody,
      Somebody,
      Somebody,
    ];
    await ana.openHome();
    await world.settle();
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
    const ana = await hasty.as('ana');
    await typing(ana, { [ASKED]: ['Billing'], Note: NOTE });
    await blocked(
      () => ana.submit(),
      async () => expect(await modalOf(ana)).toContain('Saving…'),
    );
    expect(await modalOf(ana)).toContain('Looking for help');
    expect(await database.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
    inTime(ana);
  });

  it('does not save twice what is sent twice', async () => {
    await openAsk();
    const ana = await hasty.as('ana');
    await typing(ana, { [ASKED]: ['Billing'], Note: NOTE });
    await blocked(async () => {
      await ana.submit();
      await ana.submit({ Note: 'Once more' });
    });
    expect(await database.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
    expect(await modalOf(ana)).toMatch(/^Looking for help/);
  });

  it('and a late no keeps the form with everything that was typed', async () => {
    await openAsk();
    const before = await all.ana.modal();
    await blocked(
      async () => expect(await (await hasty.as('ana')).submit({ [ASKED]: ['Billing'], Note: NOTE })).toEqual({}),
      async (db) => void (await db('expertise').delete()),
    );
    const after = await all.ana.modal();
    expect(wordsOf(after)).toMatch(/^Ask for help\n:warning: .*was deleted/);
    expect(after.callbackId).toBe(before.callbackId);
    expect(after.blocks.slice(1)).toEqual(before.blocks);
    expect(await all.ana.submit({ [ASKED]: [] })).toEqual({});
    await world.settle();
    expect(await database.db('help_requests').select('note')).toEqual([{ note: NOTE }]);
  });

  it('and a late bug is told once', async () => {
    await openAsk();
    const ana = await hasty.as('ana');
    await blocked(
      () => ana.submit({ [ASKED]: ['Billing'], Note: NOTE }),
      (db) => db.schema.renameTable('people', 'people_elsewhere'),
    );
    await database.db.schema.renameTable('people_elsewhere', 'people');
    expect(await modalOf(ana)).toMatch(OUR_FAULT);
    expect(await directMessages(all.ana)).toEqual([]);
  });

  it('to somebody who closed the form is a direct message', async () => {
    await openAsk();
    const ana = await hasty.as('ana');
    await blocked(
      () => ana.submit({ [ASKED]: ['Billing'], Note: NOTE }),
      () => ana.closeModal(),
    );
    expect((await directMessages(all.ana)).at(-1)).toBe('*Ask for help*  :white_check_mark: Saved.');
  });

  it('offers nothing to a search that would take too long', async () => {
    for (let n = 0; n < 100; n += 1)
      await makeExpertise(database.db, `Expertise ${n}`, { workspaceId: world.slack.teamId });
    await all.ana.command('acme-support', '/livechat ask');
    const ana = await hasty.as('ana');
    await blocked(() => expect(typing(ana, { [ASKED]: ['Billing'] })).rejects.toThrow('there is '));
    await typing(all.ana, { [ASKED]: ['Billing'] });
  });
});

describe.each<Way>(['http', 'socket'])('an answer that Slack does not take over %s', (mode) => {
  stage(mode);
  it.each([
    ['down', down],
    ['busy', busy],
  ])('comes beside a command whose window could not open (%s)', async (_how, out) => {
    out('views.open');
    await all.ana.command('acme-support', '/livechat ask');
    expect(await last(all.ana, 'acme-support')).toMatch(OUR_FAULT);
  });

  it.each([
    ['down', down],
    ['busy', busy],
  ])('comes by direct message after a click in a modal (%s)', async (_how, out) => {
    await openPanel();
    await all.maya.command('acme-support', '/livechat close');
    out('views.update');
    await all.ana.press('Close conversation', 'modal');
    expect((await directMessages(all.ana)).at(-1)).toMatch(/conversation is closed/);
  });

  it('says that it worked by direct message where it did', async () => {
    await waitingOnHome();
    down('views.open');
    await all.ben.press('Join', 'home');
    expect((await directMessages(all.ben)).at(-1)).toMatch(/It is yours/);
  });

  it('says that it worked also when the address to answer at has expired', async () => {
    const ana = await hasty.as('ana');
    await blocked(
      () => ana.command('acme-support', '/livechat open'),
      () => Promise.resolve(world.clock.advance({ minutes: 31 })),
    );
    expect((await directMessages(all.ana)).at(-1)).toMatch(/is open/);
    expect((await directMessages(all.ana)).join()).not.toMatch(OUR_FAULT);
  });

  it('comes by direct message after a shortcut whose window could not open', async () => {
    world.slack.setKnobs({ failNext: { calls: 4, method: 'views.open' } });
    await all.ana.shortcut('My preferences');
    expect((await directMessages(all.ana)).at(-1)).toMatch(OUR_FAULT);
  });

  it('is in the log at least when nothing of Slack works, and Beckon goes on', async () => {
    world.slack.setKnobs({ failNext: { calls: 1000 } });
    await all.ana.shortcut('My preferences');
    await openPanel().catch(() => undefined);
    world.slack.setKnobs({});
    await all.ana.shortcut('My preferences');
    expect(await modalOf(all.ana)).toContain('Live chat name');
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
    expect(await whispered(all.ana, 'acme-support')).toEqual([]);
    expect(await directMessages(all.ana)).toEqual([]);
  });

  it('may be closed before: then nothing more is said', async () => {
    const ana = await withoutExpertise(() => hasty.as('ana').then((one) => one.closeModal()));
    expect(await ana.modals()).toEqual([]);
    expect(await whispered(all.ana, 'acme-support')).toEqual([]);
    expect(await directMessages(all.ana)).toEqual([]);
  });
});
