/** What the customer reads while Beckon looks for somebody by itself. */
import { findConversation } from '../../store/conversations.ts';
import { findDesk } from '../../store/desks.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import type { Deps } from '../deps.ts';

/** The desk's sentence and where it goes; undefined where the desk has none, or nobody is looked for any more. */
export async function findingView(
  { db }: Deps,
  workspaceId: string,
  conversationId: string,
): Promise<(Place & { readonly sentence: string }) | undefined> {
  const conversation = await findConversation(db, workspaceId, conversationId);
  if (conversation?.status !== 'looking_for_help') return undefined;
  const desk = await findDesk(db, workspaceId, conversation.deskId);
  if (desk === undefined || desk.sentence === '') return undefined;
  return { ...placeOf(conversation), sentence: desk.sentence };
}
