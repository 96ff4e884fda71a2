/** PostgreSQL as Beckon uses it. */
import knexModule, { type Knex } from 'knex';
import PostgresTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js';
import PostgresClient, { type Connection } from 'knex/lib/dialects/postgres/index.js';
import { withoutNul } from './without-nul.ts';

const POOL = 10;

// BEGIN leaves with the first statement: what is wrong with the one is wrong with the other.
class UnwaitingTransaction extends PostgresTransaction {
  override begin(connection: unknown): Promise<unknown> {
    void super.begin(connection);
    return Promise.resolve();
  }
}

class PlainPostgres extends PostgresClient {
  override prepBindings(bindings: unknown): unknown {
    return withoutNul(super.prepBindings(bindings));
  }

  override transaction(...args: unknown[]): unknown {
    return new UnwaitingTransaction(this, ...args);
  }

  override _query(connection: Connection, query: unknown): Promise<unknown> {
    // What is asked at one moment leaves in one packet.
    const { stream } = connection.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    // oxlint-disable-next-line eslint/no-underscore-dangle -- what knex calls it
    return super._query(connection, query);
  }
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
