/** Looking for a text within another: both databases can, under two names. */
import { isPostgres, type Handle } from './db.ts';

/** An SQL condition with one binding. Nothing in what is looked for stands for anything else, as `%` does with `like`. */
export const contains = (db: Handle, column: string): string =>
  isPostgres(db) ? `strpos(${column}, ?) > 0` : `instr(${column}, ?) > 0`;
