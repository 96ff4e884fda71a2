/** SQLite as Beckon uses it: in this thread, with transactions that queue, and statements that are compiled once. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import knexModule, { type Knex } from 'knex';
import SqliteClient, { type Query } from 'knex/lib/dialects/sqlite3/index.js';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import SqliteCompiler from 'knex/lib/dialects/sqlite3/query/sqlite-querycompiler.js';
import { withoutNul } from './without-nul.ts';

// SQLite takes the write lock at the first write; two transactions that have read before then cannot both go on and one fails
// however long it waits. Taking the lock at BEGIN makes them queue. https://sqlite.org/lang_transaction.html
class ImmediateTransaction extends SqliteTransaction {
  override begin(connection: unknown): Promise<unknown> {
    return this.query(connection, 'BEGIN IMMEDIATE;');
  }
}

// Of a bound limit SQLite learns when it is bound, and plans the statement anew each time.
class WrittenLimits extends SqliteCompiler {
  override limit(): string {
    this.single.skipBinding = { ...this.single.skipBinding, limit: true };
    return super.limit();
  }
}

/** More than all verbs together have. */
const KEPT_MAX = 400;
/** Longer ones are insertions of many rows, of which no two are alike. */
const KEPT_LENGTH_MAX = 12_000;
/** Changes that answer nothing but how many rows they changed. */
const CHANGES = new Set(['insert', 'update', 'del', 'counter']);

type Connection = {
  readonly database: DatabaseSyncInstance;
  readonly kept: Map<string, StatementSyncInstance>;
  /** Why SQLite rolled back by itself the transaction that knex takes for open. */
  givenUp?: unknown;
};

/** The compiled statement; the one used longest ago makes room for a new one. */
function compiled({ database, kept }: Connection, sql: string): StatementSyncInstance {
  if (sql.length > KEPT_LENGTH_MAX) return database.prepare(sql);
  const statement = kept.get(sql) ?? database.prepare(sql);
  kept.delete(sql);
  kept.set(sql, statement);
  const [oldest = ''] = kept.keys();
  if (kept.size > KEPT_MAX) kept.delete(oldest);
  return statement;
}

function run(connection: Connection, query: Query): Query {
  const { sql, bindings = [], method = '', returning } = query;
  const statement = compiled(connection, sql);
  if (!CHANGES.has(method) || returning) return Object.assign(query, { response: statement.all(...bindings) });
  const { changes, lastInsertRowid } = statement.run(...bindings);
  return Object.assign(query, { context: { changes, lastID: lastInsertRowid } });
}

/** What SQLite says where another process has the lock; not every error of the driver has a code. https://sqlite.org/rescode.html#busy */
const BUSY = 'database is locked';
const BUSY_TIMEOUT_MS = 10_000;
const BUSY_PAUSE_MS = 5;

// Not `instanceof Error`: the driver's errors are of the program's first realm, which is not that of a test.
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'message' in error && error.message === BUSY;

/** Does it when it can be done. SQLite's own waiting would keep this thread from everything else. */
async function whenFree<T>(work: () => T): Promise<T> {
  const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await setTimeout(BUSY_PAUSE_MS);
  }
}

/** Statements are answered at once, so that many in a row would let nobody else have a turn: so long at most. */
const TURN_MS = 1;
const turn: { since: number; ofOthers?: Promise<void> | undefined } = { since: performance.now() };

async function turnOfOthers(): Promise<void> {
  await setImmediate();
  turn.since = performance.now();
  turn.ofOthers = undefined;
}

/** Whoever comes while others have theirs waits as well: nothing is overtaken, least of all by the ROLLBACK of its transaction. */
async function letOthersHaveATurn(): Promise<void> {
  if (!turn.ofOthers && performance.now() - turn.since < TURN_MS) return;
  turn.ofOthers ??= turnOfOthers();
  await turn.ofOthers;
}

/** Nothing waits for a lock in here, `whenFree` does; durable before it is answered. https://sqlite.org/pragma.html */
const PRAGMAS =
  'PRAGMA busy_timeout=0; PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;';

/** Truth values are numbers in SQLite, and so are times, of which knex keeps those of migrations. */
const bindable = (value: unknown): unknown =>
  typeof value === 'boolean' || value instanceof Date ? Number(value) : value;

// A statement in this thread takes ten microseconds; on another thread, as the dialect's own driver does it, the way there and back takes a
// hundred and more.
class SqliteInThisThread extends SqliteClient {
  override _driver(): unknown {
    return DatabaseSync;
  }

  override async acquireRawConnection(): Promise<Connection> {
    const database = new DatabaseSync(this.connectionSettings.filename);
    await whenFree(() => database.exec(PRAGMAS));
    return { database, kept: new Map() };
  }

  override async destroyRawConnection({ database }: Connection): Promise<void> {
    // The driver leaves statements alive, and with them SQLite would leave what was committed last beside the file.
    try {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
  }

  override prepBindings(bindings: unknown): unknown {
    return withoutNul(Array.isArray(bindings) ? bindings.map(bindable) : bindings);
  }

  override queryCompiler(...args: unknown[]): unknown {
    return new WrittenLimits(this, ...args);
  }

  override transaction(...args: unknown[]): unknown {
    return new ImmediateTransaction(this, ...args);
  }

  override async _query(connection: Connection, query: Query): Promise<Query> {
    await letOthersHaveATurn();
    return whenFree(() => answer(connection, query));
  }
}

const inTransaction = ({ database }: Connection): boolean => database.isTransaction;

/** What follows from a failure follows at once: a statement beside this one may be next. */
function answer(connection: Connection, query: Query): Query {
  if (connection.givenUp !== undefined) return afterGivingUp(connection, query);
  const wasInTransaction = inTransaction(connection);
  try {
    return run(connection, query);
  } catch (error) {
    if (isBusy(error)) throw error;
    // One that failed may be half-way through: it is compiled anew.
    connection.kept.delete(query.sql);
    if (query.sql.startsWith('COMMIT')) leaveTransaction(connection);
    else if (wasInTransaction && !inTransaction(connection)) connection.givenUp = error;
    throw error;
  }
}

/**
 * A COMMIT that fails may leave the transaction open (a deferred foreign key, a full disk), and knex takes it for over: whatever comes next
 * on this connection would be inside it. https://sqlite.org/lang_transaction.html
 */
function leaveTransaction(connection: Connection): void {
  if (inTransaction(connection)) connection.database.exec('ROLLBACK');
}

/**
 * A full disk makes SQLite roll back by itself. What else was meant for that transaction must not be done outside of it, and knex's own
 * ROLLBACK, which ends it, has nothing to do. https://sqlite.org/lang_transaction.html
 */
function afterGivingUp(connection: Connection, query: Query): Query {
  const cause = connection.givenUp;
  const rollback = query.sql === 'ROLLBACK';
  if (rollback || query.sql.startsWith('COMMIT')) connection.givenUp = undefined;
  if (!rollback) throw new Error('SQLite has rolled this transaction back', { cause });
  return Object.assign(query, { response: [] });
}

/** @param path of the file, whose folder is made, or `:memory:` */
export function connectSqlite(path: string): Knex {
  const filename = path === ':memory:' ? path : resolve(path);
  if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true });
  return knexModule.knex({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- knex has no types for its own dialects
    client: SqliteInThisThread as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}
