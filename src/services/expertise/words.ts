/** Which expertise the words of a message name, by any of its names. */
import { namesIn } from '../../domain/expertise-words.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import type { Handle } from '../../store/db.ts';
import { listAliases, listExpertise } from '../../store/expertise.ts';

export async function namedIn(db: Handle, workspaceId: string, message: string): Promise<NamedExpertise[]> {
  if (message === '') return [];
  const all = await listExpertise(db, workspaceId);
  const aliases = await listAliases(db, workspaceId);
  const found = namesIn(message, [
    ...all.map(({ id, nameKey }) => ({ id, key: nameKey })),
    ...aliases.map(({ expertiseId, nameKey }) => ({ id: expertiseId, key: nameKey })),
  ]);
  return all.filter(({ id }) => found.has(id)).map(({ id, name }) => ({ id, name }));
}
