/** Somebody was deactivated or made a guest: they are out everywhere, and nobody they helped is left alone (design 5.10). */
import {
  clearFallback,
  disownRequests,
  hasBelongings,
  listKnownByNobodyElse,
  takeOffEveryDesk,
} from '../../store/belongings.ts';
import { listAdministrators } from '../../store/callers.ts';
import { findConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findOpenForward } from '../../store/forwards.ts';
import { announce } from '../../store/outbox.ts';
import { leaveSeat, listSeats, listSeatsTakenBy, markRefused, type Seat } from '../../store/seats.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { turnLeft } from '../forward/end.ts';
import { lookAgain } from '../help/look-again.ts';
import { lookForHelpUnasked } from '../help/look-for-help.ts';
import { refreshHomes } from '../home/refresh.ts';

export type Gone = 'deactivated' | 'guest';

/** Gives the seat back: who was in leaves, who was on the way in does not arrive. */
async function giveBack(trx: Trx, deps: Deps, seat: Seat): Promise<void> {
  await turnLeft(trx, deps, seat, 'failed');
  if (seat.state === 'in') await leaveSeat(trx, seat.id, deps.now());
  else if (await markRefused(trx, seat.id, deps.now())) await lookAgain(trx, deps, seat);
}

/** Where nobody is left Beckon looks for help by itself; answers whether nobody is. */
async function leftAlone(trx: Trx, deps: Deps, conversation: Conversation): Promise<boolean> {
  const seats = await listSeats(trx, conversation.id);
  if (seats.some(({ state }) => state === 'in' || state === 'arriving')) return false;
  // The next is being chosen.
  if (await findOpenForward(trx, conversation.id)) return false;
  await lookForHelpUnasked(trx, deps, conversation, { because: 'alone' });
  return true;
}

async function leaveConversations(trx: Trx, deps: Deps, workspaceId: string, userId: string): Promise<string[]> {
  const alone: string[] = [];
  for (const seat of await listSeatsTakenBy(trx, workspaceId, userId)) {
    await giveBack(trx, deps, seat);
    const conversation = await findConversation(trx, workspaceId, seat.conversationId);
    if (conversation === undefined || conversation.closedAt !== undefined) continue;
    if (await leftAlone(trx, deps, conversation)) alone.push(conversation.id);
  }
  return alone;
}

/**
 * Takes somebody who is no longer a full member out of every conversation, off every desk and out of every fallback. Conversations
 * nobody is left in look for help by themselves; administrators read one message of these and of what nobody knows now.
 */
export async function leaveEverything(deps: Deps, workspaceId: string, userId: string, reason: Gone): Promise<void> {
  if (!(await hasBelongings(deps.db, workspaceId, userId))) return;
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await disownRequests(trx, workspaceId, userId);
    await takeOffEveryDesk(trx, workspaceId, userId);
    const deskIds = await clearFallback(trx, workspaceId, userId);
    const conversationIds = await leaveConversations(trx, deps, workspaceId, userId);
    const expertiseIds = (await listKnownByNobodyElse(trx, workspaceId, userId)).map(({ id }) => id);
    await refreshHomes(trx, deps, workspaceId);
    if (conversationIds.length + expertiseIds.length + deskIds.length === 0) return;
    const administrators = (await listAdministrators(trx, workspaceId)).filter((each) => each !== userId);
    const told = administrators.map(
      (each) =>
        ({
          kind: 'person.gone',
          userId: each,
          goneId: userId,
          reason,
          conversationIds,
          expertiseIds,
          deskIds,
        }) as const,
    );
    await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
  });
}
