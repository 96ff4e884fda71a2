import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { transaction } from '../../src/store/db.ts';
import * as store from '../../src/store/expertise.ts';
import { countHolders, listHolders } from '../../src/store/holders.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeAgent, makeDesk, makeExpertise, makePerson, makeWorkspace } from '../support/make.ts';

describe.each(databases)('expertise on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await makeWorkspace(database.db, 'T1');
    await makeWorkspace(database.db, 'T2');
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of ['agent_expertise', 'desk_agents', 'agents', 'desks', 'people', 'expertise']) {
      await database.db(table).delete();
    }
  });

  it('has a name once in a workspace, however it is written', async () => {
    const { db } = database;
    const add = (id: string, name: string, workspaceId: string) =>
      store.insertExpertise(db, { workspaceId, id, name, description: '', now: new Date() });
    expect(await add('e1', 'Réseau', 'T1')).toBe(true);
    expect(await add('e2', 'RE\u0301SEAU', 'T1')).toBe(false);
    expect(await add('e3', 'Réseau', 'T2')).toBe(true);
  });

  it('is found by its old names until another has them', async () => {
    const { db } = database;
    const id = await makeExpertise(db, 'Money');
    await transaction(db, (trx) => store.insertAlias(trx, 'T1', 'billing', id));
    expect((await store.findExpertiseByKey(db, 'T1', 'billing'))?.name).toBe('Money');
    await makeExpertise(db, 'Billing');
    expect((await store.findExpertiseByKey(db, 'T1', 'billing'))?.name).toBe('Billing');
  });

  it('is found by how its name begins, and by an old name only where no name begins so', async () => {
    const { db } = database;
    const begins = async (key: string) => (await store.listExpertiseBeginning(db, 'T1', key)).map(({ name }) => name);
    const money = await makeExpertise(db, 'Money');
    await transaction(db, async (trx) => {
      await store.insertAlias(trx, 'T1', 'billing', money);
      await store.insertAlias(trx, 'T1', 'bills', money);
    });
    expect(await begins('bil')).toEqual(['Money']);
    for (const name of ['Bilge pumps', '😀 100% fun', 'Able']) await makeExpertise(db, name);
    await makeExpertise(db, 'Biller', { workspaceId: 'T2' });
    expect(await begins('bil')).toEqual(['Bilge pumps']);
    expect(await begins('😀 1')).toEqual(['😀 100% fun']);
    expect(await begins('%')).toEqual([]);
    expect(await begins('ble')).toEqual([]);
  });

  it('is listed by name alike on both databases', async () => {
    const { db } = database;
    for (const name of ['zoo', 'Äpfel', 'Level 10', 'level 2', 'apple', '_private', 'Zebra'])
      await makeExpertise(db, name);
    const names = (await store.listExpertise(db, 'T1')).map(({ name }) => name);
    expect(names).toEqual(['_private', 'Äpfel', 'apple', 'level 2', 'Level 10', 'Zebra', 'zoo'].sort(collate));
  });

  it('counts and lists holders who are full members', async () => {
    const { db } = database;
    const id = await makeExpertise(db, 'Billing');
    await makeAgent(db, 'UANA', { expertise: [id] });
    await makeAgent(db, 'UBEN', { expertise: [id] });
    await makeAgent(db, 'UGONE', { expertise: [id], person: { isDeactivated: true } });
    await makeAgent(db, 'UGUS', { expertise: [id], person: { isGuest: true } });
    expect(await countHolders(db, 'T1')).toEqual(new Map([[id, 2]]));
    expect((await listHolders(db, 'T1', id, 10)).map(({ userId }) => userId)).toEqual(['UANA', 'UBEN']);
  });

  it('can be given to thousands at once, and says to whom it is new', async () => {
    const { db } = database;
    const id = await makeExpertise(db, 'Billing');
    const userIds = Array.from({ length: 900 }, (_, index) => `U${index}`);
    await db.batchInsert(
      'people',
      userIds.map((userId) => ({
        workspace_id: 'T1',
        user_id: userId,
        name: userId,
        real_name: userId,
        time_zone: 'UTC',
        locale: '',
        read_at: '',
      })),
      400,
    );
    const { insertAgents } = await import('../../src/store/agents.ts');
    expect(await insertAgents(db, 'T1', userIds)).toHaveLength(900);
    await store.giveExpertise(db, 'T1', [id], ['U1']);
    expect(await store.giveExpertise(db, 'T1', [id], userIds)).toHaveLength(899);
    expect(await transaction(db, (trx) => store.takeExpertise(trx, 'T1', [id], userIds))).toHaveLength(900);
  });

  it('of one workspace is never seen or changed from another with equal ids', async () => {
    const { db } = database;
    await makePerson(db, 'UANA', { workspaceId: 'T1' });
    const desk1 = await makeDesk(db, 'Support', { id: 'd1', workspaceId: 'T1' });
    const desk2 = await makeDesk(db, 'Support', { id: 'd2', workspaceId: 'T2' });
    const one = await makeExpertise(db, 'Billing', { id: 'e1', workspaceId: 'T1' });
    const two = await makeExpertise(db, 'Billing', { id: 'e2', workspaceId: 'T2' });
    await makeAgent(db, 'UANA', { workspaceId: 'T1', desks: [desk1], expertise: [one] });
    await makeAgent(db, 'UANA', { workspaceId: 'T2', desks: [desk2], expertise: [two] });

    expect((await store.listExpertiseOf(db, 'T1', 'UANA')).map(({ id }) => id)).toEqual(['e1']);
    expect(await store.findExpertise(db, 'T2', 'e1')).toBeUndefined();
    expect(await store.listExpertiseByIds(db, 'T2', ['e1', 'e2'])).toHaveLength(1);
    expect(await transaction(db, (trx) => store.takeExpertise(trx, 'T2', ['e1'], ['UANA']))).toEqual([]);
    await transaction(db, (trx) => store.updateExpertise(trx, 'T2', 'e1', { name: 'Stolen' }));
    await transaction(db, (trx) => store.deleteAlias(trx, 'T2', 'billing'));
    expect((await store.findExpertise(db, 'T1', 'e1'))?.name).toBe('Billing');
    expect(await listHolders(db, 'T2', 'e1', 10)).toEqual([]);
    expect((await countHolders(db, 'T1')).get('e1')).toBe(1);
  });
});

const collate = (a: string, b: string): number => new Intl.Collator('en', { numeric: true }).compare(a, b);
