/** The first message of a thread was deleted. What is open in the thread goes on; whoever goes there reads that there is nothing to go to. */
import { findOpenConversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { setRootGone } from '../../store/places.ts';
import type { Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';

/** Does nothing for messages that begin no open conversation; knowing it twice changes nothing. */
export async function threadLost(
  deps: Deps,
  place: { workspaceId: string; channelId: string; threadTs: string },
): Promise<void> {
  const { workspaceId } = place;
  const open = await findOpenConversation(deps.db, place);
  if (open === undefined || open.isRootGone === true) return;
  await transaction(deps.db, async (trx) => {
    if (!(await setRootGone(trx, workspaceId, open.id))) return;
    const request = await findOpenRequest(trx, open.id);
    const card = request && ({ kind: 'help.card', conversationId: open.id, requestId: request.id } as const);
    if (card) await announce(trx, workspaceId, [card], { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
  });
}
