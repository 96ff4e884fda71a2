/** Conversations that are closed and may open again, and open ones that may close by themselves. */
import { CONVERSATION_COLUMNS, conversationFromRow, type Conversation, type ConversationRow } from './conversations.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';

/** The conversation of a thread that was closed last, with when. */
export async function findLastClosed(
  db: Handle,
  place: { workspaceId: string; channelId: string; threadTs: string },
): Promise<(Conversation & { readonly closedAt: string }) | undefined> {
  const row = await db('conversations')
    .where({ workspace_id: place.workspaceId, channel_id: place.channelId, thread_ts: place.threadTs })
    .whereNotNull('closed_at')
    .orderBy([
      { column: 'closed_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first<(ConversationRow & { closed_at: string }) | undefined>(CONVERSATION_COLUMNS);
  return row && { ...conversationFromRow(row), closedAt: row.closed_at };
}

/** Opens a closed conversation again unless another is open in its place; whether it did. */
export async function reopenConversation(
  db: Handle,
  { id, deskId, now }: { id: string; deskId: string; now: Date },
): Promise<boolean> {
  const changed = await db('conversations')
    .where({ id })
    .whereNotNull('closed_at')
    .whereNotExists((other) => {
      void other
        .select(db.raw('1'))
        .from('conversations as other')
        .whereRaw(
          'other.workspace_id = conversations.workspace_id and other.channel_id = conversations.channel_id and other.thread_ts = conversations.thread_ts',
        )
        .whereNull('other.closed_at');
    })
    .update({
      status: 'in_progress',
      desk_id: deskId,
      outcome: '',
      closed_by: '',
      closed_at: null,
      active_at: now.toISOString(),
      version: db.raw('version + 1'),
    });
  return changed === 1;
}

/** Open conversations of a channel's threads that one person began, newest first. */
export async function listOpenThreadsOf(
  db: Handle,
  place: { workspaceId: string; channelId: string },
  customerId: string,
): Promise<Conversation[]> {
  const rows = await db('conversations')
    .join('conversation_customers', 'conversation_customers.conversation_id', 'conversations.id')
    .where({
      'conversations.workspace_id': place.workspaceId,
      'conversations.channel_id': place.channelId,
      'conversation_customers.user_id': customerId,
      'conversation_customers.is_removed': 0,
    })
    .whereNot('conversations.thread_ts', '')
    .whereNull('conversations.closed_at')
    .orderBy('conversations.thread_ts', 'desc')
    .select<ConversationRow[]>(CONVERSATION_COLUMNS);
  return rows.map(conversationFromRow);
}

const DAY_MS = 86_400_000;

/**
 * Open conversations in which nobody has written, come in or asked for help for as many days as their desk says. At most `limit`.
 * Nobody else can write into them until the transaction ends.
 */
export async function listQuiet(db: Trx, now: Date, limit: number): Promise<Conversation[]> {
  const desks = await db('desks').where('quiet_days', '>', 0).distinct<{ quiet_days: number }[]>('quiet_days');
  const quiet: Conversation[] = [];
  for (const { quiet_days: days } of desks) {
    const since = new Date(now.getTime() - days * DAY_MS).toISOString();
    const query = db('conversations')
      .join('desks', 'desks.id', 'conversations.desk_id')
      .where('desks.quiet_days', days)
      .whereNull('conversations.closed_at')
      .where('conversations.active_at', '<', since)
      .whereNotExists((seat) => {
        void seat
          .select(db.raw('1'))
          .from('seats')
          .whereRaw('seats.conversation_id = conversations.id')
          .where('seats.claimed_at', '>=', since);
      })
      .whereNotExists((request) => {
        void request
          .select(db.raw('1'))
          .from('help_requests')
          .whereRaw('help_requests.conversation_id = conversations.id')
          .where('help_requests.asked_at', '>=', since);
      })
      .orderBy(['conversations.active_at', 'conversations.id'])
      .limit(limit);
    if (isPostgres(db)) query.forUpdate('conversations').skipLocked();
    const rows = await query.select<ConversationRow[]>(CONVERSATION_COLUMNS);
    quiet.push(...rows.map(conversationFromRow));
  }
  return quiet.slice(0, limit);
}
