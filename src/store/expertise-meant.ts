/** Many expertise at once, by what exactly means them. */
import type { Expertise } from '../domain/expertise.ts';
import type { Handle } from './db.ts';
import { EXPERTISE_COLUMNS, expertiseFromRow, type ExpertiseRow } from './expertise.ts';

/** In the order in which one goes before another: what is called so now before what was once. */
const WAYS = [
  { by: 'id', column: 'expertise.id', old: '' },
  { by: 'id', column: 'expertise_merges.old_id', old: 'expertise_merges' },
  { by: 'key', column: 'expertise.name_key', old: '' },
  { by: 'key', column: 'expertise_aliases.name_key', old: 'expertise_aliases' },
] as const;

type Row = ExpertiseRow & { asked: string; way: number };

/** By id and by `nameKey`. */
type Exactly = { readonly id: ReadonlyMap<string, Expertise>; readonly key: ReadonlyMap<string, Expertise> };

/** Which expertise have these ids, or had them before they were merged; or these name keys, or had them before: in one query. */
export async function findExactly(
  db: Handle,
  workspaceId: string,
  asked: { readonly id: readonly string[]; readonly key: readonly string[] },
): Promise<Exactly> {
  const found = { id: new Map<string, Expertise>(), key: new Map<string, Expertise>() };
  const queries = WAYS.map(({ by, column, old }, way) => {
    const query = db('expertise').where({ 'expertise.workspace_id': workspaceId }).whereIn(column, asked[by]);
    if (old !== '')
      void query.join(old, { [`${old}.expertise_id`]: 'expertise.id' }).where(`${old}.workspace_id`, workspaceId);
    return query.select([...EXPERTISE_COLUMNS, `${column} as asked`, db.raw(`${way} as way`)]);
  });
  const [first, ...others] = queries;
  const rows: Row[] = (await first?.unionAll(others)) ?? [];
  for (const row of rows.sort((a, b) => b.way - a.way)) {
    const { by } = WAYS[row.way] ?? WAYS[0];
    found[by].set(row.asked, expertiseFromRow(row));
  }
  return found;
}
