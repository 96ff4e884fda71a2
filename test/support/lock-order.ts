/** In which order transactions take what others wait for. */
import type { Knex } from 'knex';

type Query = { sql: string; __knexTxId?: string | null };

const TAKES_WORKSPACE = /from "workspaces".* for no key update$/s;
const TAKES_CONVERSATION = /from "conversations".* for no key update$|^update "conversations"/s;

/**
 * Notes every transaction on PostgreSQL that takes the workspace after a conversation: another that takes them the other way round would
 * wait for it, and it for that one. Answers the statements at which that happened.
 */
export function watchLocks(db: Knex): () => readonly string[] {
  const first = new Map<string, 'workspace' | 'conversation'>();
  const found: string[] = [];
  db.on('query', ({ sql, __knexTxId: id }: Query) => {
    if (!id) return;
    if (TAKES_WORKSPACE.test(sql)) {
      if (first.get(id) === 'conversation') found.push(sql);
      first.set(id, 'workspace');
    } else if (TAKES_CONVERSATION.test(sql) && !first.has(id)) {
      first.set(id, 'conversation');
    } else if (/^(COMMIT|ROLLBACK)/i.test(sql)) first.delete(id);
  });
  return () => found;
}
