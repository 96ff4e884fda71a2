/** A customer writes in a closed thread: the conversation goes on with its last agent (design 5.9). The customer is told nothing. */
import { wasBefore, writtenAt } from '../../domain/late.ts';
import { isCustomer, isFullMember } from '../../domain/person.ts';
import { findLastClosed, reopenConversation } from '../../store/closed-conversations.ts';
import { addCustomers, findOpenConversation, listCustomers, type Conversation } from '../../store/conversations.ts';
import { isRemovedCustomer } from '../../store/customers.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listOnDesk } from '../../store/desk-agents.ts';
import { findDesk, listDesksOfHelpChannel } from '../../store/desks.ts';
import { announce } from '../../store/outbox.ts';
import { listPeople } from '../../store/people.ts';
import { insertSeat, listSeats, type Seat } from '../../store/seats.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { webhooksForAgent } from '../webhook/announce.ts';
import { tellStatus } from './change-status.ts';
import { deskMeant } from './desk-for.ts';
import type { Written } from './note-message.ts';

const DAY_MS = 86_400_000;

const leftAt = (seat: Seat): number => Date.parse(seat.leftAt ?? '');

/** Who was in it, the last first: who stayed longest, then who came in last. Nobody who left by hand while others stayed. */
function lastFirst(seats: readonly Seat[]): string[] {
  const last = new Map<string, Seat>();
  for (const seat of seats) if (seat.arrivedAt !== undefined) last.set(seat.userId, seat);
  return [...last.values()]
    .sort(
      (a, b) =>
        leftAt(b) - leftAt(a) || Number(a.leftByHand) - Number(b.leftByHand) || seats.indexOf(b) - seats.indexOf(a),
    )
    .filter((seat, index) => index === 0 || !seat.leftByHand)
    .map(({ userId }) => userId);
}

/** The last of them who still is an agent; undefined where none is. */
async function lastAgent(trx: Trx, { id, workspaceId }: Conversation): Promise<string | undefined> {
  const were = lastFirst(await listSeats(trx, id));
  const people = await listPeople(trx, workspaceId, were);
  const onDesk = await listOnDesk(trx, workspaceId, were);
  return were.find((userId) => {
    const person = people.get(userId);
    return person !== undefined && isFullMember(person) && onDesk.has(userId);
  });
}

/** Its own desk, or where that was archived the one a conversation opened now would have. */
async function deskNow(trx: Trx, deps: Deps, conversation: Conversation, userId: string): Promise<string> {
  const { workspaceId, deskId, channelId } = conversation;
  if ((await findDesk(trx, workspaceId, deskId))?.isArchived === false) return deskId;
  const meant = await deskMeant(trx, { workspaceId, userId }, { channelId });
  return (meant ?? (await ensureDefaultDesk(trx, deps, workspaceId))).id;
}

async function seatAgain(trx: Trx, deps: Deps, { workspaceId, id: conversationId }: Conversation, userId: string) {
  const seatId = deps.newId();
  const now = deps.now();
  await insertSeat(trx, { id: seatId, workspaceId, conversationId, userId, cameBy: 'reopened', arrived: true, now });
  const told = { kind: 'conversation.reopened', conversationId, seatId } as const;
  const came = await webhooksForAgent(trx, { workspaceId, conversationId, userId, cameBy: 'reopened' });
  await announce(trx, workspaceId, [told, ...came], { now, newId: deps.newId });
}

async function isItsCustomer(deps: Deps, conversation: Conversation, userId: string): Promise<boolean> {
  const person = (await meet(deps, conversation.workspaceId, [userId])).get(userId);
  if (person === undefined) return false;
  if (isCustomer(person)) return !(await isRemovedCustomer(deps.db, conversation.id, userId));
  return ((await listCustomers(deps.db, [conversation.id])).get(conversation.id) ?? []).includes(userId);
}

/**
 * Opens the closed conversation of a thread again when a customer of it writes there within the desk's days. The last agent who still is one
 * has a seat again and is told.
 *
 * @returns the conversation that is open there now, undefined when nothing was to be opened
 */
export async function reopenByMessage(deps: Deps, written: Written): Promise<Conversation | undefined> {
  const { workspaceId, threadTs, userId } = written;
  if (threadTs === '') return undefined;
  const closed = await findLastClosed(deps.db, written);
  const desk = closed && (await findDesk(deps.db, workspaceId, closed.deskId));
  if (closed === undefined || desk === undefined) return undefined;
  // Told of late: it was written while the conversation was open.
  if (wasBefore(writtenAt(written.ts), closed.closedAt)) return undefined;
  const closedFor = deps.now().getTime() - Date.parse(closed.closedAt);
  if (closedFor > desk.reopenDays * DAY_MS || desk.reopenDays === 0) return undefined;
  if (!(await isItsCustomer(deps, closed, userId))) return undefined;
  // The channel may have become one where the team helps itself.
  if ((await listDesksOfHelpChannel(deps.db, workspaceId, written.channelId)).length > 0) return undefined;
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const deskId = await deskNow(trx, deps, closed, userId);
    if (await reopenConversation(trx, { id: closed.id, deskId, now: deps.now() })) {
      await tellStatus(
        trx,
        deps,
        { workspaceId, conversationId: closed.id },
        { status: 'in_progress', before: undefined },
      );
      await addCustomers(trx, closed.id, [userId]);
      const agent = await lastAgent(trx, closed);
      if (agent !== undefined) await seatAgain(trx, deps, closed, agent);
      await refreshHomes(trx, deps, workspaceId);
    }
    return findOpenConversation(trx, written);
  });
}
