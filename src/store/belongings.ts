/** What one person has in a workspace, for when they are no longer one of its full members. */
import type { Expertise } from '../domain/expertise.ts';
import { listExpertiseByIds } from './expertise.ts';
import type { Handle, Trx } from './db.ts';
import { LIVE } from './live.ts';

/** Whether they are on a desk, have a seat, or are a desk's fallback. */
export async function hasBelongings(db: Handle, workspaceId: string, userId: string): Promise<boolean> {
  const theirs = { workspace_id: workspaceId, user_id: userId };
  const found = await Promise.all([
    db('desk_agents').where(theirs).first<object | undefined>('user_id'),
    db('seats').where(theirs).whereNull('left_at').first<object | undefined>('user_id'),
    db('desks').where({ workspace_id: workspaceId, fallback_id: userId }).first<object | undefined>('id'),
  ]);
  return found.some((row) => row !== undefined);
}

/** Takes somebody off every desk. */
export async function takeOffEveryDesk(trx: Trx, workspaceId: string, userId: string): Promise<void> {
  await trx('desk_agents').where({ workspace_id: workspaceId, user_id: userId }).delete();
}

/** Nobody is called any more where it would have been them; the ids of the desks. */
export async function clearFallback(trx: Trx, workspaceId: string, userId: string): Promise<string[]> {
  const rows = await trx('desks')
    .where({ workspace_id: workspaceId, fallback_id: userId })
    .update({ fallback_id: '', version: trx.raw('version + 1') })
    .returning<{ id: string }[]>('id');
  return rows.map((row) => row.id);
}

/** Beckon itself goes on asking where they did. */
export async function disownRequests(trx: Trx, workspaceId: string, userId: string): Promise<void> {
  await trx('help_requests')
    .where({ workspace_id: workspaceId, asked_by: userId })
    .whereNull('ended_at')
    .update({ asked_by: '' });
}

/** What they know and no full member does, by name. */
export async function listKnownByNobodyElse(db: Handle, workspaceId: string, userId: string): Promise<Expertise[]> {
  const rows = await db('agent_expertise as theirs')
    .where({ 'theirs.workspace_id': workspaceId, 'theirs.user_id': userId })
    .whereNotExists((other) => {
      void other
        .select(db.raw('1'))
        .from('agent_expertise as other')
        .join('people', (join) => {
          join.on('people.workspace_id', 'other.workspace_id').on('people.user_id', 'other.user_id');
        })
        .whereRaw('other.expertise_id = theirs.expertise_id')
        .whereNot('other.user_id', userId)
        .where({ 'other.workspace_id': workspaceId, ...LIVE });
    })
    .select<{ expertise_id: string }[]>('theirs.expertise_id');
  return listExpertiseByIds(
    db,
    workspaceId,
    rows.map((row) => row.expertise_id),
  );
}
