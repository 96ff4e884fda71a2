import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isPostgres, transaction, type Db } from '../../src/store/db.ts';
import { together } from '../../src/store/together.ts';
import { databases, type TestDatabase } from '../support/database.ts';

const family = (trx: Db, id: string) =>
  together(trx, [
    async () => trx('parents').insert({ id }),
    async () => trx('children').insert({ id: `${id}1`, parent_id: id }),
    async () => trx('children').where({ parent_id: id }).pluck<string[]>('id'),
  ]);

/** Meets another transaction; whoever waits for it hears of that later than of what was sent after it. */
const meet = (trx: Db) =>
  together(trx, [
    async () => {
      await trx.raw("do $$ begin raise 'met' using errcode = '40P01'; end $$");
    },
  ]);

const namedA = (from: Db) => from('parents').where({ id: 'a' }).pluck<string[]>('id');

describe.each(databases)('statements that leave together on $name', ({ open }) => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await db.schema.createTable('parents', (table) => table.text('id').primary());
    await db.schema.createTable('children', (table) => {
      table.text('id').primary();
      table.text('parent_id').notNullable().references('parents.id');
    });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await db('children').delete();
    await db('parents').delete();
  });

  it('are done in their order, and each is answered its own', async () => {
    const [, , children] = await transaction(db, (trx) => family(trx, 'a'));
    expect(children).toEqual(['a1']);
  });

  it('may each do more once answered, and be asked for outside a transaction', async () => {
    await family(db, 'a');
    const twice = () =>
      together(db, [
        async () => [...(await db('parents').pluck<string[]>('id')), ...(await db('children').pluck<string[]>('id'))],
        () => Promise.resolve(1),
      ]);
    expect(await twice()).toEqual([['a', 'a1'], 1]);
  });

  it('are all undone where one of them fails, with what was wrong with that one', async () => {
    const work = transaction(db, async (trx) => {
      await family(trx, 'a');
      await together(trx, [
        async () => trx('parents').insert({ id: 'b' }),
        async () => trx('parents').insert({ id: 'a' }),
        async () => trx('parents').insert({ id: 'c' }),
      ]);
    });
    await expect(work).rejects.toThrow(/unique/i);
    expect(await db('parents').pluck('id')).toEqual([]);
    await transaction(db, (trx) => family(trx, 'a'));
    expect(await db('children').pluck('id')).toEqual(['a1']);
  });

  it('are run again where one of them met another transaction, whatever is said of those after it', async () => {
    if (!isPostgres(db)) return;
    let attempts = 0;
    const found = await transaction(db, async (trx) => {
      attempts += 1;
      const [, ids] = await together(trx, [
        async () => {
          if (attempts === 1) await meet(trx);
        },
        async () => trx('parents').pluck<string[]>('id'),
      ]);
      return ids;
    });
    expect([attempts, found]).toEqual([2, []]);
  });

  it('are asked anew where PostgreSQL has forgotten what it knew by name', async () => {
    if (!isPostgres(db)) return;
    for (let time = 0; time < 30; time += 1) await namedA(db);
    await db.raw('deallocate all');
    expect(await transaction(db, namedA)).toEqual([]);
    expect(await namedA(db)).toEqual([]);
  });

  it('wait for each other’s answers only where the database could not keep their order', async () => {
    const seen: string[] = [];
    await transaction(db, async (trx) => {
      trx.on('query', () => seen.push('asked'));
      trx.on('query-response', () => seen.push('answered'));
      await family(trx, 'a');
      trx.removeAllListeners();
    });
    const each = ['asked', 'answered'];
    const atOnce = ['asked', 'asked', 'asked', 'answered', 'answered', 'answered'];
    expect(seen).toEqual(isPostgres(db) ? atOnce : [...each, ...each, ...each]);
  });
});
