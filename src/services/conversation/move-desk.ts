/** A conversation goes to another desk. The customer is told nothing; whoever is in it stays in it. */
import { settle, type Change } from '../../domain/change.ts';
import { Refusal } from '../../errors.ts';
import { setConversationDesk } from '../../store/conversation-desk.ts';
import type { Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { setTimer } from '../../store/timers.ts';
import { startOver } from '../../store/unanswered-requests.ts';
import type { Deps } from '../deps.ts';
import { moveCards } from '../help/move-cards.ts';

/**
 * What looks for help looks for it at the new desk: the card stands in its help channel, its rounds begin with its own agents at once, and
 * its fallback is the new desk's. Whoever was called before can still come and is not called again.
 */
async function moveRequest(trx: Trx, deps: Deps, { id, workspaceId }: Conversation, deskId: string): Promise<void> {
  await moveCards(trx, deps, workspaceId, { deskId });
  const request = await findOpenRequest(trx, id);
  if (request === undefined) return;
  const now = deps.now();
  await startOver(trx, request, { callId: deps.newId(), now });
  // Whom to call depends on what only Slack knows, and Slack is not asked inside a transaction: the timer is due at once.
  if (request.state === 'open') await setTimer(trx, { workspaceId, kind: 'help.round', subjectId: request.id }, now);
}

export type Moved = {
  /** The desk it has now. */
  readonly deskId: string;
  /** Somebody else moved it meanwhile, elsewhere: theirs stays. */
  readonly stayed: boolean;
};

/**
 * Takes part in a verb's transaction that holds the workspace's lock, so that the desk is not archived at this moment.
 *
 * @param version the conversation's when the form was made
 * @throws Refusal `gone` on `desk` when the one chosen was archived meanwhile
 */
export async function moveDesk(
  trx: Trx,
  deps: Deps,
  conversation: Conversation,
  { change, version }: { change: Change<string> | undefined; version: number },
): Promise<Moved> {
  const { write, stayed } = settle(change, conversation.deskId, conversation.version === version);
  if (write === undefined) return { deskId: conversation.deskId, stayed };
  const desk = await findDesk(trx, conversation.workspaceId, write);
  if (desk?.isArchived !== false) {
    throw new Refusal('gone', 'That desk was archived while this form was open. Choose another one.', 'desk');
  }
  await setConversationDesk(trx, conversation, desk.id);
  await moveRequest(trx, deps, conversation, desk.id);
  return { deskId: desk.id, stayed };
}
