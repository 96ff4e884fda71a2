/** knex ships no types for the classes `sqlite.ts` extends. */
declare module 'knex/lib/dialects/sqlite3/query/sqlite-querycompiler.js' {
  export default class SqliteCompiler {
    constructor(client: unknown, ...args: unknown[]);
    /** What stands once in a statement. */
    single: { skipBinding?: Record<string, boolean> };
    limit(): string;
  }
}

declare module 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js' {
  export default class SqliteTransaction {
    constructor(client: unknown, ...args: unknown[]);
    begin(connection: unknown): Promise<unknown>;
    query(connection: unknown, sql: string): Promise<unknown>;
  }
}

declare module 'knex/lib/dialects/sqlite3/index.js' {
  /** A statement on its way through knex. */
  export type Query = {
    sql: string;
    bindings?: readonly unknown[];
    /** What knex makes of it; undefined for what it sends as it is. */
    method?: string;
    returning?: unknown;
    /** What SQLite answered. */
    response?: unknown;
    /** What it says of a change. */
    context?: unknown;
  };

  export default class SqliteClient {
    connectionSettings: { filename: string };
    _driver(): unknown;
    acquireRawConnection(): Promise<unknown>;
    destroyRawConnection(connection: unknown): Promise<unknown>;
    prepBindings(bindings: unknown): unknown;
    queryCompiler(...args: unknown[]): unknown;
    transaction(...args: unknown[]): unknown;
    _query(connection: unknown, query: Query): Promise<Query>;
  }
}
