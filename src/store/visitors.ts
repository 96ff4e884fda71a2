/** Conversations that bots opened: what each says of its visitor, and which are whose. */
import type { Status } from '../domain/conversation.ts';
import { columnsOf } from './columns.ts';
import { CONVERSATION_COLUMNS, conversationFromRow, type Conversation, type ConversationRow } from './conversations.ts';
import type { Handle } from './db.ts';

export type Visitor = {
  /** The token that opened it, '' for people. */
  readonly tokenId: string;
  /** '' where the bot did not say. */
  readonly customerName: string;
  /** What the bot knows it by, '' for nothing. */
  readonly reference: string;
  /** ISO 639-1, '' unknown. */
  readonly language: string;
  /** ISO 3166-1 alpha-2, '' unknown. */
  readonly country: string;
  /** Beckon made the channel for it. */
  readonly isMade: boolean;
  /** What was said before, as the bot hands it over. Internal. */
  readonly transcript: string;
};

type Row = {
  token_id: string;
  customer_name: string;
  reference: string;
  language: string;
  country: string;
  is_made: number;
  transcript: string;
};

const VISITOR_COLUMNS = columnsOf<Row>('conversations', {
  token_id: true,
  customer_name: true,
  reference: true,
  language: true,
  country: true,
  is_made: true,
  transcript: true,
});

const fromRow = (row: Row): Visitor => ({
  tokenId: row.token_id,
  customerName: row.customer_name,
  reference: row.reference,
  language: row.language,
  country: row.country,
  isMade: row.is_made === 1,
  transcript: row.transcript,
});

/** Keeps what a bot says of its visitor, in the transaction that opens the conversation. */
export async function saveVisitor(db: Handle, conversationId: string, visitor: Visitor): Promise<void> {
  await db('conversations')
    .where({ id: conversationId })
    .update({
      token_id: visitor.tokenId,
      customer_name: visitor.customerName,
      reference: visitor.reference,
      language: visitor.language,
      country: visitor.country,
      is_made: Number(visitor.isMade),
      transcript: visitor.transcript,
    });
}

/** Undefined only where there is no such conversation. */
export async function findVisitor(db: Handle, workspaceId: string, conversationId: string) {
  const row = await db('conversations')
    .where({ workspace_id: workspaceId, id: conversationId })
    .first<Row | undefined>(VISITOR_COLUMNS);
  return row && fromRow(row);
}

/** A conversation with what its bot says of the visitor. */
export type VisitorConversation = { readonly conversation: Conversation; readonly visitor: Visitor };

export async function findVisitorConversation(
  db: Handle,
  workspaceId: string,
  id: string,
): Promise<VisitorConversation | undefined> {
  const row = await db('conversations')
    .where({ workspace_id: workspaceId, id })
    .first<(ConversationRow & Row) | undefined>([...CONVERSATION_COLUMNS, ...VISITOR_COLUMNS]);
  return row && { conversation: conversationFromRow(row), visitor: fromRow(row) };
}

export type TokenQuery = {
  workspaceId: string;
  tokenId: string;
  /** Everything where absent. */
  status?: Status | 'open' | 'closed' | undefined;
  reference?: string | undefined;
  /** Those opened before this one, undefined for the newest. */
  before?: { openedAt: string; id: string } | undefined;
  limit: number;
};

/** What a token opened, the newest first. */
export async function listOfToken(db: Handle, query: TokenQuery): Promise<VisitorConversation[]> {
  const { workspaceId, tokenId, status, reference, before, limit } = query;
  const rows = db('conversations').where({ workspace_id: workspaceId, token_id: tokenId });
  if (status === 'open') rows.whereNull('closed_at');
  else if (status === 'closed') rows.whereNotNull('closed_at');
  else if (status !== undefined) rows.where({ status });
  if (reference !== undefined) rows.where({ reference });
  if (before) {
    rows.where((older) => {
      void older
        .where('opened_at', '<', before.openedAt)
        .orWhere((same) => void same.where('opened_at', before.openedAt).where('id', '<', before.id));
    });
  }
  const found = await rows
    .orderBy([
      { column: 'opened_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .select<(ConversationRow & Row)[]>([...CONVERSATION_COLUMNS, ...VISITOR_COLUMNS]);
  return found.map((row) => ({ conversation: conversationFromRow(row), visitor: fromRow(row) }));
}

/** Open conversations whose bot speaks as this Slack user, in a channel. */
export async function listSpokenFor(
  db: Handle,
  { workspaceId, channelId, userId }: { workspaceId: string; channelId: string; userId: string },
): Promise<Conversation[]> {
  const rows = await db('conversations')
    .join('tokens', 'tokens.id', 'conversations.token_id')
    .where({
      'conversations.workspace_id': workspaceId,
      'conversations.channel_id': channelId,
      'tokens.speaks_as': userId,
    })
    .whereNull('conversations.closed_at')
    .orderBy(['conversations.opened_at', 'conversations.id'])
    .select<ConversationRow[]>(CONVERSATION_COLUMNS);
  return rows.map(conversationFromRow);
}

/** The names bots gave for the visitors of these conversations, and the bots' own Slack users ('' for none), by conversation id. */
export async function listVisitorNames(
  db: Handle,
  conversationIds: readonly string[],
): Promise<Map<string, { name: string; speaksAs: string }>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await db('conversations')
    .join('tokens', 'tokens.id', 'conversations.token_id')
    .whereIn('conversations.id', conversationIds)
    .whereNot('conversations.customer_name', '')
    .select<{ id: string; customer_name: string; speaks_as: string }[]>([
      'conversations.id',
      'conversations.customer_name',
      'tokens.speaks_as',
    ]);
  return new Map(rows.map((row) => [row.id, { name: row.customer_name, speaksAs: row.speaks_as }]));
}
