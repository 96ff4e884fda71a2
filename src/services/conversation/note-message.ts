/** Somebody wrote in a place: whose word it is decides what it means. Beckon keeps no text. */
import { isCustomer, isFullMember } from '../../domain/person.ts';
import {
  addCustomers,
  findOpenConversation,
  setStatus,
  touchConversation,
  wakeWaiting,
  type Conversation,
} from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listDesksOf } from '../../store/desks.ts';
import { claimRequest, endRequest, findOpenRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { findSeatOf, insertSeat, markWrote } from '../../store/seats.ts';
import { clearTimer } from '../../store/timers.ts';
import type { KnownPerson } from '../../store/people.ts';
import type { Deps } from '../deps.ts';
import { overNotices } from '../help/end.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';

export type Written = { workspaceId: string; channelId: string; threadTs: string; userId: string };

/** A message in a thread belongs to the thread's conversation, else to the channel's. */
async function conversationOf(
  deps: Deps,
  { workspaceId, channelId, threadTs }: Written,
): Promise<Conversation | undefined> {
  const inThread = threadTs !== '' && (await findOpenConversation(deps.db, { workspaceId, channelId, threadTs }));
  return inThread || findOpenConversation(deps.db, { workspaceId, channelId, threadTs: '' });
}

/** An agent who writes is in; where help was looked for they are the help that came. */
async function comeInByWriting(trx: Trx, deps: Deps, conversation: Conversation, userId: string): Promise<void> {
  const { workspaceId, id: conversationId } = conversation;
  const now = deps.now();
  const request = await findOpenRequest(trx, conversationId);
  const answers = request !== undefined && request.askedBy !== userId && (await claimRequest(trx, request.id));
  const id = deps.newId();
  const requestId = answers ? request.id : '';
  const seated = await insertSeat(trx, {
    id,
    workspaceId,
    conversationId,
    userId,
    cameBy: 'wrote',
    requestId,
    arrived: true,
    now,
  });
  if (seated) await markWrote(trx, id, now);
  if (!answers) return;
  await endRequest(trx, request.id, 'joined', now);
  await setStatus(trx, workspaceId, conversationId, 'in_progress');
  await clearTimer(trx, { workspaceId, kind: 'help.round', subjectId: request.id });
  await announce(trx, workspaceId, overNotices(conversationId, request.id), { now, newId: deps.newId });
}

async function noteColleague(trx: Trx, deps: Deps, conversation: Conversation, userId: string): Promise<void> {
  const seat = await findSeatOf(trx, conversation.id, userId);
  if (seat) return markWrote(trx, seat.id, deps.now());
  const desks = await listDesksOf(trx, conversation.workspaceId, userId);
  if (desks.length === 0) return;
  await comeInByWriting(trx, deps, conversation, userId);
  await refreshHomes(trx, deps, conversation.workspaceId);
}

async function noteCustomer(trx: Trx, deps: Deps, conversation: Conversation, customer: KnownPerson): Promise<void> {
  await addCustomers(trx, conversation.id, [customer.userId]);
  if (await wakeWaiting(trx, conversation.workspaceId, conversation.id)) {
    await refreshHomes(trx, deps, conversation.workspaceId);
  }
}

/**
 * Counts a message to its conversation: a customer's ends *Waiting for customer*, an agent's makes them part of it. Messages of bots,
 * edits, deletions and joins are nobody's word and must not be passed in.
 */
export async function noteMessage(deps: Deps, written: Written): Promise<void> {
  const conversation = await conversationOf(deps, written);
  if (conversation === undefined) return;
  const { workspaceId, userId } = written;
  const person = (await meet(deps, workspaceId, [userId])).get(userId);
  await transaction(deps.db, async (trx) => {
    await touchConversation(trx, workspaceId, conversation.id, deps.now());
    if (person && isCustomer(person)) await noteCustomer(trx, deps, conversation, person);
    else if (person && isFullMember(person)) await noteColleague(trx, deps, conversation, userId);
  });
}
