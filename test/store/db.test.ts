import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, isPostgres, migrate, transaction, type Db } from '../../src/store/db.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { shared, type SharedDatabase } from '../support/shared.ts';

describe.each(databases)('a transaction on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await database.db.schema.createTable('counters', (table) => {
      table.text('id').primary();
      table.integer('value').notNullable();
    });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db('counters').delete();
    await database.db('counters').insert([
      { id: 'a', value: 0 },
      { id: 'b', value: 0 },
    ]);
  });

  it('gives what the work returned, and what it wrote stays', async () => {
    const { db } = database;
    const result = await transaction(db, async (trx) => {
      await trx('counters').where({ id: 'a' }).update({ value: 7 });
      return 'done';
    });
    expect(result).toBe('done');
    expect(await db('counters').where({ id: 'a' }).first('value')).toEqual({ value: 7 });
  });

  it('keeps a text without the NUL characters in it, and finds it with them', async () => {
    const { db } = database;
    await transaction(db, (trx) => trx('counters').insert({ id: 'a\0b\0', value: 1 }));
    expect(await db('counters').where({ value: 1 }).pluck('id')).toEqual(['ab']);
    expect(await db('counters').whereIn('id', ['\0ab']).pluck('value')).toEqual([1]);
    const raw: unknown = await db.raw('select count(*) as found from counters where id = ?', ['ab\0']);
    expect(JSON.stringify(raw)).toMatch(/"found":"?1"?/);
  });

  it('leaves nothing behind when the work throws', async () => {
    const { db } = database;
    const work = transaction(db, async (trx) => {
      await trx('counters').where({ id: 'a' }).update({ value: 7 });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await db('counters').where({ id: 'a' }).first('value')).toEqual({ value: 0 });
  });

  it('is not tried again for what is wrong every time', async () => {
    let runs = 0;
    const work = transaction(database.db, async (trx) => {
      runs += 1;
      await trx('counters').insert({ id: 'a', value: 1 });
    });
    await expect(work).rejects.toThrow(/unique/i);
    expect(runs).toBe(1);
  });
});

describe('a transaction on postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await (databases[1] as (typeof databases)[number]).open();
    await database.db.schema.createTable('counters', (table) => {
      table.text('id').primary();
      table.integer('value').notNullable();
    });
    await database.db('counters').insert([
      { id: 'a', value: 0 },
      { id: 'b', value: 0 },
    ]);
  });
  afterAll(() => database.close());

  /** Adds one to both counters, in this order; `met` is called between the two. */
  const addOne = (order: readonly [string, string], met: () => Promise<void>): Promise<void> =>
    transaction(database.db, async (trx) => {
      const [first, second] = order;
      await trx('counters').where({ id: first }).increment('value', 1);
      await met();
      await trx('counters').where({ id: second }).increment('value', 1);
    });

  it('is run again when it met another in a deadlock', async () => {
    let runs = 0;
    const arrivals = new EventEmitter();
    const bothHere = once(arrivals, 'both');
    const met = async (): Promise<void> => {
      runs += 1;
      if (runs === 2) arrivals.emit('both');
      await bothHere;
    };
    await Promise.all([addOne(['a', 'b'], met), addOne(['b', 'a'], met)]);
    expect(runs).toBe(3);
    expect(await database.db('counters').orderBy('id').pluck('value')).toEqual([2, 2]);
  });

  it('is run again when it could not be put in an order, but not for ever', async () => {
    let runs = 0;
    const unorderable = (times: number) =>
      transaction(database.db, async (trx) => {
        runs += 1;
        if (runs <= times) await trx.raw("do $$ begin raise exception sqlstate '40001'; end $$");
        return runs;
      });
    expect(await unorderable(2)).toBe(3);
    runs = 0;
    await expect(unorderable(100)).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(5);
  });
});

/** Reads, thinks, writes: what loses an update unless the lock is taken first. */
const addOne = (db: Db): Promise<void> =>
  transaction(db, async (trx) => {
    const query = trx('workspaces').where({ id: 'T1' });
    if (isPostgres(trx)) query.forUpdate();
    const row = await query.first<{ away_emoji: string }>('away_emoji');
    await trx('workspaces')
      .where({ id: 'T1' })
      .update({ away_emoji: String(Number(row.away_emoji) + 1) });
  });

describe.each(shared)('several processes on $name', ({ open }) => {
  let database: SharedDatabase;
  beforeAll(async () => {
    database = await open();
    await database.db('workspaces').insert({ id: 'T1', bot_user_id: '', away_emoji: '0', created_at: '' });
  });
  afterAll(() => database.close());

  it('read, change and write two hundred times without losing one', async () => {
    const pools = [database.another(), database.another()];
    const turns = pools.map(async (db) => {
      for (let turn = 0; turn < 100; turn += 1) await addOne(db);
    });
    await Promise.all(turns);
    expect(await database.db('workspaces').first('away_emoji')).toEqual({ away_emoji: '200' });
  });
});

/** A database with nothing in it at all, not even Beckon's tables. */
async function emptied(database: SharedDatabase): Promise<string> {
  const { db } = database;
  if (isPostgres(db)) {
    await db.raw('drop schema public cascade');
    await db.raw('create schema public');
    return database.url;
  }
  return `${database.url}.empty`;
}

const MIGRATE = `
import { connect, migrate } from './src/store/db.ts';
const db = connect(process.argv[1]);
await migrate(db);
await db.destroy();
`;

/** Another process that brings the schema up to date; its exit code and what it complained of. */
const migrating = (url: string): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', MIGRATE, url]);
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    child.on('close', (code) => {
      resolve({ code, said });
    });
  });

describe.each(shared)('a fresh database on $name', ({ open }) => {
  let database: SharedDatabase;
  let url: string;
  beforeEach(async () => {
    database = await open();
    url = await emptied(database);
  });

  const migrationsIn = async (): Promise<number> => {
    const db = connect(url);
    const names: string[] = await db('knex_migrations').pluck('name');
    await db.destroy();
    expect(new Set(names).size).toBe(names.length);
    return names.length;
  };

  it('is brought up to date once when several connections start at the same moment', async () => {
    const pools = [1, 2, 3, 4].map(() => connect(url));
    await Promise.all(pools.map((db) => migrate(db)));
    await Promise.all(pools.map((db) => db.destroy()));
    expect(await migrationsIn()).toBeGreaterThan(0);
    await database.close();
  });

  it('is brought up to date once when several processes start at the same moment', async () => {
    const results = await Promise.all([migrating(url), migrating(url), migrating(url)]);
    expect(results.map(({ code, said }) => (code === 0 ? 'done' : said))).toEqual(['done', 'done', 'done']);
    expect(await migrationsIn()).toBeGreaterThan(0);
    await database.close();
  }, 60_000);
});
