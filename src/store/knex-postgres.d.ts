/** knex ships no types for the class `postgres.ts` extends. */
declare module 'knex/lib/dialects/postgres/index.js' {
  export default class PostgresClient {
    prepBindings(bindings: unknown): unknown;
  }
}
