/** Changes the status of a conversation by hand. The customer is told nothing. */
import type { Status } from '../../domain/conversation.ts';
import { Refusal } from '../../errors.ts';
import type { Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { beganWaiting } from '../../store/waiting-conversations.ts';
import type { Actor, Deps } from '../deps.ts';
import { workedOn } from '../forward/end.ts';
import { refreshHomes } from '../home/refresh.ts';
import { endHelp } from '../help/end.ts';
import { requireAgent } from '../rights.ts';
import { changeStatus } from './change-status.ts';
import { lockOpenConversation } from './find.ts';

/** *Looking for help* is asked for with `askForHelp`, which knows what to look for. */
export type StatusByHand = Exclude<Status, 'looking_for_help'>;

/**
 * Sets it in a verb's transaction, which has locked the conversation; leaving *Looking for help* withdraws the request.
 *
 * @param by who, '' for a bot
 * @returns whether anything changed
 * @throws Refusal `conflict` while somebody who pressed Join is being added
 */
export async function setStatusNow(
  trx: Trx,
  deps: Deps,
  conversation: Conversation,
  { status, by }: { status: StatusByHand; by: string },
): Promise<boolean> {
  const { workspaceId, id: conversationId } = conversation;
  const changed = await changeStatus(trx, deps, { workspaceId, conversationId }, status);
  if (!changed) return false;
  if (status === 'waiting') await beganWaiting(trx, workspaceId, conversationId, deps.now());
  if (conversation.status === 'looking_for_help') {
    const ended = await endHelp(trx, deps, conversation, 'withdrawn');
    if (!ended) throw new Refusal('conflict', 'The request for help ended at this moment. Look again.');
  }
  await workedOn(trx, deps, conversation, by);
  await refreshHomes(trx, deps, workspaceId);
  return true;
}

/**
 * Sets the status, by an agent; leaving *Looking for help* withdraws the request.
 *
 * @returns whether anything changed
 * @throws Refusal `not_allowed`, `not_found`, `gone`, or `conflict` while somebody who pressed Join is being added
 */
export async function setStatusByHand(
  deps: Deps,
  actor: Actor,
  { conversationId, status }: { conversationId: string; status: StatusByHand },
): Promise<boolean> {
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const conversation = await lockOpenConversation(trx, actor.workspaceId, conversationId);
    return setStatusNow(trx, deps, conversation, { status, by: actor.userId });
  });
}
