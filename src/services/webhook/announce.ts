/** What happens in a conversation of a bot is told to the bot's server. Notes, cards and calls are internal and never part of it. */
import type { Notice } from '../../domain/notice.ts';
import type { WebhookAgent, WebhookEvent } from '../../domain/webhook.ts';
import type { Handle, Trx } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import type { Seat } from '../../store/seats.ts';
import { findWebhookOf, type WebhookOf } from '../../store/webhooks.ts';
import { agentsNamed } from '../bot/names.ts';
import type { Deps } from '../deps.ts';

type Where = { readonly workspaceId: string; readonly conversationId: string };

const orNull = (text: string): string | null => (text === '' ? null : text);

const noticeOf = (
  { conversationId }: Where,
  { tokenId, reference, channelId, threadTs }: WebhookOf,
  event: WebhookEvent,
): Notice => ({
  kind: 'webhook',
  tokenId,
  conversationId,
  about: { id: conversationId, reference: orNull(reference), channel: channelId, thread: orNull(threadTs) },
  event,
});

/**
 * The notice a verb has to announce in its transaction: none, unless the conversation is a bot's whose token has a webhook.
 *
 * @param event or what works it out, which is called only where somebody is told
 */
async function webhooksFor(
  trx: Trx,
  where: Where,
  event: WebhookEvent | (() => Promise<WebhookEvent>),
): Promise<Notice[]> {
  const webhook = await findWebhookOf(trx, where.workspaceId, where.conversationId);
  if (webhook === undefined) return [];
  return [noticeOf(where, webhook, typeof event === 'function' ? await event() : event)];
}

/** The same for what is told only of a channel that Beckon made for the conversation. */
export async function webhooksForMade(trx: Trx, where: Where, event: () => Promise<WebhookEvent>): Promise<Notice[]> {
  const webhook = await findWebhookOf(trx, where.workspaceId, where.conversationId);
  return webhook?.isMade === true ? [noticeOf(where, webhook, await event())] : [];
}

/** An agent as customers know them. */
export const webhookAgent = async (db: Handle, workspaceId: string, userId: string): Promise<WebhookAgent> =>
  (await agentsNamed(db, workspaceId, [userId]))(userId);

type Coming = Pick<Seat, 'workspaceId' | 'conversationId' | 'userId' | 'cameBy'>;

const agentJoined = async (trx: Trx, { workspaceId, userId, cameBy }: Coming): Promise<WebhookEvent> => ({
  type: 'conversation.agent_joined',
  agent: await webhookAgent(trx, workspaceId, userId),
  came_by: cameBy,
});

/** Somebody is in, by whatever way. */
export const webhooksForAgent = (trx: Trx, seat: Coming): Promise<Notice[]> =>
  webhooksFor(trx, seat, () => agentJoined(trx, seat));

/** The same where it was read already where the conversation is told; undefined: nowhere. */
export const webhooksForArrived = async (trx: Trx, seat: Coming, webhook: WebhookOf | undefined): Promise<Notice[]> =>
  webhook === undefined ? [] : [noticeOf(seat, webhook, await agentJoined(trx, seat))];

/** What is told where it was read already where; undefined: nowhere. */
export const webhooksTo = (webhook: WebhookOf | undefined, where: Where, event: () => WebhookEvent): Notice[] =>
  webhook === undefined ? [] : [noticeOf(where, webhook, event())];

/** Tells of one thing at once, for a verb that announces nothing else of the conversation. */
export async function announceWebhook(
  trx: Trx,
  { now, newId }: Deps,
  where: Where,
  event: WebhookEvent | (() => Promise<WebhookEvent>),
): Promise<void> {
  await announce(trx, where.workspaceId, await webhooksFor(trx, where, event), { now: now(), newId });
}
