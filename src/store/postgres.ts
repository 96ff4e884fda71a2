/** PostgreSQL as Beckon uses it. */
import knexModule, { type Knex } from 'knex';
import PostgresTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js';
import PostgresClient, { type Connection, type Query } from 'knex/lib/dialects/postgres/index.js';
import { remember } from './remember.ts';
import { withoutNul } from './without-nul.ts';

const POOL = 10;

/** What every verb asks again and again, planned once on each connection. A statement that is rare, or one of many that differ by the length of a list, is not worth being kept there. */
const PLANNED_MAX = 200;
const PLANNED_LENGTH_MAX = 2000;
const OFTEN = 20;
const COUNTED_MAX = 1000;

/**
 * What a worker claims is looked for among much or next to nothing, and is planned for what there is each time. Of statements that answer
 * every column PostgreSQL refuses a plan that is older than the newest column, which another process may have just added.
 * https://www.postgresql.org/docs/current/sql-prepare.html
 */
const mayBePlanned = (sql: string): boolean =>
  sql.length <= PLANNED_LENGTH_MAX && /^(select|insert|update|delete|with)\b/.test(sql) && !/\*|skip locked/.test(sql);

/** Gives statements that come often a name, by which PostgreSQL knows them again. */
function planning(): (sql: string) => string | undefined {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= PLANNED_MAX || !mayBePlanned(sql)) return known;
    const count = (uses.get(sql) ?? 0) + 1;
    if (count < OFTEN) {
      if (uses.size >= COUNTED_MAX) uses.clear();
      uses.set(sql, count);
      return undefined;
    }
    const name = `beckon_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

const nameOf = planning();

// BEGIN leaves with the first statement: what is wrong with the one is wrong with the other.
class UnwaitingTransaction extends PostgresTransaction {
  override begin(connection: unknown): Promise<unknown> {
    void super.begin(connection);
    return Promise.resolve();
  }
}

// Of all that knex does for a statement these take longest. A transaction has a client of its own.
const { positionBindings, wrapIdentifierImpl } = PostgresClient.prototype;
const positioned = remember(positionBindings, COUNTED_MAX);
const wrapped = remember(wrapIdentifierImpl, COUNTED_MAX);

class PlainPostgres extends PostgresClient {
  override positionBindings(sql: string): string {
    return sql.length > PLANNED_LENGTH_MAX ? positionBindings(sql) : positioned(sql);
  }

  override wrapIdentifierImpl(name: string): string {
    return wrapped(name);
  }

  override prepBindings(bindings: unknown): unknown {
    return withoutNul(super.prepBindings(bindings));
  }

  override transaction(...args: unknown[]): unknown {
    return new UnwaitingTransaction(this, ...args);
  }

  override async _query(connection: Connection, query: Query): Promise<unknown> {
    const name = nameOf(query.sql);
    if (/^(BEGIN|ROLLBACK)/.test(query.sql)) brokenBy.delete(connection);
    // What is asked at one moment leaves in one packet.
    const { stream } = connection.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    // oxlint-disable-next-line eslint/no-underscore-dangle -- what knex calls it
    const sent = super._query(connection, name === undefined ? query : Object.assign(query, { options: { name } }));
    return sent.catch((error: unknown) => complain(connection, error));
  }
}

/** What broke a connection's transaction, for those that were sent after it. */
const brokenBy = new WeakMap<Connection, { code: string; cause: unknown }>();

const ABORTED = '25P02';
/** A named statement is not there any more, or PostgreSQL refuses its plan: as long as the connection lives. */
const FORGOTTEN = new Set(['26000', '0A000']);

/** Of statements that leave together the one that failed says why, not those after it: PostgreSQL says of these only that one before did. */
function complain(connection: Connection, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const broken = brokenBy.get(connection);
  if (code === ABORTED && broken !== undefined) {
    const { cause } = broken;
    throw Object.assign(new Error('A statement before this one broke the transaction', { cause }), {
      code: broken.code,
    });
  }
  // Where knex keeps why a connection is not to be used again.
  if (FORGOTTEN.has(code)) Object.assign(connection, { __knex__disposed: error });
  brokenBy.set(connection, { code, cause: error });
  throw error;
}

export const isPostgresClient = (client: unknown): boolean => client instanceof PlainPostgres;

/** @param url `postgres://…` */
export function connectPostgres(url: string): Knex {
  // Statements need not wait for the answers to those before; see `together.ts`.
  const connection = { connectionString: url, pipeline: true };
  return knexModule.knex({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- knex has no types for its own dialects
    client: PlainPostgres as unknown as typeof Knex.Client,
    connection,
    pool: { min: 0, max: POOL },
  });
}
