/** knex ships no types for the two classes `postgres.ts` extends. */
declare module 'knex/lib/dialects/postgres/execution/pg-transaction.js' {
  export default class PostgresTransaction {
    constructor(client: unknown, ...args: unknown[]);
    begin(connection: unknown): Promise<unknown>;
  }
}

declare module 'knex/lib/dialects/postgres/index.js' {
  import type { Writable } from 'node:stream';

  /** One of pg's clients, with what it writes to. */
  export type Connection = { readonly connection: { readonly stream: Writable } };

  /** A statement on its way through knex, and what else pg is told of it. */
  export type Query = { sql: string; options?: { name: string } };

  export default class PostgresClient {
    prepBindings(bindings: unknown): unknown;
    positionBindings(this: void, sql: string): string;
    wrapIdentifierImpl(this: void, name: string): string;
    transaction(...args: unknown[]): unknown;
    _query(connection: Connection, query: Query): Promise<unknown>;
  }
}
