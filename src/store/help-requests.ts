/** Requests for help: open, claimed while the joiner is being added, or ended. */
import type { Place } from '../domain/place.ts';
import { PLACE_COLUMNS, placeFromRow, type NamedExpertise, type PlaceRow } from './conversations.ts';
import type { Handle } from './db.ts';

export type RequestState = 'open' | 'claimed' | 'joined' | 'withdrawn' | 'closed';

export type HelpRequest = {
  readonly id: string;
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly askedBy: string;
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
};

type Row = {
  id: string;
  workspace_id: string;
  conversation_id: string;
  asked_by: string;
  asked_at: string;
  note: string;
  message: string;
  state: RequestState;
  ended_at: string | null;
  round: number;
  card_channel_id: string;
  card_ts: string;
};

const fromRow = (row: Row): HelpRequest => ({
  id: row.id,
  workspaceId: row.workspace_id,
  conversationId: row.conversation_id,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  note: row.note,
  message: row.message,
  state: row.state,
  endedAt: row.ended_at ?? undefined,
  round: row.round,
  cardChannelId: row.card_channel_id,
  cardTs: row.card_ts,
});

/** Opens a request, or says that the conversation has an open one. */
export async function insertRequest(
  db: Handle,
  request: {
    id: string;
    workspaceId: string;
    conversationId: string;
    askedBy: string;
    note: string;
    message?: string;
    cardChannelId: string;
    now: Date;
  },
): Promise<boolean> {
  const rows = await db('help_requests')
    .insert({
      id: request.id,
      workspace_id: request.workspaceId,
      conversation_id: request.conversationId,
      asked_by: request.askedBy,
      asked_at: request.now.toISOString(),
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
  const row = await db('help_requests').where({ workspace_id: workspaceId, id }).first<Row | undefined>();
  return row && fromRow(row);
}

/** The request of a conversation that is open or being answered. */
export async function findOpenRequest(db: Handle, conversationId: string): Promise<HelpRequest | undefined> {
  const row = await db('help_requests')
    .where({ conversation_id: conversationId })
    .whereNull('ended_at')
    .first<Row | undefined>();
  return row && fromRow(row);
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

export async function setRequestNote(db: Handle, id: string, note: string): Promise<void> {
  await db('help_requests').where({ id }).update({ note });
}

export async function setRound(db: Handle, id: string, round: number): Promise<void> {
  await db('help_requests').where({ id }).update({ round });
}

/** Where the card stands, once it has been posted. */
export async function saveCard(db: Handle, id: string, card: { channelId: string; ts: string }): Promise<void> {
  await db('help_requests').where({ id }).update({ card_channel_id: card.channelId, card_ts: card.ts });
}

export async function addRequestExpertise(
  db: Handle,
  requestId: string,
  expertiseIds: readonly string[],
): Promise<void> {
  if (expertiseIds.length === 0) return;
  await db('help_request_expertise')
    .insert(expertiseIds.map((id) => ({ request_id: requestId, expertise_id: id })))
    .onConflict()
    .ignore();
}

/** What requests want, by request id. */
export async function listWanted(db: Handle, requestIds: readonly string[]): Promise<Map<string, NamedExpertise[]>> {
  const rows = await db('help_request_expertise')
    .join('expertise', 'expertise.id', 'help_request_expertise.expertise_id')
    .whereIn('request_id', requestIds)
    .orderBy('expertise.name_key')
    .select<(NamedExpertise & { request_id: string })[]>(['request_id', 'expertise.id', 'expertise.name']);
  const wanted = new Map<string, NamedExpertise[]>();
  for (const { request_id, id, name } of rows)
    wanted.set(request_id, [...(wanted.get(request_id) ?? []), { id, name }]);
  return wanted;
}

export type WaitingRequest = HelpRequest & Place & { readonly deskId: string };

/** Open requests of a workspace, longest waiting first. */
export async function listOpenRequests(
  db: Handle,
  workspaceId: string,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<WaitingRequest[]> {
  const rows = await db('help_requests')
    .join('conversations', 'conversations.id', 'help_requests.conversation_id')
    .where({ 'help_requests.workspace_id': workspaceId, 'help_requests.state': 'open' })
    .orderBy(['help_requests.asked_at', 'help_requests.id'])
    .limit(limit)
    .offset(offset)
    .select<(Row & PlaceRow & { desk_id: string })[]>(['help_requests.*', ...PLACE_COLUMNS, 'conversations.desk_id']);
  return rows.map((row) => ({
    ...fromRow(row),
    ...placeFromRow(row),
    deskId: row.desk_id,
  }));
}

export async function countOpenRequests(db: Handle, workspaceId: string): Promise<number> {
  const row = await db('help_requests')
    .where({ workspace_id: workspaceId, state: 'open' })
    .count({ open: '*' })
    .first<{ open: number | string } | undefined>();
  return Number(row?.open ?? 0);
}
