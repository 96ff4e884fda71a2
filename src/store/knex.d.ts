/** knex ships no types for its own classes. */
declare module 'knex/lib/raw.js' {
  import type { Knex } from 'knex';

  export default class Raw {
    constructor(client: undefined);
    set(sql: string): Knex.Raw;
  }
}
