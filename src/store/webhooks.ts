/** Where webhooks of tokens go, and how those on their way fare. */
import type { Knex } from 'knex';
import { webhookLane, withoutText, type WebhookNotice, type WebhookTarget } from '../domain/webhook.ts';
import type { Handle, Trx } from './db.ts';
import { readJson } from './json.ts';
import { unfinished } from './outbox.ts';

/** Where what happens in a conversation is told, and what it is called there. */
export type WebhookOf = {
  readonly tokenId: string;
  readonly reference: string;
  readonly channelId: string;
  /** '' outside threads. */
  readonly threadTs: string;
  /** Whether Beckon made the channel for it. */
  readonly isMade: boolean;
};

export type WebhookOfRow = {
  token_id: string;
  reference: string;
  channel_id: string;
  thread_ts: string;
  is_made: number;
};

/** What a query over conversations that joins `tokens` selects to know where each is told. */
export const WEBHOOK_COLUMNS = [
  'tokens.id as token_id',
  'conversations.reference',
  'conversations.channel_id',
  'conversations.thread_ts',
  'conversations.is_made',
] as const;

/** How such a query joins them: a conversation's own token, where that has somewhere to be told. */
export function hasWebhook(join: Knex.JoinClause): void {
  join
    .on('tokens.id', 'conversations.token_id')
    .andOnVal('tokens.webhook_url', '<>', '')
    .andOnNull('tokens.webhook_gone_at')
    .andOnNull('tokens.revoked_at');
}

export const webhookOfRow = (row: WebhookOfRow): WebhookOf => ({
  tokenId: row.token_id,
  reference: row.reference,
  channelId: row.channel_id,
  threadTs: row.thread_ts,
  isMade: row.is_made === 1,
});

/** Undefined for a conversation of no bot, or of one that has nowhere to be told. */
export async function findWebhookOf(
  db: Handle,
  workspaceId: string,
  conversationId: string,
): Promise<WebhookOf | undefined> {
  const row = await db('conversations')
    .join('tokens', hasWebhook)
    .where({ 'conversations.workspace_id': workspaceId, 'conversations.id': conversationId })
    .first<WebhookOfRow | undefined>(...WEBHOOK_COLUMNS);
  return row && webhookOfRow(row);
}

/** A token's webhook as it was set up. */
export type Webhook = WebhookTarget & {
  /** The token's. */
  readonly name: string;
  /** When its endpoint said that it is gone for good; nothing is sent since. */
  readonly goneAt: string | undefined;
};

/** Of a token that was not revoked; its `url` is '' where it has none. */
export async function findWebhook(db: Handle, workspaceId: string, tokenId: string): Promise<Webhook | undefined> {
  const row = await db('tokens')
    .where({ workspace_id: workspaceId, id: tokenId })
    .whereNull('revoked_at')
    .first<{ name: string; webhook_url: string; webhook_turn: number; webhook_gone_at: string | null } | undefined>([
      'name',
      'webhook_url',
      'webhook_turn',
      'webhook_gone_at',
    ]);
  return (
    row && {
      tokenId,
      name: row.name,
      url: row.webhook_url,
      turn: row.webhook_turn,
      goneAt: row.webhook_gone_at ?? undefined,
    }
  );
}

/** Sets what is given; an address that is set counts as there again. */
export async function saveWebhook(
  trx: Trx,
  workspaceId: string,
  tokenId: string,
  { url, turn }: { url?: string; turn?: number },
): Promise<void> {
  await trx('tokens')
    .where({ workspace_id: workspaceId, id: tokenId })
    .update({
      ...(url !== undefined && { webhook_url: url, webhook_gone_at: null }),
      ...(turn !== undefined && { webhook_turn: turn }),
      version: trx.raw('version + 1'),
    });
}

/** Its endpoint is gone for good; whether that is news, and still its address. */
export async function markWebhookGone(
  trx: Trx,
  workspaceId: string,
  { tokenId, url }: Pick<WebhookTarget, 'tokenId' | 'url'>,
  now: Date,
): Promise<boolean> {
  const marked = await trx('tokens')
    .where({ workspace_id: workspaceId, id: tokenId, webhook_url: url })
    .whereNull('webhook_gone_at')
    .update({ webhook_gone_at: now.toISOString() });
  return marked === 1;
}

const laneRows = (db: Handle, workspaceId: string, tokenId: string) =>
  db('notices').where({ workspace_id: workspaceId, lane: webhookLane(tokenId) });

export type WebhookTraffic = {
  /** When one was taken last, as far back as is kept; undefined: never. */
  readonly sentAt: string | undefined;
  /** On their way, the one that is tried included. */
  readonly waiting: number;
  /** Given up. */
  readonly setAside: number;
  /** Why the first in line, or one given up since anything was taken, was not taken; '' where all is well. */
  readonly error: string;
  /** When the first in line is tried next, where it has failed. */
  readonly nextAt: string | undefined;
};

async function countOf(notices: Knex.QueryBuilder): Promise<number> {
  const row = await notices.count({ count: '*' }).first<{ count: number | string } | undefined>();
  return Number(row?.count ?? 0);
}

export async function webhookTraffic(db: Handle, workspaceId: string, tokenId: string): Promise<WebhookTraffic> {
  const lane = () => laneRows(db, workspaceId, tokenId);
  const sent = await lane().where({ state: 'done' }).max({ at: 'sent_at' }).first<{ at: string | null } | undefined>();
  const head = await lane()
    .whereRaw(unfinished())
    .orderBy('number')
    .first<{ last_error: string; due_at: string } | undefined>(['last_error', 'due_at']);
  const aside = await lane()
    .where({ state: 'set_aside' })
    .orderBy('set_aside_at', 'desc')
    .first<{ last_error: string; set_aside_at: string } | undefined>(['last_error', 'set_aside_at']);
  const fails = head !== undefined && head.last_error !== '';
  const isLatest = aside !== undefined && aside.set_aside_at > (sent?.at ?? '');
  return {
    sentAt: sent?.at ?? undefined,
    waiting: await countOf(lane().whereRaw(unfinished())),
    setAside: await countOf(lane().where({ state: 'set_aside' })),
    error: fails ? head.last_error : isLatest ? aside.last_error : '',
    nextAt: fails ? head.due_at : undefined,
  };
}

/** What waits for its next attempt is tried at once: the endpoint answers again, or there is another one. */
export async function hurryWebhooks(trx: Trx, workspaceId: string, tokenId: string, now: Date): Promise<void> {
  await laneRows(trx, workspaceId, tokenId)
    .where({ state: 'waiting' })
    .whereRaw(unfinished())
    .where('due_at', '>', now.toISOString())
    .update({ due_at: now.toISOString() });
}

/** Forgets what was to be sent: there is nowhere to send it any more. */
export async function dropWebhooks(trx: Trx, workspaceId: string, tokenId: string): Promise<void> {
  await laneRows(trx, workspaceId, tokenId).whereNotIn('state', ['done', 'dismissed']).delete();
}

/**
 * Gives up what waits in line, with the reason and without what anybody wrote.
 *
 * @param before only what has been tried, or has waited, since then
 * @returns how many that were
 */
export async function setWebhooksAside(
  trx: Trx,
  workspaceId: string,
  tokenId: string,
  { before, error, now }: { before: Date; error: string; now: Date },
): Promise<number> {
  const rows = await laneRows(trx, workspaceId, tokenId)
    .where({ state: 'waiting' })
    .whereRaw(unfinished())
    .whereRaw('coalesce(trying_since, created_at) <= ?', [before.toISOString()])
    .select<{ id: string; notice: string }[]>(['id', 'notice']);
  for (const { id, notice } of rows) {
    const kept = JSON.stringify(withoutText(readJson<WebhookNotice>(notice)));
    const aside = { state: 'set_aside', set_aside_at: now.toISOString(), last_error: error, notice: kept };
    await trx('notices').where({ id, state: 'waiting' }).update(aside);
  }
  return rows.length;
}
