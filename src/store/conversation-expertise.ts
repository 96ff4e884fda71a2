/** What conversations are about. */
import type { Handle } from './db.ts';
import { holdFor } from './expertise-hold.ts';

/** Links what is there now: what was deleted meanwhile is left out, what was merged is linked as what it is. */
export async function addConversationExpertise(
  db: Handle,
  conversationId: string,
  expertiseIds: readonly string[],
): Promise<void> {
  await linkExpertise(db, conversationId, await holdFor(db, 'conversations', conversationId, expertiseIds));
}

/** The same for expertise that was read, and kept from ending, in this transaction. */
export async function linkExpertise(db: Handle, conversationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db('conversation_expertise')
    .insert(ids.map((id) => ({ conversation_id: conversationId, expertise_id: id })))
    .onConflict()
    .ignore();
}

export async function removeConversationExpertise(
  db: Handle,
  conversationId: string,
  expertiseIds: readonly string[],
): Promise<void> {
  if (expertiseIds.length === 0) return;
  await db('conversation_expertise')
    .where({ conversation_id: conversationId })
    .whereIn('expertise_id', expertiseIds)
    .delete();
}

export type NamedExpertise = { readonly id: string; readonly name: string };

export async function listConversationExpertise(db: Handle, conversationId: string): Promise<NamedExpertise[]> {
  return (await listExpertiseOfConversations(db, [conversationId])).get(conversationId) ?? [];
}

/** What several conversations are about, by conversation id. */
export async function listExpertiseOfConversations(
  db: Handle,
  ids: readonly string[],
): Promise<Map<string, NamedExpertise[]>> {
  const rows = await db('conversation_expertise')
    .join('expertise', 'expertise.id', 'conversation_expertise.expertise_id')
    .whereIn('conversation_id', ids)
    .orderBy('expertise.name_key')
    .select<(NamedExpertise & { conversation_id: string })[]>(['conversation_id', 'expertise.id', 'expertise.name']);
  const about = new Map<string, NamedExpertise[]>();
  for (const { conversation_id: of, id, name } of rows) about.set(of, [...(about.get(of) ?? []), { id, name }]);
  return about;
}
