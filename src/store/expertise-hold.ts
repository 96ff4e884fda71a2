/** Keeping expertise from being deleted or merged while something is linked to it, and taking it to do so. */
import type { Expertise } from '../domain/expertise.ts';
import { isPostgres, type Handle } from './db.ts';
import { expertiseFromRow, EXPERTISE_COLUMNS, type ExpertiseRow } from './expertise.ts';

async function hold(trx: Handle, workspaceId: string, ids: readonly string[]): Promise<Expertise[]> {
  if (ids.length === 0) return [];
  const query = trx('expertise').where({ workspace_id: workspaceId }).whereIn('id', ids).orderBy('id');
  if (isPostgres(trx)) query.forKeyShare();
  return (await query.select<ExpertiseRow[]>(EXPERTISE_COLUMNS)).map(expertiseFromRow);
}

/**
 * Finds expertise and keeps it from being deleted or merged until the transaction ends, so that something can be linked to it. One that
 * was merged is found as the one it is now.
 *
 * @returns by the id asked for; what was deleted is missing
 */
export async function holdExpertise(
  trx: Handle,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Expertise>> {
  const held = new Map((await hold(trx, workspaceId, ids)).map((expertise) => [expertise.id, expertise]));
  const missing = ids.filter((id) => !held.has(id));
  if (missing.length === 0) return held;
  // A statement of its own after the lock: a merge that was under way has been committed by now.
  const merges = await trx('expertise_merges')
    .where({ workspace_id: workspaceId })
    .whereIn('old_id', missing)
    .select<{ old_id: string; expertise_id: string }[]>(['old_id', 'expertise_id']);
  const targets = merges.map((merge) => merge.expertise_id);
  const now = new Map((await hold(trx, workspaceId, targets)).map((expertise) => [expertise.id, expertise]));
  for (const merge of merges) {
    const expertise = now.get(merge.expertise_id);
    if (expertise) held.set(merge.old_id, expertise);
  }
  return held;
}

/** The same for what is to be linked to a row of the table: the ids they have now, each once. */
export async function holdFor(
  db: Handle,
  table: 'conversations' | 'help_requests',
  id: string,
  expertiseIds: readonly string[],
): Promise<string[]> {
  if (expertiseIds.length === 0) return [];
  const row = await db(table).where({ id }).first<{ workspace_id: string } | undefined>('workspace_id');
  const held = row && (await holdExpertise(db, row.workspace_id, expertiseIds));
  return [...new Set([...(held?.values() ?? [])].map((expertise) => expertise.id))];
}

/** Takes these for a change that ends one of them: nobody links to, changes or ends them until the transaction ends. By id. */
export async function lockSeveralExpertise(
  trx: Handle,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Expertise>> {
  // In one order, so that two merges that share one wait for each other.
  const query = trx('expertise').where({ workspace_id: workspaceId }).whereIn('id', ids).orderBy('id');
  if (isPostgres(trx)) query.forUpdate();
  const rows = await query.select<ExpertiseRow[]>(EXPERTISE_COLUMNS);
  return new Map(rows.map((row) => [row.id, expertiseFromRow(row)]));
}
