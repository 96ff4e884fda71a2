/** Somebody wrote in a place: whose word it is decides what it means. Beckon keeps no text. */
import { answersUntil, wasBefore, writtenAt } from '../../domain/late.ts';
import { isCustomer, isFullMember } from '../../domain/person.ts';
import { Refusal } from '../../errors.ts';
import {
  addCustomers,
  findOpenConversation,
  listCustomers,
  touchConversation,
  type Conversation,
} from '../../store/conversations.ts';
import { isRemovedCustomer } from '../../store/customers.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listDesksOf } from '../../store/desks.ts';
import { announce } from '../../store/outbox.ts';
import { findSeatOf, insertSeat, markWrote } from '../../store/seats.ts';
import { wakeWaiting } from '../../store/waiting-conversations.ts';
import type { Deps } from '../deps.ts';
import { workedOn } from '../forward/end.ts';
import { answerByComing } from '../help/came-in.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { webhooksForAgent } from '../webhook/announce.ts';
import { tellStatus } from './change-status.ts';
import { openByMessage, sameQuestion } from './open-by-message.ts';
import { passOn } from './pass-on.ts';
import { reopenByMessage } from './reopen.ts';

export type Written = {
  workspaceId: string;
  channelId: string;
  /** '' outside threads. */
  threadTs: string;
  /** Slack's timestamp of the message itself. */
  ts: string;
  userId: string;
  /** What was written; it is passed on to bots whose customer it is for, and never kept. */
  text?: string;
  hasFiles?: boolean;
};

/** A message in a thread belongs to the thread's conversation, which a customer opens again; else to the channel's, else to a question's. */
async function conversationOf(deps: Deps, written: Written): Promise<Conversation | undefined> {
  const { workspaceId, channelId, threadTs } = written;
  const inThread = threadTs !== '' && (await findOpenConversation(deps.db, { workspaceId, channelId, threadTs }));
  return (
    inThread ||
    (await reopenByMessage(deps, written)) ||
    (await findOpenConversation(deps.db, { workspaceId, channelId, threadTs: '' })) ||
    sameQuestion(deps, written)
  );
}

/** An agent who writes is in; where help was looked for they are the help that came. */
async function comeInByWriting(trx: Trx, deps: Deps, conversation: Conversation, { userId, ts }: Written) {
  const { workspaceId, id: conversationId } = conversation;
  const cameAt = writtenAt(ts);
  // Written while no conversation was open there.
  if (wasBefore(cameAt, conversation.openedAt)) return;
  const now = deps.now();
  const id = deps.newId();
  const seat = { id, workspaceId, conversationId, userId, cameBy: 'wrote', requestId: '' } as const;
  if (!(await insertSeat(trx, { ...seat, arrived: true, now }))) return;
  await markWrote(trx, id, now);
  const answered = await answerByComing(trx, deps, { ...seat, cameAt });
  await announce(trx, workspaceId, [...answered, ...(await webhooksForAgent(trx, seat))], { now, newId: deps.newId });
}

async function noteColleague(trx: Trx, deps: Deps, conversation: Conversation, written: Written): Promise<void> {
  const { userId } = written;
  const seat = await findSeatOf(trx, conversation.id, userId);
  if (seat) {
    await workedOn(trx, deps, conversation, userId);
    return markWrote(trx, seat.id, deps.now());
  }
  const desks = await listDesksOf(trx, conversation.workspaceId, userId);
  if (desks.length === 0) return;
  await comeInByWriting(trx, deps, conversation, written);
  await refreshHomes(trx, deps, conversation.workspaceId);
}

async function noteCustomer(trx: Trx, deps: Deps, conversation: Conversation, { userId, ts }: Written): Promise<void> {
  if (await isRemovedCustomer(trx, conversation.id, userId)) return;
  await addCustomers(trx, conversation.id, [userId]);
  if (await wakeWaiting(trx, conversation.workspaceId, conversation.id, answersUntil(writtenAt(ts)))) {
    const where = { workspaceId: conversation.workspaceId, conversationId: conversation.id };
    await tellStatus(trx, deps, where, { status: 'in_progress', before: 'waiting' });
    await refreshHomes(trx, deps, conversation.workspaceId);
  }
}

/** Whether it counted: the conversation may be closed at this moment. */
async function count(deps: Deps, written: Written, conversation: Conversation): Promise<boolean> {
  const { workspaceId, userId } = written;
  const person = (await meet(deps, workspaceId, [userId])).get(userId);
  return transaction(deps.db, async (trx) => {
    if (!(await touchConversation(trx, workspaceId, conversation.id, deps.now()))) return false;
    if (person === undefined) throw new Refusal('unavailable', 'Slack did not say who wrote.');
    const isOurs = isFullMember(person) && !(await isCustomerOf(trx, conversation, userId));
    if (isOurs) {
      await noteColleague(trx, deps, conversation, written);
      await passOn(trx, deps, conversation, written);
    } else if (isCustomer(person) || isFullMember(person)) await noteCustomer(trx, deps, conversation, written);
    return true;
  });
}

/** A thread's author is its customer, a colleague too. */
async function isCustomerOf(trx: Trx, { id }: Conversation, userId: string): Promise<boolean> {
  return ((await listCustomers(trx, [id])).get(id) ?? []).includes(userId);
}

/**
 * Counts a message to its conversation: a customer's ends *Waiting for customer*, re-opens a closed thread, and opens a conversation in an
 * automatic support channel; an agent's makes them part of it. Messages of bots, edits, deletions and joins are nobody's word and must not
 * be passed in. What was written before the status, the request or the closing it would change changes none of them.
 *
 * @throws Refusal `unavailable` when Slack does not say who wrote, or where: to be tried again
 */
export async function noteMessage(deps: Deps, written: Written): Promise<void> {
  const conversation = await conversationOf(deps, written);
  if (conversation && (await count(deps, written, conversation))) return;
  // Closed between the two: the message is for what comes after it.
  const next = conversation && (await conversationOf(deps, written));
  if (next) await count(deps, written, next);
  else await openByMessage(deps, written);
}
