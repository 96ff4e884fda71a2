/** Ends the request for help of a conversation. */
import type { Notice } from '../../domain/notice.ts';
import type { Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { endRequest, findOpenRequest, type HelpRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { clearTimer } from '../../store/timers.ts';
import type { Deps } from '../deps.ts';
import { endStepsOf } from '../step/end.ts';

/** What everybody who was told of a request must see when it is over: its card, and every call. */
export const overNotices = (conversationId: string, requestId: string): Notice[] => [
  { kind: 'help.card', conversationId, requestId },
  { kind: 'help.over', conversationId, requestId },
];

/** Whoever asked and did not close it themselves reads that nobody comes any more. */
const tellAsker = (request: HelpRequest, by: string): Notice[] =>
  request.askedBy === '' || request.askedBy === by
    ? []
    : [{ kind: 'asker.told', conversationId: request.conversationId, requestId: request.id, what: 'closed' }];

/**
 * Ends the open request, where there is one; whether it did. Cards and calls are edited, nobody is called any more.
 *
 * @param by user id of who closed the conversation, '' for Beckon itself
 */
export async function endHelp(
  trx: Trx,
  deps: Deps,
  conversation: Pick<Conversation, 'id' | 'workspaceId'>,
  state: 'withdrawn' | 'closed',
  by = '',
): Promise<boolean> {
  const request = await findOpenRequest(trx, conversation.id);
  if (request === undefined || !(await endRequest(trx, request.id, state, deps.now()))) return false;
  const { workspaceId } = conversation;
  await clearTimer(trx, { workspaceId, kind: 'help.round', subjectId: request.id });
  const steps = await endStepsOf(trx, deps, { workspaceId, requestId: request.id });
  const told = state === 'closed' ? tellAsker(request, by) : [];
  const notices = [...overNotices(conversation.id, request.id), ...told, ...steps];
  await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
  return true;
}
