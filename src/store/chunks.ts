/** Writing many rows at once. */

/** knex writes a many-row insert for SQLite as one compound select, which SQLite limits to 500 terms. */
const ROWS_MAX = 400;

/** Runs `write` for at most 400 rows at a time and returns what all runs returned, in order. */
export async function inChunks<Row, Result>(
  rows: readonly Row[],
  write: (chunk: Row[]) => PromiseLike<Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < rows.length; at += ROWS_MAX) results.push(...(await write(rows.slice(at, at + ROWS_MAX))));
  return results;
}
