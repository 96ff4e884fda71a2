/** Knows whether what runs is inside a transaction: no Slack call may be made there. Only tests pay for knowing it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { connect, type Db } from '../../src/store/db.ts';

const open = new AsyncLocalStorage<true>();

export const insideTransaction = (): boolean => open.getStore() === true;

/** `connect`, whose transactions are known to `insideTransaction`. */
export function connectWatched(url: string): Db {
  const db = connect(url);
  const begin = db.transaction.bind(db);
  const value = (...args: unknown[]): unknown => open.run<unknown, []>(true, () => Reflect.apply(begin, db, args));
  return Object.defineProperty(db, 'transaction', { value });
}
