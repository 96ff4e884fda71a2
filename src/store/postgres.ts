/** PostgreSQL as Beckon uses it. */
import knexModule, { type Knex } from 'knex';
import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import { withoutNul } from './without-nul.ts';

const POOL = 10;

class PlainPostgres extends PostgresClient {
  override prepBindings(bindings: unknown): unknown {
    return withoutNul(super.prepBindings(bindings));
  }
}

export const isPostgresClient = (client: unknown): boolean => client instanceof PlainPostgres;

/** @param url `postgres://…` */
export const connectPostgres = (url: string): Knex =>
  knexModule.knex({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- knex has no types for its own dialects
    client: PlainPostgres as unknown as typeof Knex.Client,
    connection: url,
    pool: { min: 0, max: POOL },
  });
