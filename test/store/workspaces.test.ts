import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { transaction } from '../../src/store/db.ts';
import { findWorkspace, lockWorkspace, saveWorkspace } from '../../src/store/workspaces.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makePerson, makeWorkspace } from '../support/make.ts';
import { shared } from '../support/shared.ts';
import { emptyDatabase } from '../support/state.ts';

const now = new Date('2026-03-02T09:00:00.000Z');

describe.each(databases)('a workspace on $name', ({ name, open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(() => emptyDatabase(database.db));

  it('keeps what administrators chose when Beckon starts again, and learns its new bot user', async () => {
    const { db } = database;
    await saveWorkspace(db, { id: 'T1', botUserId: 'UOLD', now });
    expect((await findWorkspace(db, 'T1'))?.awayEmoji).toEqual([':palm_tree:', ':face_with_thermometer:']);
    await db('workspaces').update({ away_emoji: '[":zzz:"]' });
    await saveWorkspace(db, { id: 'T1', botUserId: 'UNEW', now });
    expect(await findWorkspace(db, 'T1')).toMatchObject({ botUserId: 'UNEW', awayEmoji: [':zzz:'] });
    expect(await findWorkspace(db, 'T2')).toBeUndefined();
  });

  it('cannot be locked when it is not known', async () => {
    await expect(transaction(database.db, (trx) => lockWorkspace(trx, 'T9'))).rejects.toThrow('not known');
  });

  if (name === 'postgres') {
    it('is locked without waiting for verbs that only write rows of it, which would end in a deadlock', async () => {
      await makeWorkspace(database.db);
      const other = await database.db.transaction();
      await makePerson(other, 'UBEN');
      const locked = await transaction(database.db, async (trx) => {
        await makePerson(trx, 'UANA');
        return lockWorkspace(trx, 'T1');
      });
      expect(locked.id).toBe('T1');
      await lockWorkspace(other, 'T1');
      await other.commit();
    });
  }
});

describe.each(shared)('verbs that choose people on $name', ({ open }) => {
  it('do so one after the other in one workspace', async () => {
    const database = await open();
    await makeWorkspace(database.db);
    const order: string[] = [];
    const choose = (who: string) =>
      transaction(database.another(), async (trx) => {
        await lockWorkspace(trx, 'T1');
        order.push(who);
        await trx('people').select();
        order.push(who);
      });
    await Promise.all(['a', 'b', 'c', 'd'].map(choose));
    expect(order.filter((who, i) => i % 2 === 0 && who === order[i + 1])).toHaveLength(4);
    await database.close();
  });
});
