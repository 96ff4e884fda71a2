/** What tests of the doors stand on: a workspace that is broken and slowed down at will, and people at it. */
import { afterEach, beforeEach, expect } from '@jest/globals';
import { connect, wordsOf, type Somebody, type Workspace } from '../../sandbox/driver.ts';
import type { Db } from '../../src/store/db.ts';
import { askForHelp, everybody, plant, whispered } from '../journeys/story.ts';
import { databases } from './database.ts';
import { startWorld, type World } from './world.ts';

export const NOTE = 'What was typed, *and* <kept>';
export const ASKED = 'What should the helper know about?';
export const OUR_FAULT = /Something went wrong on our side\. Please try again/;

export type Way = 'http' | 'socket';

type Stage = {
  db: Db;
  world: World;
  /** People who do not wait until they are answered. */
  hasty: Workspace;
  all: Record<'maya' | 'ana' | 'ben' | 'emi' | 'gus', Somebody>;
};

/** The one of the test that runs. */
export const at = {} as Stage;

/** A workspace of its own for every test of a suite. */
export function stage(mode: Way, on = databases[0]): void {
  let close: () => Promise<void>;
  beforeEach(async () => {
    if (on === undefined) throw new Error('no database');
    const database = await on.open();
    const world = await startWorld(database.db, { mode });
    const hasty = await connect(world.slack.url);
    await plant(database.db, world);
    const all = await everybody(world, 'maya', 'ana', 'ben', 'emi', 'gus');
    Object.assign(at, { db: database.db, world, hasty, all } satisfies Stage);
    close = async () => {
      hasty.close();
      await world.close();
      await database.close();
    };
  });
  afterEach(() => close());
}

export const last = async (somebody: Somebody, channel: string): Promise<string> =>
  (await whispered(somebody, channel)).at(-1) ?? '';
export const modalOf = async (somebody: Somebody): Promise<string> => wordsOf(await somebody.modal());

/** Every query fails from now on, as by a bug; what was renamed comes back with the answer. */
export const broken = async (act: () => Promise<unknown>): Promise<void> => {
  await at.db.schema.renameTable('people', 'people_elsewhere');
  await act();
  await at.world.settle();
  await at.db.schema.renameTable('people_elsewhere', 'people');
};

/** The database answers nobody until `then` is done: its one connection is taken. */
export const blocked = async (act: () => Promise<unknown>, then?: (db: Db) => Promise<void>) => {
  const held = await at.db.transaction();
  try {
    await act();
    await then?.(held);
  } finally {
    await held.commit();
  }
  await at.world.settle();
};

/** Nobody of Slack said that something took too long. */
export const inTime = (somebody: Somebody): void => expect(somebody.notices()).toEqual([]);

export const typing = (somebody: Somebody, entries: Parameters<Somebody['fill']>[0]): Promise<void> =>
  somebody.fill(entries);

export const openPanel = async (): Promise<void> => {
  await at.all.ana.command('acme-support', '/livechat open');
  await at.all.ana.command('acme-support', '/livechat');
};
export const openAsk = async (): Promise<void> => {
  await at.all.ana.command('acme-support', '/livechat ask');
  await typing(at.all.ana, { [ASKED]: ['Billing'], Note: NOTE });
};
export const waitingOnHome = async (): Promise<void> => {
  await askForHelp(at.world);
  await at.all.ben.openHome();
  await at.world.settle();
};
