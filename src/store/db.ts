/** The connection, and the one way to open a transaction. */
import type { Knex } from 'knex';
import { migrations } from '../../migrations/index.ts';
import { connectPostgres, isPostgresClient } from './postgres.ts';
import { connectSqlite } from './sqlite.ts';

export type Db = Knex;
export type Trx = Knex.Transaction;
/** What every store function takes first: the database, or the transaction it must take part in. */
export type Handle = Knex | Knex.Transaction;

/**
 * PostgreSQL's words for "run it again": serialization failure, deadlock; a named statement that was lost with its connection's memory, or
 * whose plan is outdated.
 */
const RETRYABLE = new Set(['40001', '40P01', '26000', '0A000']);
const MAX_ATTEMPTS = 5;

const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && RETRYABLE.has(error.code);

/** Opens `sqlite:path` (its folder is made), `sqlite::memory:` or `postgres://…`. Nothing is connected before the first query. */
export function connect(url: string): Knex {
  if (url.startsWith('sqlite:')) return connectSqlite(url.slice('sqlite:'.length));
  return connectPostgres(url);
}

export const isPostgres = (db: Handle): boolean => isPostgresClient(db.client);

/**
 * Runs a verb's work in one transaction and returns what it returned; a throw rolls everything back. Where PostgreSQL asks for it
 * (deadlock, serialization) the work is run again, so it must have no effect outside the database.
 */
export async function transaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
    }
  }
}

/** Any constant: PostgreSQL's advisory locks are numbers, and only Beckon's processes share this database. */
const MIGRATION_LOCK = 7_231_604;

/** Brings the schema up to date; safe when several processes start at once. */
export async function migrate(db: Db): Promise<void> {
  const migrationSource = {
    getMigrations: () => Promise.resolve(migrations),
    getMigrationName: (migration: (typeof migrations)[number]) => migration.name,
    getMigration: (migration: (typeof migrations)[number]) => Promise.resolve(migration),
  };
  // knex's own migration lock makes the second process fail instead of wait; one transaction that first takes a lock of the
  // database's own makes it wait and then find nothing left to do.
  await db.transaction(async (trx) => {
    if (isPostgres(db)) await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await trx.migrate.latest({ migrationSource, disableMigrationsListValidation: false, disableTransactions: true });
  });
}
