/** What somebody reads who was made an agent, given expertise or put on a desk. */
import { listDesks } from '../../store/desks.ts';
import { listExpertiseByIds } from '../../store/expertise.ts';
import type { Deps } from '../deps.ts';

export type Welcome = { readonly expertise: readonly string[]; readonly desks: readonly string[] };

/** Names of what is theirs now, of what has not been taken back meanwhile. */
export async function welcome(
  { db }: Deps,
  workspaceId: string,
  { expertiseIds, deskIds }: { expertiseIds: readonly string[]; deskIds: readonly string[] },
): Promise<Welcome> {
  const expertise = await listExpertiseByIds(db, workspaceId, expertiseIds);
  const desks = (await listDesks(db, workspaceId)).filter((desk) => deskIds.includes(desk.id));
  return { expertise: expertise.map(({ name }) => name), desks: desks.map(({ name }) => name) };
}
