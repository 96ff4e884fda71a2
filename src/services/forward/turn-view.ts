/** What is told of a turn: to whose turn it is, and once it is over. */
import type { DecisionRecord } from '../../domain/forward.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listNamedCustomers } from '../../store/customers.ts';
import type { Handle } from '../../store/db.ts';
import { findTurnSeen, type TurnSeen } from '../../store/turn-views.ts';
import { listTurns, saveTurnMessage, type Turn } from '../../store/turns.ts';
import { namesOfCustomers } from '../conversation/about.ts';
import type { Deps } from '../deps.ts';
import { askedWithNamed } from './asked-with.ts';
import { weighed, type WeighedAgent } from './ranking.ts';

export type TurnView = Place & {
  readonly turn: TurnSeen['turn'];
  /** Who had it before in the same forward, in order, without those Slack would not let in; nobody once it is over. */
  readonly before: readonly Turn[];
  readonly wished: Pick<DecisionRecord, 'wanted' | 'language' | 'country'>;
  /** What speaks for them; undefined only where the choice kept nobody. */
  readonly chosen: WeighedAgent | undefined;
  readonly customers: readonly string[];
  /** Only agents read it. */
  readonly note: string;
  /** What was said before a bot handed it over, '' for nothing. */
  readonly transcript: string;
  /** '' where a bot or Beckon itself forwarded it. */
  readonly forwarderId: string;
  /** The bot or workflow that forwarded it, '' for none. */
  readonly forwardedWith: string;
  /** Minutes until it goes to the next; 0: it stays theirs. */
  readonly answerMinutes: number;
  /** They are still in it. */
  readonly isIn: boolean;
  readonly isClosed: boolean;
};

async function turnsBefore(db: Handle, { turn, hasOthers }: TurnSeen): Promise<Turn[]> {
  if (!hasOthers || turn.endedAt !== undefined) return [];
  const turns = await listTurns(db, turn.forwardId);
  const at = turns.findIndex(({ id }) => id === turn.id);
  return turns.slice(0, Math.max(at, 0)).filter(({ state }) => state !== 'failed');
}

/** Everything the message of a turn shows, read when it is sent; undefined when the turn is not there. */
export async function turnView({ db }: Deps, workspaceId: string, turnId: string): Promise<TurnView | undefined> {
  const seen = await findTurnSeen(db, workspaceId, turnId);
  if (seen === undefined) return undefined;
  const { turn, record, note, transcript, answerMinutes, isIn, isClosed } = seen;
  const [first] = record.considered;
  const customers = await listNamedCustomers(db, workspaceId, [turn.conversationId]);
  return {
    ...placeOf(seen),
    turn,
    before: await turnsBefore(db, seen),
    wished: record,
    chosen: first && weighed(first, record.wanted),
    customers: namesOfCustomers(customers.get(turn.conversationId) ?? [], seen.visitor),
    note,
    transcript,
    forwarderId: seen.askedBy,
    forwardedWith: askedWithNamed(seen.cameFrom, seen.tokenName),
    answerMinutes,
    isIn,
    isClosed,
  };
}

/** The message that offers it was sent. */
export const turnSent = ({ db }: Deps, turnId: string, message: { channelId: string; ts: string }): Promise<void> =>
  saveTurnMessage(db, turnId, message);
