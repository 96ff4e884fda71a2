/** A choice that found somebody: the conversation is theirs at once, and they are being added to its channel. */
import { liveChatNameOf } from '../../domain/agent.ts';
import type { DecisionRecord } from '../../domain/forward.ts';
import type { Arrival } from '../../store/arrivals.ts';
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
import { claim } from '../help/came-in.ts';
import { webhooksForForwarded } from '../webhook/forwarding.ts';
import type { Winner } from './choose.ts';

type Deciding = { conversation: Conversation; forward: Pick<Forward, 'id'>; record: DecisionRecord };

export type Claim = {
  readonly decisionId: string;
  readonly turnId: string;
  readonly winner: Winner;
  /** The workspace's, to say where the winner stands from now on. */
  readonly awayEmoji: readonly string[];
  /** As it is in this transaction. */
  readonly arrival: Pick<Arrival, 'webhook' | 'request' | 'activeAt'>;
};

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

/** Stores the choice and gives whoever won their turn: a seat to arrive in, and the open request for help where there is one. */
export async function claimTurn(
  trx: Trx,
  deps: Deps,
  deciding: Deciding,
  { winner, awayEmoji, decisionId, turnId, arrival }: Claim,
): Promise<void> {
  const { conversation, forward, record } = deciding;
  const { workspaceId, id: conversationId, deskId } = conversation;
  const { userId, causes } = winner;
  const { webhook, request, activeAt } = arrival;
  const now = deps.now();
  const seat = { id: deps.newId(), workspaceId, conversationId, userId, cameBy: 'forwarded', requestId: '' } as const;
  const turn = { id: turnId, workspaceId, conversationId, forwardId: forward.id, decisionId, seatId: seat.id, userId };
  const ids = record.wanted.map(({ id }) => id);
  const asked = record.wanted.map(({ name }) => name);
  const claimed = { kind: 'seat.claimed', conversationId, seatId: seat.id } as const;
  const agent = { id: userId, name: liveChatNameOf(winner, winner.name) };
  const told = webhooksForForwarded(webhook, seat, { record, decisionId, agent });
  // A row goes before those that refer to it.
  await together(trx, [
    () => storeDecision(trx, deps, deciding, { id: decisionId, winnerId: userId }),
    () => insertSeat(trx, { ...seat, asked, arrived: false, isRestood: true, now }),
    () => insertTurn(trx, { ...turn, now }),
    () => markForwarded(trx, workspaceId, userId, now),
    () => linkExpertise(trx, conversationId, ids),
    () => claim(trx, deps, seat, request),
    () => announce(trx, workspaceId, [claimed, ...told], { now, newId: deps.newId }),
    // Whoever chooses next finds it done.
    async () => causes && restand(trx, causes, { deskId, activeAt }, { workspaceId, awayEmoji, now }),
  ]);
}
