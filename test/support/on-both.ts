/** A suite of services on both databases Beckon runs on, each test with an empty one. */
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { databases, type TestDatabase } from './database.ts';
import { makeDeps, type TestDeps } from './make.ts';
import { emptyDatabase } from './state.ts';

/**
 * Describes `name` once on SQLite and once on PostgreSQL.
 *
 * @param suite is given how to reach what verbs are given, made anew before each test: before the suite's own `beforeEach`
 */
export function describeOnBoth(name: string, suite: (on: () => TestDeps) => void): void {
  describe.each(databases)(`${name} on $name`, ({ open }) => {
    let database: TestDatabase;
    let deps: TestDeps;
    beforeAll(async () => {
      database = await open();
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      await emptyDatabase(database.db);
      deps = makeDeps(database.db);
    });
    suite(() => deps);
  });
}
