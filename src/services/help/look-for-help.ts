/** Beckon itself asks for help in a conversation that nobody is in any more. */
import { listConversationExpertise, setStatus, type Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { addRequestExpertise, findLastRequest, findOpenRequest, insertRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { setTimer } from '../../store/timers.ts';
import type { Deps } from '../deps.ts';

/**
 * Takes part in a verb's transaction: the conversation is *Looking for help* for its own expertise, asked by nobody (''). The first call is
 * due at once, but by timer: whom to call depends on signals that only Slack knows, and Slack is not asked inside a transaction. Does
 * nothing while a request is open.
 */
export async function lookForHelp(trx: Trx, deps: Deps, conversation: Conversation): Promise<void> {
  const { workspaceId, id: conversationId } = conversation;
  if (await findOpenRequest(trx, conversationId)) return;
  const desk = await findDesk(trx, workspaceId, conversation.deskId);
  const requestId = deps.newId();
  const now = deps.now();
  await insertRequest(trx, {
    id: requestId,
    workspaceId,
    conversationId,
    askedBy: '',
    note: '',
    cardChannelId: desk?.helpChannelId ?? '',
    previousId: (await findLastRequest(trx, conversationId))?.id ?? '',
    now,
  });
  const wanted = await listConversationExpertise(trx, conversationId);
  await addRequestExpertise(
    trx,
    requestId,
    wanted.map(({ id }) => id),
  );
  await setStatus(trx, workspaceId, conversationId, 'looking_for_help');
  const card = { kind: 'help.card', conversationId, requestId } as const;
  await announce(trx, workspaceId, [card], { now, newId: deps.newId });
  await setTimer(trx, { workspaceId, kind: 'help.round', subjectId: requestId }, now);
}
