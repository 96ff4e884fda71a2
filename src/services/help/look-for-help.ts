/** Beckon itself asks for help in a conversation that nobody is in any more. */
import { listConversationExpertise } from '../../store/conversation-expertise.ts';
import type { Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { findLastRequest, findOpenRequest, insertRequest, type Because } from '../../store/help-requests.ts';
import { addRequestExpertise } from '../../store/wanted-expertise.ts';
import { announce } from '../../store/outbox.ts';
import { setTimer } from '../../store/timers.ts';
import { changeStatus } from '../conversation/change-status.ts';
import type { Deps } from '../deps.ts';
import { endForwarding } from '../forward/end.ts';

/** Why nobody had to ask, and the forward that nobody answered. */
type Unasked = { readonly because: Because; readonly forwardId?: string; readonly note?: string };

/** What is wanted, where it is not what the conversation is about, and what the helper should know. */
type LookFor = {
  readonly expertiseIds?: readonly string[];
  readonly note?: string;
  readonly because?: Because | '';
  readonly forwardId?: string;
  /** The bot or workflow that asks, by its name. */
  readonly askedWith?: string;
};

/**
 * Takes part in a verb's transaction: the conversation is *Looking for help* for its own expertise, asked by nobody (''). The first call is
 * due at once, but by timer: whom to call depends on signals that only Slack knows, and Slack is not asked inside a transaction. Does
 * nothing while a request is open.
 *
 * @returns the id of the open request
 */
export async function lookForHelp(
  trx: Trx,
  deps: Deps,
  conversation: Conversation,
  { expertiseIds, note = '', because = '', forwardId = '', askedWith = '' }: LookFor = {},
): Promise<string> {
  const { workspaceId, id: conversationId } = conversation;
  const open = await findOpenRequest(trx, conversationId);
  if (open) return open.id;
  const desk = await findDesk(trx, workspaceId, conversation.deskId);
  const requestId = deps.newId();
  const now = deps.now();
  await endForwarding(trx, deps, conversation);
  await insertRequest(trx, {
    id: requestId,
    workspaceId,
    conversationId,
    askedBy: '',
    askedWith,
    note,
    because,
    forwardId,
    cardChannelId: desk?.helpChannelId ?? '',
    previousId: (await findLastRequest(trx, conversationId))?.id ?? '',
    now,
  });
  const wanted = expertiseIds ?? (await listConversationExpertise(trx, conversationId)).map(({ id }) => id);
  await addRequestExpertise(trx, requestId, wanted);
  await changeStatus(trx, deps, { workspaceId, conversationId }, 'looking_for_help');
  const card = { kind: 'help.card', conversationId, requestId } as const;
  await announce(trx, workspaceId, [card], { now, newId: deps.newId });
  await setTimer(trx, { workspaceId, kind: 'help.round', subjectId: requestId }, now);
  return requestId;
}

/** The same where nobody asked for it: the customer reads the desk's sentence, so that they do not wait in silence. */
export async function lookForHelpUnasked(
  trx: Trx,
  deps: Deps,
  conversation: Conversation,
  unasked: Unasked,
): Promise<void> {
  const { workspaceId, id: conversationId } = conversation;
  if (await findOpenRequest(trx, conversationId)) return;
  await lookForHelp(trx, deps, conversation, unasked);
  const finding = { kind: 'customer.finding', conversationId } as const;
  await announce(trx, workspaceId, [finding], { now: deps.now(), newId: deps.newId });
}
