/** The connection, and the one way to open a transaction. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import knexModule, { type Knex } from 'knex';
import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import { migrations } from '../../migrations/index.ts';
import { connectPostgres, isPostgresClient } from './postgres.ts';
import { withoutNul } from './without-nul.ts';

export type Db = Knex;
export type Trx = Knex.Transaction;
/** What every store function takes first: the database, or the transaction it must take part in. */
export type Handle = Knex | Knex.Transaction;

const BUSY_TIMEOUT_MS = 10_000;
/** PostgreSQL's words for "two transactions met; run one of them again": serialization failure, deadlock. */
const RETRYABLE = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 5;

const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && RETRYABLE.has(error.code);

const open = new AsyncLocalStorage<true>();

/** Whether the caller runs inside a transaction: no Slack call may be made there. */
export const insideTransaction = (): boolean => open.getStore() === true;

// SQLite takes the write lock at the first write; two transactions that have read before then cannot both go on and one fails
// in spite of busy_timeout. Taking the lock at BEGIN makes them queue. https://sqlite.org/lang_transaction.html
class ImmediateTransaction extends SqliteTransaction {
  override begin(connection: unknown): Promise<unknown> {
    return this.query(connection, 'BEGIN IMMEDIATE;');
  }
}

class ImmediateSqlite extends SqliteClient {
  override prepBindings(bindings: unknown): unknown {
    return withoutNul(super.prepBindings(bindings));
  }

  override transaction(...args: unknown[]): unknown {
    return new ImmediateTransaction(this, ...args);
  }
}

type RawConnection = { exec(sql: string, done: (error: (Error & { code?: string }) | null) => void): void };

const PRAGMAS = `PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;`;
const BUSY_PAUSE_MS = 20;

/**
 * Sets a new connection up. The first switch of a file to WAL does not wait for other connections as everything else does, it fails;
 * processes that start at the same moment meet there.
 */
function prepare(
  connection: RawConnection,
  done: (error: Error | null, connection: RawConnection) => void,
  attemptsLeft = BUSY_TIMEOUT_MS / BUSY_PAUSE_MS,
): void {
  connection.exec(PRAGMAS, (error) => {
    if (error?.code === 'SQLITE_BUSY' && attemptsLeft > 0) {
      setTimeout(() => prepare(connection, done, attemptsLeft - 1), BUSY_PAUSE_MS);
    } else done(error, connection);
  });
}

function connectSqlite(path: string): Knex {
  const filename = path === ':memory:' ? path : resolve(path);
  if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true });
  return knexModule.knex({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- knex has no types for its own dialects
    client: ImmediateSqlite as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      // Not `prepare` itself: the pool decides by the number of parameters how it is called.
      afterCreate(connection: RawConnection, done: (error: Error | null, connection: RawConnection) => void) {
        prepare(connection, done);
      },
    },
  });
}

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
      return await open.run(true, () => db.transaction(work));
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
