/** A suite of services on both databases Beckon runs on, each test with an empty one. */
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import type { Db } from '../../src/store/db.ts';
import { databases } from './database.ts';
import { makeDeps, type TestDeps } from './make.ts';
import { shared } from './shared.ts';
import { emptyDatabase } from './state.ts';

type Opened = { readonly db: Db; close: () => Promise<void> };
type Kind<D extends Opened> = { name: string; open: () => Promise<D> };

function describeOn<D extends Opened>(
  kinds: readonly Kind<D>[],
  name: string,
  suite: (on: () => TestDeps, database: () => D) => void,
): void {
  describe.each(kinds)(`${name} on $name`, ({ open }) => {
    let database: D;
    let deps: TestDeps;
    beforeAll(async () => {
      database = await open();
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      await emptyDatabase(database.db);
      deps = makeDeps(database.db);
    });
    suite(
      () => deps,
      () => database,
    );
  });
}

/**
 * Describes `name` once on SQLite and once on PostgreSQL.
 *
 * @param suite is given how to reach what verbs are given, made anew before each test: before the suite's own `beforeEach`
 */
export const describeOnBoth = (name: string, suite: (on: () => TestDeps) => void): void =>
  describeOn(databases, name, suite);

/**
 * The same for what several processes do at the same moment.
 *
 * @param suite is given `another` as well: what the verbs of one more process are given, with connections of its own
 */
export const describeShared = (name: string, suite: (on: () => TestDeps, another: () => TestDeps) => void): void =>
  describeOn(shared, name, (on, database) => suite(on, () => ({ ...on(), db: database().another() })));
