/** A suite with all of Beckon beside a local Slack, on both databases it runs on. */
import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import type { Db } from '../../src/store/db.ts';
import { databases, type TestDatabase } from './database.ts';
import { emptyDatabase } from './state.ts';
import { startWorld, type World } from './world.ts';

export type Standing = { readonly db: Db; readonly world: World };

type Name = (typeof databases)[number]['name'];
type How = NonNullable<Parameters<typeof startWorld>[1]>;
type Options = {
  /** How it runs, everywhere or on each database. */
  readonly how?: How | Record<Name, How>;
  /** One world, begun before the first test, serves them all. */
  readonly once?: boolean;
};

const howOn = (name: Name, how: How | Record<Name, How>): How => ('sqlite' in how ? how[name] : how);

/**
 * Describes `name` once on SQLite and once on PostgreSQL, in a world that begins with an empty database.
 *
 * @param suite is given how to reach the world: made before the suite's own `beforeEach`, or `beforeAll` where it is one for all tests
 */
export function describeWorlds(
  name: string,
  { how = {}, once = false }: Options,
  suite: (on: () => Standing) => void,
): void {
  describe.each(databases)(`${name}, on $name`, ({ name: kind, open }) => {
    let database: TestDatabase;
    let world: World;
    beforeAll(async () => {
      database = await open();
    });
    const [before, after] = once ? [beforeAll, afterAll] : [beforeEach, afterEach];
    before(async () => {
      await emptyDatabase(database.db);
      world = await startWorld(database.db, howOn(kind, how));
    });
    after(() => world.close());
    afterAll(() => database.close());
    suite(() => ({ db: database.db, world }));
  });
}
