import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findAgent, listAgents, lockAgent, updateAgents } from '../../src/store/agents.ts';
import { transaction } from '../../src/store/db.ts';
import { updateDesk } from '../../src/store/desk-state.ts';
import * as deskAgents from '../../src/store/desk-agents.ts';
import * as store from '../../src/store/desks.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeAgent, makeDesk, makeWorkspace } from '../support/make.ts';

describe.each(databases)('desks and agents on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await makeWorkspace(database.db, 'T1');
    await makeWorkspace(database.db, 'T2');
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of ['desk_agents', 'agents', 'desks', 'people']) await database.db(table).delete();
  });

  it('have one default and each name once in a workspace', async () => {
    const { db } = database;
    const add = (id: string, name: string, isDefault: boolean) =>
      store.insertDesk(db, { workspaceId: 'T1', id, name, isDefault, now: new Date() });
    expect(await add('d1', 'Support', true)).toBe(true);
    expect(await add('d2', 'Second', true)).toBe(false);
    expect(await add('d3', ' SUPPORT', false)).toBe(false);
    expect(await add('d4', 'Billing', false)).toBe(true);
    expect((await store.findDefaultDesk(db, 'T1'))?.id).toBe('d1');
  });

  it('are listed with the default first', async () => {
    const { db } = database;
    await makeDesk(db, 'Accounts');
    await makeDesk(db, 'Support');
    expect((await store.listDesks(db, 'T1')).map(({ name }) => name)).toEqual(['Support', 'Accounts']);
  });

  it('begin with the preferences the words promise', async () => {
    const { db } = database;
    await makeAgent(db, 'UANA');
    expect(await findAgent(db, 'T1', 'UANA')).toEqual({
      userId: 'UANA',
      liveChatName: '',
      languages: [],
      takes: 'any',
      pausedUntil: undefined,
      calledBy: 'mention',
      callsAnHour: 4,
      country: '',
      version: 1,
    });
  });

  it('keep what is saved, and count the version', async () => {
    const { db } = database;
    await makeAgent(db, 'UANA', { languages: ['de', 'en'], takes: 'mine', pausedUntil: '2026-03-02T10:00:00.000Z' });
    await transaction(db, (trx) => lockAgent(trx, 'T1', 'UANA'));
    await updateAgents(db, 'T1', ['UANA'], { pausedUntil: null, calledBy: 'direct' });
    expect(await findAgent(db, 'T1', 'UANA')).toMatchObject({
      languages: ['de', 'en'],
      takes: 'mine',
      pausedUntil: undefined,
      calledBy: 'direct',
      version: 3,
    });
  });

  it('count and list agents who are full members', async () => {
    const { db } = database;
    const desk = await makeDesk(db);
    await makeAgent(db, 'UBEN', { desks: [desk] });
    await makeAgent(db, 'UANA', { desks: [desk] });
    await makeAgent(db, 'UGONE', { desks: [desk], person: { isDeactivated: true } });
    expect(await deskAgents.countDeskAgents(db, 'T1')).toEqual(new Map([[desk, 2]]));
    expect((await deskAgents.listDeskAgents(db, 'T1', desk, 1)).map(({ userId }) => userId)).toEqual(['UANA']);
  });

  it('of one workspace are never seen or changed from another with equal ids', async () => {
    const { db } = database;
    const one = await makeDesk(db, 'Support', { id: 'd1', workspaceId: 'T1', helpChannelId: 'C1' });
    const two = await makeDesk(db, 'Support', { id: 'd2', workspaceId: 'T2', helpChannelId: 'C1' });
    await makeAgent(db, 'UANA', { workspaceId: 'T1', desks: [one] });
    await makeAgent(db, 'UANA', { workspaceId: 'T2', desks: [two] });

    await transaction(db, (trx) => updateDesk(trx, 'T2', 'd1', { name: 'Stolen' }));
    expect(await deskAgents.takeOffDesks(db, 'T2', ['d1'], ['UANA'])).toBe(0);
    await updateAgents(db, 'T2', ['UANA'], { liveChatName: 'Two' });

    expect((await store.findDesk(db, 'T1', 'd1'))?.name).toBe('Support');
    expect(await store.findDesk(db, 'T2', 'd1')).toBeUndefined();
    expect((await store.listDesksOf(db, 'T2', 'UANA')).map(({ id }) => id)).toEqual(['d2']);
    expect((await store.listDesksOfHelpChannel(db, 'T1', 'C1')).map(({ id }) => id)).toEqual(['d1']);
    expect((await listAgents(db, 'T1', ['UANA'])).get('UANA')?.liveChatName).toBe('');
    expect(await deskAgents.listOnDesk(db, 'T1', ['UANA', 'UBEN'])).toEqual(new Set(['UANA']));
  });
});
