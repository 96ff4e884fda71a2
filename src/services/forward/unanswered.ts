/** Nobody could be found for a conversation, and nothing has happened since: experts are called. */
import { lockConversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { findLastForward } from '../../store/forwards.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { listSeats } from '../../store/seats.ts';
import type { Deps } from '../deps.ts';
import { lookForHelpUnasked } from '../help/look-for-help.ts';
import { refreshHomes } from '../home/refresh.ts';

/** Makes it *Looking for help*, unless an agent is in it or came meanwhile, help is looked for, or it was closed or forwarded again. */
export async function helpUnanswered(deps: Deps, workspaceId: string, conversationId: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const conversation = await lockConversation(trx, workspaceId, conversationId);
    if (conversation === undefined || conversation.closedAt !== undefined) return;
    const forward = await findLastForward(trx, conversationId);
    if (forward?.state !== 'no_agent' || (await findOpenRequest(trx, conversationId))) return;
    // Whom Slack would not let in has not come.
    const cameSince = (await listSeats(trx, conversationId)).some(
      ({ state, arrivedAt = '', wroteAt = '' }) =>
        state === 'arriving' || arrivedAt > forward.askedAt || wroteAt > forward.askedAt,
    );
    if (cameSince) return;
    await lookForHelpUnasked(trx, deps, conversation, { because: 'no_agent', note: forward.note });
    await refreshHomes(trx, deps, workspaceId);
  });
}
