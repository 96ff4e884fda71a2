/** What is told of a turn: to whose turn it is, and once it is over. */
import { placeOf, type Place } from '../../domain/place.ts';
import { findConversationOnDesk } from '../../store/conversation-desk.ts';
import type { Handle } from '../../store/db.ts';
import { findDecision } from '../../store/decisions.ts';
import { findForward, type Forward } from '../../store/forwards.ts';
import { findSeat } from '../../store/seats.ts';
import { findTurn, listTurns, saveTurnMessage, type Turn } from '../../store/turns.ts';
import { findVisitor } from '../../store/visitors.ts';
import { customerNames } from '../conversation/about.ts';
import type { Deps } from '../deps.ts';
import { askedWith } from './asked-with.ts';
import type { DecisionView } from './decision.ts';
import { withNames } from './ranking.ts';

export type TurnView = Place & {
  readonly turn: Turn;
  readonly forward: Forward;
  /** Who had it before in the same forward, in order, without those Slack would not let in. */
  readonly before: readonly Turn[];
  readonly decision: Pick<DecisionView, 'record' | 'considered'>;
  readonly customers: readonly string[];
  /** What was said before a bot handed it over, '' for nothing. */
  readonly transcript: string;
  /** '' where a bot or Beckon itself forwarded it. */
  readonly forwarderId: string;
  /** The bot or workflow that forwarded it, '' for none. */
  readonly forwardedWith: string;
  /** Minutes until it goes to the next; 0: it stays theirs. */
  readonly answerMinutes: number;
  readonly deskName: string;
  /** They are still in it. */
  readonly isIn: boolean;
  readonly isClosed: boolean;
};

async function turnsBefore(db: Handle, { id, forwardId }: Turn): Promise<Turn[]> {
  const turns = await listTurns(db, forwardId);
  const at = turns.findIndex((turn) => turn.id === id);
  return turns.slice(0, Math.max(at, 0)).filter(({ state }) => state !== 'failed');
}

/** Everything the message of a turn shows, read when it is sent; undefined when the turn is not there. */
export async function turnView(deps: Deps, workspaceId: string, turnId: string): Promise<TurnView | undefined> {
  const { db } = deps;
  const turn = await findTurn(db, workspaceId, turnId);
  const forward = turn && (await findForward(db, workspaceId, turn.forwardId));
  const found = turn && (await findConversationOnDesk(db, workspaceId, turn.conversationId));
  const decision = turn && (await findDecision(db, workspaceId, turn.decisionId));
  if (turn === undefined || forward === undefined || found === undefined || decision === undefined) return undefined;
  const { conversation, deskName, answerMinutes } = found;
  const customers = await customerNames(db, workspaceId, [conversation.id]);
  const { record } = decision;
  return {
    ...placeOf(conversation),
    turn,
    forward,
    before: await turnsBefore(db, turn),
    decision: { record, considered: await withNames(db, workspaceId, record.considered, record.wanted) },
    customers: customers(conversation.id),
    transcript: (await findVisitor(db, workspaceId, conversation.id))?.transcript ?? '',
    forwarderId: forward.askedBy,
    forwardedWith: await askedWith(db, forward),
    answerMinutes,
    deskName,
    isIn: (await findSeat(db, workspaceId, turn.seatId))?.state === 'in',
    isClosed: conversation.closedAt !== undefined,
  };
}

/** The message that offers it was sent. */
export const turnSent = ({ db }: Deps, turnId: string, message: { channelId: string; ts: string }): Promise<void> =>
  saveTurnMessage(db, turnId, message);
