import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { migrate } from '../../src/store/db.ts';
import { connectWatched } from './inside-transaction.ts';
import { watchLocks } from './lock-order.ts';
import { databaseAt, maintain } from './maintain.ts';

/** A migrated database of its own for one suite. */
export type TestDatabase = {
  db: Knex;
  /** for a second connection, as another process would have; in memory there is none */
  url: string;
  close: () => Promise<void>;
};

/**
 * Both databases Beckon runs on, for `describe.each(databases)('… on $name', ({ open }) => …)`. SQLite is in memory;
 * PostgreSQL is a clone of the template the run migrated once.
 */
export const databases: Array<{ name: 'sqlite' | 'postgres'; open: () => Promise<TestDatabase> }> = [
  { name: 'sqlite', open: openSqlite },
  { name: 'postgres', open: openPostgres },
];

async function openSqlite(): Promise<TestDatabase> {
  const url = 'sqlite::memory:';
  const db = connectWatched(url);
  await migrate(db);
  return { db, url, close: () => db.destroy() };
}

async function openPostgres(): Promise<TestDatabase> {
  const server = fromRun('BECKON_TEST_SERVER');
  const name = `beckon_test_${randomUUID().replaceAll('-', '')}`;
  await maintain(server, `create database ${name} template ${fromRun('BECKON_TEST_TEMPLATE')}`);
  const url = databaseAt(server, name);
  const db = connectWatched(url);
  const outOfOrder = watchLocks(db);
  const close = async () => {
    await db.destroy();
    await maintain(server, `drop database ${name} with (force)`);
    const [statement] = outOfOrder();
    if (statement !== undefined) throw new Error(`The workspace was taken after a conversation: ${statement}`);
  };
  return { db, url, close };
}

function fromRun(name: 'BECKON_TEST_SERVER' | 'BECKON_TEST_TEMPLATE'): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error('No PostgreSQL was started: this suite belongs to the "database" project of jest.config.js.');
}
