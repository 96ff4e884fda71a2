/** Where the conversation of a bot's visitor is, for what is sent there. */
import { placeOf, type Place } from '../../domain/place.ts';
import { findConversation } from '../../store/conversations.ts';
import { findVisitor } from '../../store/visitors.ts';
import type { Deps } from '../deps.ts';

/** Undefined where the conversation is not there; a closed one still has its place, for what was said before. */
export async function visitorPlace(
  { db }: Deps,
  workspaceId: string,
  conversationId: string,
): Promise<(Place & { readonly customerName: string }) | undefined> {
  const conversation = await findConversation(db, workspaceId, conversationId);
  const visitor = conversation && (await findVisitor(db, workspaceId, conversationId));
  return conversation && visitor && { ...placeOf(conversation), customerName: visitor.customerName };
}
