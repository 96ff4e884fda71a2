/** SQLite as Beckon uses it: transactions that queue, and statements that are compiled once. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import knexModule, { type Knex } from 'knex';
import SqliteClient, { type Query } from 'knex/lib/dialects/sqlite3/index.js';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import type { Database, RunResult, Statement } from 'sqlite3';
import { withoutNul } from './without-nul.ts';

const BUSY_TIMEOUT_MS = 10_000;

// SQLite takes the write lock at the first write; two transactions that have read before then cannot both go on and one fails
// in spite of busy_timeout. Taking the lock at BEGIN makes them queue. https://sqlite.org/lang_transaction.html
class ImmediateTransaction extends SqliteTransaction {
  override begin(connection: unknown): Promise<unknown> {
    return this.query(connection, 'BEGIN IMMEDIATE;');
  }
}

/** More than all verbs together have. */
const KEPT_MAX = 400;
/** Longer ones are insertions of many rows, of which no two are alike. */
const KEPT_LENGTH_MAX = 12_000;
/** Changes that answer nothing but how many rows they changed. */
const CHANGES = new Set(['insert', 'update', 'del', 'counter']);
const READS = new Set(['select', 'first', 'pluck']);

const isKept = ({ sql, method = '' }: Query): boolean =>
  sql.length <= KEPT_LENGTH_MAX && (CHANGES.has(method) || READS.has(method) || /^(BEGIN|COMMIT)\b/.test(sql));

/** By connection; a transaction of knex has no client of its own to keep them in. */
const keptBy = new WeakMap<Database, Map<string, Statement>>();

function keptOf(connection: Database): Map<string, Statement> {
  const kept = keptBy.get(connection) ?? new Map<string, Statement>();
  keptBy.set(connection, kept);
  return kept;
}

function forget(connection: Database, sql: string): void {
  const kept = keptOf(connection);
  kept.get(sql)?.finalize();
  kept.delete(sql);
}

/** The compiled statement; the one used longest ago makes room for a new one. */
function compiled(connection: Database, sql: string, failed: (error: Error) => void): Statement {
  const kept = keptOf(connection);
  const found = kept.get(sql);
  const statement = found ?? connection.prepare(sql, (error: Error | null) => error && failed(error));
  kept.delete(sql);
  kept.set(sql, statement);
  const [oldest = ''] = kept.keys();
  if (kept.size > KEPT_MAX) forget(connection, oldest);
  return statement;
}

function runKept(connection: Database, query: Query): Promise<Query> {
  const { sql, bindings = [], method = '', returning } = query;
  return new Promise((answer, reject) => {
    // One that failed may be half-way through: it is compiled anew.
    const failed = (error: Error): void => {
      forget(connection, sql);
      reject(error);
    };
    const statement = compiled(connection, sql, failed);
    function done(this: RunResult, error: Error | null, rows?: unknown): void {
      if (error) return failed(error);
      // The statement is used again: what it says of this run is copied.
      const { lastID, changes } = this;
      answer(Object.assign(query, { response: rows, context: { lastID, changes } }));
    }
    if (CHANGES.has(method) && !returning) statement.run(bindings, done);
    else statement.all(bindings, done);
  });
}

/**
 * A COMMIT that fails may leave the transaction open (a deferred foreign key, a full disk), and knex takes it for over: whatever comes next
 * on this connection would be inside it. https://sqlite.org/lang_transaction.html
 */
function leaveTransaction(connection: Database, error: unknown): Promise<never> {
  return new Promise((_resolve, reject) => {
    // SQLite may have rolled back by itself; then this says so, which is as good.
    connection.exec('ROLLBACK', () => reject(error));
  });
}

// Compiling a statement costs as much as running it, and one more way to another thread and back; verbs use the same few hundred.
class KeepingSqlite extends SqliteClient {
  override prepBindings(bindings: unknown): unknown {
    return withoutNul(super.prepBindings(bindings));
  }

  override transaction(...args: unknown[]): unknown {
    return new ImmediateTransaction(this, ...args);
  }

  override _query(connection: Database, query: Query): Promise<Query> {
    // oxlint-disable-next-line eslint/no-underscore-dangle -- what knex calls it
    const run = isKept(query) ? runKept(connection, query) : super._query(connection, query);
    return query.sql.startsWith('COMMIT') ? run.catch((error: unknown) => leaveTransaction(connection, error)) : run;
  }

  override async destroyRawConnection(connection: Database): Promise<unknown> {
    // SQLite closes no connection that has statements left.
    for (const sql of keptOf(connection).keys()) forget(connection, sql);
    return super.destroyRawConnection(connection);
  }
}

const PRAGMAS = `PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;`;
const BUSY_PAUSE_MS = 20;

/**
 * Sets a new connection up. The first switch of a file to WAL does not wait for other connections as everything else does, it fails;
 * processes that start at the same moment meet there.
 */
function prepare(
  connection: Database,
  done: (error: Error | null, connection: Database) => void,
  attemptsLeft = BUSY_TIMEOUT_MS / BUSY_PAUSE_MS,
): void {
  connection.exec(PRAGMAS, (error: (Error & { code?: string }) | null) => {
    if (error?.code === 'SQLITE_BUSY' && attemptsLeft > 0) {
      setTimeout(() => prepare(connection, done, attemptsLeft - 1), BUSY_PAUSE_MS);
    } else done(error, connection);
  });
}

/** @param path of the file, whose folder is made, or `:memory:` */
export function connectSqlite(path: string): Knex {
  const filename = path === ':memory:' ? path : resolve(path);
  if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true });
  return knexModule.knex({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- knex has no types for its own dialects
    client: KeepingSqlite as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      // Not `prepare` itself: the pool decides by the number of parameters how it is called.
      afterCreate(connection: Database, done: (error: Error | null, connection: Database) => void) {
        prepare(connection, done);
      },
    },
  });
}
