/** A database that keeps no answers, as one that breaks at the very end of a verb: everything else it takes. */
import { isPostgres, type Db } from '../../src/store/db.ts';

const SQLITE = `create trigger no_answers before update on idempotency_keys when new.status > 0
  begin select raise(abort, 'no answers'); end`;

const POSTGRES = `create function no_answers() returns trigger language plpgsql as $$ begin raise exception 'no answers'; end $$;
  create trigger no_answers before update on idempotency_keys for each row when (new.status > 0) execute function no_answers()`;

/** Does it while the database is so. */
export async function refusingAnswers<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await db.raw(isPostgres(db) ? POSTGRES : SQLITE);
  try {
    return await work();
  } finally {
    await db.raw(isPostgres(db) ? 'drop function no_answers() cascade' : 'drop trigger no_answers');
  }
}
