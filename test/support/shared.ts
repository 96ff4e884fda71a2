/** Databases that several processes have open at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, type Db } from '../../src/store/db.ts';
import { databases } from './database.ts';
import { connectWatched } from './inside-transaction.ts';

export type SharedDatabase = {
  readonly db: Db;
  readonly url: string;
  /** One more connection pool, as another process has; closed with the database. */
  another: () => Db;
  close: () => Promise<void>;
};

type Opened = { db: Db; url: string; close: () => Promise<void> };

/** Both databases, for `describe.each(shared)`: SQLite in a file of its own, a clone on PostgreSQL. */
export const shared: { name: (typeof databases)[number]['name']; open: () => Promise<SharedDatabase> }[] =
  databases.map(({ name, open }) => ({
    name,
    open: async () => sharing(name === 'sqlite' ? await openFile() : await open()),
  }));

async function openFile(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-test-'));
  const url = `sqlite:${join(folder, 'shared.db')}`;
  const db = connectWatched(url);
  await migrate(db);
  const close = async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { db, url, close };
}

function sharing({ db, url, close }: Opened): SharedDatabase {
  const others: Db[] = [];
  return {
    db,
    url,
    another() {
      const other = connectWatched(url);
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all(others.map((other) => other.destroy()));
      await close();
    },
  };
}
