/** Which columns are read. Naming each reads less than `*` does, and PostgreSQL can keep the plan (see `postgres.ts`). */

/**
 * The columns of a row, with their table.
 *
 * @param columns each of the row's: the compiler says where one is missing
 */
export const columnsOf = <Row>(table: string, columns: Record<keyof Row & string, true>): string[] =>
  Object.keys(columns).map((column) => `${table}.${column}`);
