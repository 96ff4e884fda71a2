/** Closes a conversation. The customer is told nothing. */
import { outcomeOf, type Outcome } from '../../domain/conversation.ts';
import { Refusal } from '../../errors.ts';
import { closeConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { leaveAll, listSeats } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';
import { endForwarding } from '../forward/end.ts';
import { endHelp } from '../help/end.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';
import { announceWebhook } from '../webhook/announce.ts';
import { lockOpenConversation } from './find.ts';

/** How it went, from everybody who ever arrived. */
async function outcomeNow(trx: Trx, conversation: Conversation): Promise<Outcome> {
  const wrote = new Map<string, boolean>();
  for (const seat of await listSeats(trx, conversation.id)) {
    if (seat.arrivedAt === undefined) continue;
    wrote.set(seat.userId, wrote.get(seat.userId) === true || seat.wroteAt !== undefined);
  }
  return outcomeOf([...wrote.values()].map((has) => ({ wrote: has })));
}

/** Whoever is on the way in reads that there is nothing to come into any more. */
async function turnBack(trx: Trx, deps: Deps, { workspaceId, id: conversationId }: Conversation): Promise<void> {
  const arriving = (await listSeats(trx, conversationId)).filter((seat) => seat.state === 'arriving');
  const told = arriving.map(
    (seat) => ({ kind: 'seat.failed', conversationId, seatId: seat.id, reason: 'closed' }) as const,
  );
  await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
}

/** Closes in a verb's transaction; whether this one did. */
export async function closeNow(
  trx: Trx,
  deps: Deps,
  conversation: Conversation,
  { by, lost = false }: { by: string; lost?: boolean },
): Promise<boolean> {
  const { workspaceId, id } = conversation;
  const outcome = lost ? 'lost' : await outcomeNow(trx, conversation);
  if (!(await closeConversation(trx, workspaceId, id, { outcome, closedBy: by, now: deps.now() }))) return false;
  await endForwarding(trx, deps, conversation);
  await endHelp(trx, deps, conversation, 'closed', by);
  await turnBack(trx, deps, conversation);
  await leaveAll(trx, id, deps.now());
  await announceWebhook(trx, deps, { workspaceId, conversationId: id }, { type: 'conversation.closed', outcome });
  await refreshHomes(trx, deps, workspaceId);
  return true;
}

/**
 * Closes a conversation: its status is cleared, its request for help ends, everybody in it is free at once.
 *
 * @throws Refusal `not_allowed`, `not_found`, `gone` when somebody else closed it first
 */
export async function closeByHand(
  deps: Deps,
  actor: Actor,
  { conversationId }: { conversationId: string },
): Promise<void> {
  await transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const conversation = await lockOpenConversation(trx, actor.workspaceId, conversationId);
    const closed = await closeNow(trx, deps, conversation, { by: actor.userId });
    if (!closed) throw new Refusal('gone', 'Somebody closed this conversation a moment ago.');
  });
}
