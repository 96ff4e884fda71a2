/** What Slack was just asked about people is kept, with what follows from it, in one transaction. */
import type { Presence } from '../../domain/person.ts';
import { transaction } from '../../store/db.ts';
import { saveDnd, savePresence } from '../../store/people.ts';
import type { Deps, Dnd } from '../deps.ts';

type Learned = { readonly presence?: ReadonlyMap<string, Presence>; readonly dnd?: ReadonlyMap<string, Dnd> };

/** Saves presence and do-not-disturb windows by user id; people Slack said nothing of stay as they are known. */
export async function saveSignals(
  { db, now }: Deps,
  workspaceId: string,
  { presence = new Map(), dnd = new Map() }: Learned,
): Promise<void> {
  if (presence.size + dnd.size === 0) return;
  await transaction(db, async (trx) => {
    // In one order: two that are told of the same people at once would wait for each other.
    const inOrder = [...dnd].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [userId, schedule] of inOrder) await saveDnd(trx, workspaceId, userId, schedule, now());
    await savePresence(trx, workspaceId, presence, now());
  });
}
