/** Statements of a transaction that do not need each other's answers. */
import { isPostgres, type Handle } from './db.ts';

type Works = readonly (() => Promise<unknown>)[];
type Answers<All extends Works> = { -readonly [Index in keyof All]: Awaited<ReturnType<All[Index]>> };

/**
 * Does these in this order. In a transaction on PostgreSQL the first statement of each leaves without waiting for the answers to those
 * before, so that whoever waits for this transaction's locks waits for one way there and back; the server works on them one after the other.
 * SQLite's threads would keep no order, and outside a transaction each would take a connection of its own.
 *
 * @param works each begins with a statement, and may do more when that is answered
 */
export async function together<const All extends Works>(db: Handle, works: All): Promise<Answers<All>> {
  const answers: unknown[] = [];
  if (db.isTransaction === true && isPostgres(db)) answers.push(...(await Promise.all(works.map((work) => work()))));
  else for (const work of works) answers.push(await work());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one answer for each, in their order
  return answers as Answers<All>;
}
