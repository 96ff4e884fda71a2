import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect, isPostgres, transaction } from '../../src/store/db.ts';
import { databases, type TestDatabase } from './database.ts';
import { insideTransaction } from './inside-transaction.ts';
import { makePort } from './port.ts';

describe.each(databases)('a test database on $name', ({ name, open }) => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([open(), open()]);
  });
  afterAll(() => Promise.all([first.close(), second.close()]));

  it('is really that database', async () => {
    const [row] = rows(
      await first.db.raw(name === 'postgres' ? 'select version() as v' : 'select sqlite_version() as v'),
    );
    expect(row?.v).toMatch(name === 'postgres' ? /^PostgreSQL \d+/ : /^3\.\d+/);
    expect(isPostgres(first.db)).toBe(name === 'postgres');
  });

  it('knows inside a transaction that it is one, and nobody beside it thinks so', async () => {
    const inside: boolean[] = [];
    const beside: boolean[] = [];
    await Promise.all([
      transaction(first.db, async (trx) => {
        inside.push(insideTransaction());
        await trx('workspaces').select('id');
        inside.push(insideTransaction());
      }),
      Promise.resolve().then(() => beside.push(insideTransaction())),
    ]);
    expect(inside).toEqual([true, true]);
    expect(beside).toEqual([false]);
    expect(insideTransaction()).toBe(false);
  });

  it('lets nobody ask Slack inside a transaction', async () => {
    const asking = transaction(first.db, () => makePort().presence('T1', ['UANA']));
    await expect(asking).rejects.toThrow('while a transaction was open');
  });

  it('is migrated', async () => {
    expect(await countOf(first.db, 'knex_migrations')).toBeGreaterThan(0);
  });

  it('is its own: what one suite writes no other sees', async () => {
    await first.db.schema.createTable('mine', (table) => {
      table.text('id').primary();
    });
    expect(await first.db.schema.hasTable('mine')).toBe(true);
    expect(await second.db.schema.hasTable('mine')).toBe(false);
  });
});

describe('on postgres', () => {
  it('a second connection by url sees the same data', async () => {
    const database = await databases[1]?.open();
    if (!database) throw new Error('there is a second database');
    const other = connect(database.url);
    expect(await countOf(other, 'knex_migrations')).toBe(await countOf(database.db, 'knex_migrations'));
    await other.destroy();
    await database.close();
  });
});

async function countOf(db: Knex, table: string): Promise<number> {
  const found: unknown[] = await db(table).select();
  return found.length;
}

/** SQLite answers with the rows, PostgreSQL with an object around them. */
function rows(answer: unknown): Array<{ v: string }> {
  return Array.isArray(answer) ? (answer as Array<{ v: string }>) : (answer as { rows: Array<{ v: string }> }).rows;
}
