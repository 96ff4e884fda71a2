/** Column shapes that every migration uses, so that both databases hold the same. */
import type { Knex } from 'knex';

export type Migration = { name: string; up(db: Knex): Promise<void>; down(db: Knex): Promise<void> };

/** Ids are made by the app or come from Slack; both are short text. */
export const id = (table: Knex.CreateTableBuilder, column: string): Knex.ColumnBuilder =>
  table.string(column, 64).notNullable();

/** ISO 8601 UTC with milliseconds: sorts as text, alike on both databases. */
export const time = (table: Knex.CreateTableBuilder, column: string): Knex.ColumnBuilder => table.string(column, 24);

/** JSON kept as text, parsed at the store's edge. */
export const json = (table: Knex.CreateTableBuilder, column: string): Knex.ColumnBuilder => table.text(column);

/** 0 or 1, mapped to boolean at the store's edge: SQLite has no boolean. */
export const flag = (table: Knex.CreateTableBuilder, column: string): Knex.ColumnBuilder =>
  table.smallint(column).notNullable().defaultTo(0);

export const dropTables =
  (...names: string[]) =>
  async (db: Knex): Promise<void> => {
    for (const name of names.toReversed()) await db.schema.dropTable(name);
  };
