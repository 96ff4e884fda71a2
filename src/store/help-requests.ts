/** Requests for help: open, claimed while the joiner is being added, or ended. */
import type { Uncalled, Way } from '../domain/calling.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';

export type RequestState = 'open' | 'claimed' | 'joined' | 'withdrawn' | 'closed';

/** What a request is in that has not ended: its `ended_at` is empty. */
export const UNENDED: readonly RequestState[] = ['open', 'claimed'];

/** Why Beckon asked by itself: nobody it was forwarded to answered, nobody could be found, nobody was left in it. */
export type Because = 'no_answer' | 'no_agent' | 'alone';

export type HelpRequest = {
  readonly id: string;
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly askedBy: string;
  /** The bot or workflow that asked, by the name it had then; '' where a person asked, or Beckon itself. */
  readonly askedWith: string;
  readonly askedAt: string;
  readonly note: string;
  /** What the customer wrote where help was asked for, '' for none. */
  readonly message: string;
  readonly state: RequestState;
  readonly endedAt: string | undefined;
  /** Rounds of calls so far. */
  readonly round: number;
  readonly cardChannelId: string;
  readonly cardTs: string;
  /** The request of the same conversation that had ended before this one was made, '' for none. */
  readonly previousId: string;
  /** Nobody who matches was available when it last called: the first one back is called. */
  readonly isWaiting: boolean;
  /** When the desk's fallback was turned to. */
  readonly fallbackAt: string | undefined;
  /** A person (U…) or user group (S…), '' for nobody, and the message that called them. */
  readonly fallback: { readonly to: string; readonly way: Way | ''; readonly channelId: string; readonly ts: string };
  /** The last thing the asker was told by itself. */
  readonly askerTold: AskerTold | '';
  /** '' where somebody asked. */
  readonly because: Because | '';
  /** The forward that nobody answered, '' for none. */
  readonly forwardId: string;
};

/** What an asker is told by itself: nobody is available, the fallback was called, nobody is left. */
export type AskerTold = 'waiting' | 'fallback' | 'exhausted';

export type RequestRow = {
  id: string;
  workspace_id: string;
  conversation_id: string;
  asked_by: string;
  asked_with: string;
  asked_at: string;
  note: string;
  message: string;
  state: RequestState;
  ended_at: string | null;
  round: number;
  card_channel_id: string;
  card_ts: string;
  previous_id: string;
  is_waiting: number;
  fallback_at: string | null;
  fallback_to: string;
  fallback_way: Way | '';
  fallback_channel_id: string;
  fallback_ts: string;
  asker_told: AskerTold | '';
  because: Because | '';
  forward_id: string;
};

const COLUMNS = columnsOf<RequestRow>('help_requests', {
  id: true,
  workspace_id: true,
  conversation_id: true,
  asked_by: true,
  asked_with: true,
  asked_at: true,
  note: true,
  message: true,
  state: true,
  ended_at: true,
  round: true,
  card_channel_id: true,
  card_ts: true,
  previous_id: true,
  is_waiting: true,
  fallback_at: true,
  fallback_to: true,
  fallback_way: true,
  fallback_channel_id: true,
  fallback_ts: true,
  asker_told: true,
  because: true,
  forward_id: true,
});

export const requestFromRow = (row: RequestRow): HelpRequest => ({
  id: row.id,
  workspaceId: row.workspace_id,
  conversationId: row.conversation_id,
  askedBy: row.asked_by,
  askedWith: row.asked_with,
  askedAt: row.asked_at,
  note: row.note,
  message: row.message,
  state: row.state,
  endedAt: row.ended_at ?? undefined,
  round: row.round,
  cardChannelId: row.card_channel_id,
  cardTs: row.card_ts,
  previousId: row.previous_id,
  isWaiting: row.is_waiting === 1,
  fallbackAt: row.fallback_at ?? undefined,
  fallback: {
    to: row.fallback_to,
    way: row.fallback_way,
    channelId: row.fallback_channel_id,
    ts: row.fallback_ts,
  },
  askerTold: row.asker_told,
  because: row.because,
  forwardId: row.forward_id,
});

/** Why nobody has been called for a request so far; undefined where somebody was, or nobody has looked yet. */
export function uncalledOf({ round, fallbackAt, isWaiting }: HelpRequest): Uncalled | undefined {
  if (round > 0) return undefined;
  if (fallbackAt !== undefined) return 'nobody';
  return isWaiting ? 'unavailable' : undefined;
}

/** Opens a request, or says that the conversation has an open one. */
export async function insertRequest(
  db: Handle,
  request: {
    id: string;
    workspaceId: string;
    conversationId: string;
    askedBy: string;
    askedWith?: string;
    note: string;
    message?: string;
    cardChannelId: string;
    previousId?: string;
    /** ISO; now unless it continues an earlier request. */
    askedAt?: string;
    because?: Because | '';
    forwardId?: string;
    now: Date;
  },
): Promise<boolean> {
  const rows = await db('help_requests')
    .insert({
      id: request.id,
      workspace_id: request.workspaceId,
      conversation_id: request.conversationId,
      asked_by: request.askedBy,
      asked_with: request.askedWith ?? '',
      asked_at: request.askedAt ?? request.now.toISOString(),
      previous_id: request.previousId ?? '',
      because: request.because ?? '',
      forward_id: request.forwardId ?? '',
      note: request.note,
      message: request.message ?? '',
      state: 'open',
      card_channel_id: request.cardChannelId,
    })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length === 1;
}

export async function findRequest(db: Handle, workspaceId: string, id: string): Promise<HelpRequest | undefined> {
  const row = await db('help_requests').where({ workspace_id: workspaceId, id }).first<RequestRow | undefined>(COLUMNS);
  return row && requestFromRow(row);
}

/** The request of a conversation that is open or being answered. */
export async function findOpenRequest(db: Handle, conversationId: string): Promise<HelpRequest | undefined> {
  const row = await db('help_requests')
    .where({ conversation_id: conversationId })
    .whereNull('ended_at')
    .first<RequestRow | undefined>(COLUMNS);
  return row && requestFromRow(row);
}

/** The request of a conversation that ended last. */
export async function findLastRequest(db: Handle, conversationId: string): Promise<HelpRequest | undefined> {
  const row = await db('help_requests')
    .where({ conversation_id: conversationId })
    .whereNotNull('ended_at')
    .orderBy([{ column: 'ended_at', order: 'desc' }, { column: 'id' }])
    .first<RequestRow | undefined>(COLUMNS);
  return row && requestFromRow(row);
}

/** The first claim wins: whether this one did. */
export async function claimRequest(db: Handle, id: string): Promise<boolean> {
  return (await db('help_requests').where({ id, state: 'open' }).update({ state: 'claimed' })) === 1;
}

/** The joiner could not get in: the request is open again, with its age. Whether it was waiting for them. */
export async function reopenRequest(db: Handle, id: string): Promise<boolean> {
  return (await db('help_requests').where({ id, state: 'claimed' }).update({ state: 'open' })) === 1;
}

/** Ends a request that has not ended; whether it did. */
export async function endRequest(
  db: Handle,
  id: string,
  state: Extract<RequestState, 'joined' | 'withdrawn' | 'closed'>,
  now: Date,
): Promise<boolean> {
  const changed = await db('help_requests')
    .where({ id })
    .whereNull('ended_at')
    .update({ state, ended_at: now.toISOString() });
  return changed === 1;
}

/** Brings an open request up to date. */
export async function updateRequest(db: Handle, id: string, change: { note: string; message: string }): Promise<void> {
  await db('help_requests').where({ id }).update(change);
}

export async function setRound(db: Handle, id: string, round: number): Promise<void> {
  await db('help_requests').where({ id }).update({ round });
}

/** Where the card stands, once it has been posted; whether it still belongs there. */
export async function saveCard(db: Handle, id: string, card: { channelId: string; ts: string }): Promise<boolean> {
  const own = { id, card_channel_id: card.channelId };
  return (await db('help_requests').where(own).update({ card_ts: card.ts })) === 1;
}
