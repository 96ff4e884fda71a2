/** A choice that found somebody: the conversation is theirs at once, and they are being added to its channel. */
import type { DecisionRecord } from '../../domain/forward.ts';
import { linkExpertise } from '../../store/conversation-expertise.ts';
import type { Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { insertDecision } from '../../store/decisions.ts';
import type { Forward } from '../../store/forwards.ts';
import { announce } from '../../store/outbox.ts';
import { insertSeat } from '../../store/seats.ts';
import { restand } from '../../store/standings.ts';
import { together } from '../../store/together.ts';
import { insertTurn, markForwarded } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';
import { claimFor } from '../help/came-in.ts';
import { webhooksForForwarded } from '../webhook/forwarding.ts';

type Deciding = { conversation: Conversation; forward: Pick<Forward, 'id'>; record: DecisionRecord };

type Ids = { readonly decisionId: string; readonly turnId: string };

/** Stores a choice. */
export async function storeDecision(
  trx: Trx,
  deps: Deps,
  { conversation, forward, record }: Deciding,
  { id, winnerId }: { id: string; winnerId: string },
): Promise<void> {
  await insertDecision(trx, {
    id,
    workspaceId: conversation.workspaceId,
    conversationId: conversation.id,
    forwardId: forward.id,
    winnerId,
    record,
    decidedAt: deps.now().toISOString(),
  });
}

/**
 * Stores the choice and gives whoever won their turn: a seat to arrive in, and the open request for help where there is one.
 *
 * @param awayEmoji the workspace's, to say where the winner stands from now on
 */
export async function claimTurn(
  trx: Trx,
  deps: Deps,
  deciding: Deciding,
  { userId, awayEmoji, decisionId, turnId }: Ids & { userId: string; awayEmoji: readonly string[] },
): Promise<void> {
  const { conversation, forward, record } = deciding;
  const { workspaceId, id: conversationId } = conversation;
  const now = deps.now();
  const seat = { id: deps.newId(), workspaceId, conversationId, userId, cameBy: 'forwarded', requestId: '' } as const;
  const turn = { id: turnId, workspaceId, conversationId, forwardId: forward.id, decisionId, seatId: seat.id, userId };
  const ids = record.wanted.map(({ id }) => id);
  const asked = record.wanted.map(({ name }) => name);
  const claimed = { kind: 'seat.claimed', conversationId, seatId: seat.id } as const;
  const tell = async () => {
    const told = await webhooksForForwarded(trx, seat, { record, decisionId });
    await announce(trx, workspaceId, [claimed, ...told], { now, newId: deps.newId });
  };
  // A row goes before those that refer to it.
  await together(trx, [
    () => storeDecision(trx, deps, deciding, { id: decisionId, winnerId: userId }),
    () => insertSeat(trx, { ...seat, asked, arrived: false, now }),
    () => insertTurn(trx, { ...turn, now }),
    () => markForwarded(trx, workspaceId, userId, now),
    () => linkExpertise(trx, conversationId, ids),
    () => claimFor(trx, deps, seat),
    tell,
    // Whoever chooses next finds it done.
    () => restand(trx, [userId], { workspaceId, awayEmoji, now }),
  ]);
}
