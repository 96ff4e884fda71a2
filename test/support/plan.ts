/** How the database goes about a statement. */
import { isPostgres, type Db, type Trx } from '../../src/store/db.ts';

export type Asked = { sql: string; bindings: string[] };

/** The next statement that is sent. */
export function nextStatement(db: Db): Promise<Asked> {
  return new Promise((resolve) => {
    db.once('query', resolve);
  });
}

/** What it does, step by step. @param before is done first in the same transaction, on PostgreSQL */
export async function planOf(db: Db, { sql, bindings }: Asked, before?: string): Promise<string> {
  if (!isPostgres(db)) {
    const steps = await db.raw<{ detail: string }[]>(`explain query plan ${sql}`, bindings);
    return steps.map(({ detail }) => detail).join('\n');
  }
  const explain = async (trx: Trx) => {
    if (before !== undefined) await trx.raw(before);
    return trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`explain ${sql.replaceAll(/\$\d+/g, '?')}`, bindings);
  };
  const { rows } = await db.transaction(explain);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
