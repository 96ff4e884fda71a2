/** knex ships no types for the two classes `db.ts` extends. */
declare module 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js' {
  export default class SqliteTransaction {
    constructor(client: unknown, ...args: unknown[]);
    begin(connection: unknown): Promise<unknown>;
    query(connection: unknown, sql: string): Promise<unknown>;
  }
}

declare module 'knex/lib/dialects/sqlite3/index.js' {
  export default class SqliteClient {
    transaction(...args: unknown[]): unknown;
    prepBindings(bindings: unknown): unknown;
  }
}
