/** What a bot passes on from its visitor is the customer's word. */
import { touchConversation, type Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { wakeWaiting } from '../../store/waiting-conversations.ts';
import { tellStatus } from '../conversation/change-status.ts';
import type { Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';

/**
 * Takes part in a verb's transaction: *Waiting for customer* ends.
 *
 * @param until ISO: what waits only since later waits on, for this was said before
 */
export async function customerSpoke(trx: Trx, deps: Deps, conversation: Conversation, until: string): Promise<void> {
  const { workspaceId, id } = conversation;
  await touchConversation(trx, workspaceId, id, deps.now());
  if (!(await wakeWaiting(trx, workspaceId, id, until))) return;
  await tellStatus(trx, deps, { workspaceId, conversationId: id }, { status: 'in_progress', before: 'waiting' });
  await refreshHomes(trx, deps, workspaceId);
}
