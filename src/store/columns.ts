/** Which columns are read. Naming each reads less than `*` does, and PostgreSQL can keep the plan (see `postgres.ts`). */
import type { Knex } from 'knex';
import Raw from 'knex/lib/raw.js';

/**
 * The columns of a row, with their table: in one piece, because to put them together takes knex longer than SQLite takes to read the row.
 *
 * @param columns each of the row's: the compiler says where one is missing
 */
export const columnsOf = <Row>(table: string, columns: Record<keyof Row & string, true>): Knex.Raw[] => [
  new Raw(undefined).set(
    Object.keys(columns)
      .map((column) => `"${table}"."${column}"`)
      .join(', '),
  ),
];
