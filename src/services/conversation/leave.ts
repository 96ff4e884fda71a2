/** An agent leaves a conversation. The customer is told nothing, and they stay in the Slack channel. */
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { leaveSeat, listSeats, type Seat } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';
import { turnLeft } from '../forward/end.ts';
import { lookAgain } from '../help/look-again.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';
import { lockOpenConversation } from './find.ts';

export type LeaveOutcome = Place & {
  /** `last`: nobody would be left; they are still in it and may ask for help, close, or leave all the same. */
  readonly outcome: 'left' | 'last';
  readonly conversationId: string;
  /** It looks for help already. */
  readonly isLookingForHelp: boolean;
  /** Nobody is in it now. */
  readonly isEmpty: boolean;
};

async function seatsNow(trx: Trx, conversationId: string, userId: string): Promise<{ mine: Seat; others: Seat[] }> {
  const taken = (await listSeats(trx, conversationId)).filter(({ state }) => state === 'in' || state === 'arriving');
  const mine = taken.find((seat) => seat.userId === userId);
  if (mine === undefined) throw new Refusal('already', 'You are not in this conversation.');
  return { mine, others: taken.filter((seat) => seat !== mine && seat.state === 'in') };
}

/**
 * Gives the seat up: they are free at once. Of two who leave at one moment the second is the last one in.
 *
 * @param anyway leave even as the last one in
 * @throws Refusal `not_allowed`, `not_found`, `gone`; `already` for somebody who is not in it
 */
export async function leave(
  deps: Deps,
  actor: Actor,
  { conversationId, anyway = false }: { conversationId: string; anyway?: boolean },
): Promise<LeaveOutcome> {
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const conversation = await lockOpenConversation(trx, actor.workspaceId, conversationId);
    const { mine, others } = await seatsNow(trx, conversationId, actor.userId);
    const isLookingForHelp = conversation.status === 'looking_for_help';
    const about = { ...placeOf(conversation), conversationId, isLookingForHelp };
    if (others.length === 0 && !anyway) return { outcome: 'last', ...about, isEmpty: false };
    await leaveSeat(trx, mine.id, deps.now(), true);
    await turnLeft(trx, deps, mine);
    if (mine.state === 'arriving') await lookAgain(trx, deps, mine);
    await refreshHomes(trx, deps, actor.workspaceId);
    return { outcome: 'left', ...about, isEmpty: others.length === 0 };
  });
}
