/** A customer's message opened a conversation, and its desk has such conversations forwarded at once. */
import { findConversation } from '../../store/conversations.ts';
import { findLastForward } from '../../store/forwards.ts';
import { listSeatedIn } from '../../store/seats.ts';
import type { Deps } from '../deps.ts';
import { forward } from './forward.ts';

const WISH = { language: '', country: '', previousAgent: '' };

/** Forwards it, unless somebody is in it, it was forwarded, or it is closed. */
export async function forwardNew(deps: Deps, workspaceId: string, conversationId: string): Promise<void> {
  const conversation = await findConversation(deps.db, workspaceId, conversationId);
  if (conversation === undefined || conversation.closedAt !== undefined) return;
  if (await findLastForward(deps.db, conversationId)) return;
  if ((await listSeatedIn(deps.db, [conversationId])).has(conversationId)) return;
  await forward(
    deps,
    { workspaceId, userId: '' },
    { conversationId, wish: WISH, note: '', message: '', cameFrom: 'support_channel' },
  );
}
