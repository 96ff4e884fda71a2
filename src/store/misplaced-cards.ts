/** Cards of requests that are not over, and calls in their threads, which stand where their desk asks for help no more. */
import type { Handle, Trx } from './db.ts';
import { requestFromRow, type HelpRequest, type RequestRow } from './help-requests.ts';

/** Requests of a desk's conversations that are not over and whose card stands, or was to stand, in another channel than this one. */
export async function listMisplaced(
  db: Handle,
  workspaceId: string,
  { deskId, helpChannelId }: { deskId: string; helpChannelId: string },
): Promise<HelpRequest[]> {
  const rows = await db('help_requests')
    .join('conversations', 'conversations.id', 'help_requests.conversation_id')
    .where({ 'help_requests.workspace_id': workspaceId, 'conversations.desk_id': deskId })
    .whereNull('help_requests.ended_at')
    .whereNot('help_requests.card_channel_id', helpChannelId)
    .orderBy('help_requests.id')
    .select<RequestRow[]>('help_requests.*');
  return rows.map(requestFromRow);
}

/** Requests that are over and whose card stands in a channel, asked since then (ISO), latest first. */
export async function listEndedIn(
  db: Handle,
  workspaceId: string,
  { channelId, since, limit }: { channelId: string; since: string; limit: number },
): Promise<HelpRequest[]> {
  const rows = await db('help_requests')
    .where({ workspace_id: workspaceId, card_channel_id: channelId })
    .whereIn('state', ['joined', 'withdrawn', 'closed'])
    .where('asked_at', '>=', since)
    .whereNot({ card_ts: '' })
    .orderBy([{ column: 'asked_at', order: 'desc' }, { column: 'id' }])
    .limit(limit)
    .select<RequestRow[]>();
  return rows.map(requestFromRow);
}

/** A message that called people, or a user group. */
type CallMessage = { readonly ts: string; readonly called: readonly string[] };

/** The card is to stand in this channel from now on, and does not yet. */
export async function moveCard(trx: Trx, requestId: string, channelId: string): Promise<void> {
  await trx('help_requests').where({ id: requestId }).update({ card_channel_id: channelId, card_ts: '' });
}

/** What stood in the card's old thread is brought up to date no more; whoever was called there and may still come is called directly. */
export async function takeCallsAway(
  trx: Trx,
  { id, fallback }: Pick<HelpRequest, 'id' | 'fallback'>,
  channelId: string,
): Promise<{ messages: CallMessage[]; callIds: string[] }> {
  const calls = await trx('calls')
    .where({ request_id: id, channel_id: channelId, way: 'mention' })
    .orderBy(['round', 'id'])
    .select<{ id: string; ts: string; user_id: string; declined_at: string | null }[]>([
      'id',
      'ts',
      'user_id',
      'declined_at',
    ]);
  const callIds = calls.filter((call) => call.declined_at === null).map((call) => call.id);
  await trx('calls')
    .whereIn(
      'id',
      calls.map((call) => call.id),
    )
    .update({ channel_id: '', ts: '' });
  await trx('calls').whereIn('id', callIds).update({ way: 'direct' });
  const messages = [...new Set(calls.map((call) => call.ts))].map((ts) => ({
    ts,
    called: calls.filter((call) => call.ts === ts).map((call) => call.user_id),
  }));
  if (fallback.channelId !== channelId || fallback.ts === '') return { messages, callIds };
  // A user group cannot be written to directly: it is mentioned once more, under the new card.
  const way = fallback.to.startsWith('S') ? 'mention' : 'direct';
  await trx('help_requests').where({ id }).update({ fallback_channel_id: '', fallback_ts: '', fallback_way: way });
  return { messages: [...messages, { ts: fallback.ts, called: [fallback.to] }], callIds };
}
