import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, transaction, type Trx } from '../../src/store/db.ts';

function spend(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

const addMuch = (trx: Trx) => trx('things').insert({ id: 'b'.repeat(100_000), size: 1 });
const remove = (trx: Trx) => trx('things').where({ id: 'a' }).del();

describe('a statement that is used again on sqlite', () => {
  const db = connect('sqlite::memory:');
  afterAll(() => db.destroy());
  beforeEach(async () => {
    await db.schema.dropTableIfExists('things');
    await db.schema.createTable('things', (table) => {
      table.text('id').primary();
      table.integer('size').notNullable();
    });
  });

  const add = (id: string, size: number | null) => db('things').insert({ id, size });
  const sizeOf = (id: string) => db('things').where({ id }).first<{ size: number } | undefined>('size');

  it('answers for what it is given each time', async () => {
    await add('a', 1);
    await add('b', 2);
    const sizes = [await sizeOf('a'), await sizeOf('b'), await sizeOf('c'), await sizeOf('a')];
    expect(sizes).toEqual([{ size: 1 }, { size: 2 }, undefined, { size: 1 }]);
  });

  it('says how many rows it changed each time', async () => {
    await add('a', 1);
    await add('b', 1);
    const grown: number[] = [];
    for (const size of [1, 1, 2]) grown.push(await db('things').where({ size }).increment('size', 1));
    expect(grown).toEqual([2, 0, 2]);
  });

  it('works after it failed', async () => {
    await add('a', 1);
    await expect(add('a', 2)).rejects.toThrow('constraint failed');
    await expect(add('b', null)).rejects.toThrow('constraint failed');
    await add('b', 2);
    expect(await sizeOf('b')).toEqual({ size: 2 });
  });

  it('fails as long as what it names is not there, and no longer', async () => {
    const colours = () => db('things').select('colour');
    await expect(colours()).rejects.toThrow('no such column');
    await db.schema.alterTable('things', (table) => {
      table.text('colour');
    });
    expect(await colours()).toEqual([]);
  });

  it('sees columns that were added since', async () => {
    await add('a', 1);
    const all = () => db('things').select('*');
    expect(await all()).toEqual([{ id: 'a', size: 1 }]);
    await db.schema.alterTable('things', (table) => {
      table.text('colour').defaultTo('red');
    });
    expect(await all()).toEqual([{ id: 'a', size: 1, colour: 'red' }]);
  });

  it('may be asked for twice at the same moment', async () => {
    await add('a', 1);
    await add('b', 2);
    const both = await transaction(db, (trx) =>
      Promise.all(['a', 'b'].map((id) => trx('things').where({ id }).first<{ size: number }>('size'))),
    );
    expect(both).toEqual([{ size: 1 }, { size: 2 }]);
  });

  it('is rolled back with the one beside it that failed, however long the transaction took', async () => {
    for (const milliseconds of [0, 4, 6, 12]) {
      const lost = transaction(db, async (trx) => {
        const insert = (id: string) => trx('things').insert({ id, size: 1 });
        await insert('a');
        spend(milliseconds);
        await Promise.all(['a', 'b', 'c'].map(insert));
      });
      await expect(lost).rejects.toThrow('constraint failed');
      await setImmediate();
      expect(await db('things').pluck('id')).toEqual([]);
    }
  });

  it('is one of many: those used longest ago are forgotten', async () => {
    await add('a', 1);
    for (let count = 1; count <= 450; count += 1) {
      const rows = await db('things').whereIn(
        'size',
        Array.from({ length: count }, (_, index) => index + 1),
      );
      expect(rows).toHaveLength(1);
    }
    expect(await sizeOf('a')).toEqual({ size: 1 });
  });

  it('is outside of a transaction whose commit failed', async () => {
    await db.raw('drop table if exists parts');
    await db.raw(
      'create table parts (id text primary key, of text references things (id) deferrable initially deferred)',
    );
    const lost = transaction(db, (trx) => trx('parts').insert({ id: 'a', of: 'nothing' }));
    await expect(lost).rejects.toThrow('constraint failed');
    await transaction(db, (trx) => trx('things').insert({ id: 'b', size: 2 }));
    expect([await db('parts'), await sizeOf('b')]).toEqual([[], { size: 2 }]);
    const next = transaction(db, (trx) => trx('parts').insert({ id: 'a', of: 'b' }));
    await Promise.allSettled([transaction(db, (trx) => trx('parts').insert({ id: 'c', of: 'nothing' })), next]);
    expect(await db('parts').select('id')).toEqual([{ id: 'a' }]);
    await db.schema.dropTable('parts');
  });

  it('does nothing more for a transaction that SQLite gave up, and says why it did', async () => {
    await add('a', 1);
    // Never fewer than there are.
    await db.raw('pragma max_page_count = 1');
    const both = transaction(db, (trx) => Promise.all([addMuch(trx), remove(trx)]));
    await expect(both).rejects.toThrow('database or disk is full');
    const unheard = transaction(db, async (trx) => {
      await addMuch(trx).catch(() => undefined);
      await remove(trx).catch(() => undefined);
    });
    await expect(unheard).rejects.toThrow('SQLite has rolled this transaction back');
    expect(await sizeOf('a')).toEqual({ size: 1 });
    await db.raw('pragma max_page_count = 1000000');
    await transaction(db, addMuch);
    expect(await transaction(db, remove)).toBe(1);
  });

  it('leaves everything in the one file when it is closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-test-'));
    const file = join(folder, 'beckon.db');
    const first = connect(`sqlite:${file}`);
    await first.schema.createTable('things', (table) => table.text('id'));
    await first('things').insert({ id: 'a' });
    await first('things').select('id');
    await first.destroy();
    expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0);
    const again = connect(`sqlite:${file}`);
    expect(await again('things').pluck('id')).toEqual(['a']);
    await again.destroy();
    rmSync(folder, { recursive: true });
  });

  it('keeps no connection from being closed', async () => {
    const another = connect('sqlite::memory:');
    await another.schema.createTable('things', (table) => table.text('id'));
    await another('things').insert({ id: 'a' });
    await another('things').select('*');
    await expect(another.destroy()).resolves.toBeUndefined();
  });
});
