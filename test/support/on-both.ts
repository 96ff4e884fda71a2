/** A suite of services on both databases Beckon runs on, each test with an empty one. */
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import type { Db } from '../../src/store/db.ts';
import { databases } from './database.ts';
import { makeDeps, type TestDeps } from './make.ts';
import { shared } from './shared.ts';
import { emptyDatabase } from './state.ts';

type Opened = { readonly db: Db; close: () => Promise<void> };
type Name = (typeof databases)[number]['name'];
type Kind<D extends Opened> = { name: Name; open: () => Promise<D> };

function describeOn<D extends Opened>(
  kinds: readonly Kind<D>[],
  name: string,
  suite: (on: () => TestDeps, database: () => D, kind: Name) => void,
): void {
  describe.each(kinds)(`${name} on $name`, ({ name: kind, open }) => {
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
      kind,
    );
  });
}

/**
 * Describes `name` once on SQLite and once on PostgreSQL.
 *
 * @param suite is given how to reach what verbs are given, made anew before each test: before the suite's own `beforeEach`; and which of the
 * two it is on, for what only one of them does
 */
export const describeOnBoth = (name: string, suite: (on: () => TestDeps, kind: Name) => void): void =>
  describeOn(databases, name, (on, _database, kind) => suite(on, kind));

/**
 * The same for what several processes do at the same moment.
 *
 * @param suite is given `another` as well: what the verbs of one more process are given, with connections of its own
 */
export const describeShared = (name: string, suite: (on: () => TestDeps, another: () => TestDeps) => void): void =>
  describeOn(shared, name, (on, database) => suite(on, () => ({ ...on(), db: database().another() })));
