/** What requests for help want. */
import type { NamedExpertise } from './conversation-expertise.ts';
import type { Handle } from './db.ts';
import { holdFor } from './expertise-hold.ts';

/** What a request wants from now on: these and nothing else. */
export async function setRequestExpertise(
  db: Handle,
  requestId: string,
  expertiseIds: readonly string[],
): Promise<void> {
  await db('help_request_expertise').where({ request_id: requestId }).whereNotIn('expertise_id', expertiseIds).delete();
  await addRequestExpertise(db, requestId, expertiseIds);
}

/** Links what is there now: what was deleted meanwhile is left out, what was merged is linked as what it is. */
export async function addRequestExpertise(
  db: Handle,
  requestId: string,
  expertiseIds: readonly string[],
): Promise<void> {
  const ids = await holdFor(db, 'help_requests', requestId, expertiseIds);
  if (ids.length === 0) return;
  await db('help_request_expertise')
    .insert(ids.map((id) => ({ request_id: requestId, expertise_id: id })))
    .onConflict()
    .ignore();
}

/** What requests want, by request id. */
export async function listWanted(db: Handle, requestIds: readonly string[]): Promise<Map<string, NamedExpertise[]>> {
  const rows = await db('help_request_expertise')
    .join('expertise', 'expertise.id', 'help_request_expertise.expertise_id')
    .whereIn('request_id', requestIds)
    .orderBy('expertise.name_key')
    .select<(NamedExpertise & { request_id: string })[]>(['request_id', 'expertise.id', 'expertise.name']);
  const wanted = new Map<string, NamedExpertise[]>();
  for (const { request_id, id, name } of rows)
    wanted.set(request_id, [...(wanted.get(request_id) ?? []), { id, name }]);
  return wanted;
}
