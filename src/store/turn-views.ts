/** Turns as they are told of: with what their forward asked for, why it was them, and what their conversation says. */
import type { CameFrom, DecisionRecord, TurnState } from '../domain/forward.ts';
import type { Place } from '../domain/place.ts';
import type { Handle } from './db.ts';
import { readJson } from './json.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';
import type { Turn } from './turns.ts';

export type TurnSeen = Place & {
  readonly turn: Omit<Turn, 'workspaceId' | 'decisionId' | 'seatId' | 'reason' | 'claimedAt'>;
  /** Somebody else had a chance in the same forward. */
  readonly hasOthers: boolean;
  /** They are still in it. */
  readonly isIn: boolean;
  readonly isClosed: boolean;
  /** '' where a bot or Beckon itself forwarded it. */
  readonly askedBy: string;
  readonly cameFrom: CameFrom;
  /** Of the token it was forwarded with; '' for none, and where that was revoked. */
  readonly tokenName: string;
  readonly note: string;
  readonly record: DecisionRecord;
  /** Minutes until it goes to the next, as the desk says; 0: it stays theirs. */
  readonly answerMinutes: number;
  /** Whom a bot opened it for, and the bot's own Slack user ('' for none); undefined where no bot gave a name. */
  readonly visitor: { readonly name: string; readonly speaksAs: string } | undefined;
  /** What was said before a bot handed it over, '' for nothing. */
  readonly transcript: string;
};

type Row = PlaceRow & {
  id: string;
  conversation_id: string;
  forward_id: string;
  user_id: string;
  state: TurnState;
  ended_at: string | null;
  message_channel_id: string;
  ts: string;
  has_others: number;
  seat_state: string;
  closed_at: string | null;
  asked_by: string;
  came_from: CameFrom;
  token_name: string | null;
  note: string;
  conversation_note: string;
  record: string;
  answer_minutes: number;
  customer_name: string;
  speaks_as: string | null;
  transcript: string;
};

/** Whom Slack would not let in had no chance. */
const HAS_OTHERS = `case when exists (
  select 1 from turns as others
  where others.forward_id = turns.forward_id and others.id <> turns.id and others.state <> 'failed'
) then 1 else 0 end as has_others`;

const COLUMNS = [
  'turns.id',
  'turns.conversation_id',
  'turns.forward_id',
  'turns.user_id',
  'turns.state',
  'turns.ended_at',
  'turns.channel_id as message_channel_id',
  'turns.ts',
  'seats.state as seat_state',
  'forwards.asked_by',
  'forwards.came_from',
  'forwards.note',
  'conversations.note as conversation_note',
  'tokens.name as token_name',
  'decisions.record',
  'desks.answer_minutes',
  'openers.speaks_as',
  ...PLACE_COLUMNS,
  'conversations.closed_at',
  'conversations.customer_name',
  'conversations.transcript',
];

const fromRow = (row: Row): TurnSeen => ({
  ...placeFromRow(row),
  turn: {
    id: row.id,
    conversationId: row.conversation_id,
    forwardId: row.forward_id,
    userId: row.user_id,
    state: row.state,
    endedAt: row.ended_at ?? undefined,
    channelId: row.message_channel_id,
    ts: row.ts,
  },
  hasOthers: row.has_others === 1,
  isIn: row.seat_state === 'in',
  isClosed: row.closed_at !== null,
  askedBy: row.asked_by,
  cameFrom: row.came_from,
  tokenName: row.token_name ?? '',
  note: row.note === '' ? row.conversation_note : row.note,
  record: readJson<DecisionRecord>(row.record),
  answerMinutes: row.answer_minutes,
  visitor:
    row.customer_name === '' || row.speaks_as === null
      ? undefined
      : { name: row.customer_name, speaksAs: row.speaks_as },
  transcript: row.transcript,
});

/** A turn with all that is told of it; undefined when it is not there. */
export async function findTurnSeen(db: Handle, workspaceId: string, id: string): Promise<TurnSeen | undefined> {
  const [row] = await db('turns')
    .join('seats', 'seats.id', 'turns.seat_id')
    .join('forwards', 'forwards.id', 'turns.forward_id')
    .join('decisions', 'decisions.id', 'turns.decision_id')
    .join('conversations', 'conversations.id', 'turns.conversation_id')
    .join('desks', 'desks.id', 'conversations.desk_id')
    .leftJoin('tokens', (join) => {
      join.on('tokens.id', 'forwards.token_id').andOnNull('tokens.revoked_at');
    })
    .leftJoin('tokens as openers', 'openers.id', 'conversations.token_id')
    .where({ 'turns.workspace_id': workspaceId, 'turns.id': id })
    .select<Row[]>([...COLUMNS, db.raw(HAS_OTHERS)]);
  return row && fromRow(row);
}
