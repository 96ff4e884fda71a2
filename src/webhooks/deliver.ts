/** A notice for the server of a bot → what is posted where. Reports back to verbs. */
import type { Notice } from '../domain/notice.ts';
import { webhookBody } from '../domain/webhook.ts';
import type { Deps } from '../services/deps.ts';
import { webhookGone, webhookTarget } from '../services/webhook/outgoing.ts';
import { WebhookError, type WebhookSender } from './send.ts';

export type Envelope = {
  deps: Deps;
  sender: WebhookSender;
  workspaceId: string;
  /** Opaque, and the same at every attempt: by it a receiver knows what it has had. */
  noticeId: string;
  announcedAt: string;
};

/** Sends one webhook; nothing where its token has nowhere to send it any more. @throws WebhookError */
export async function deliverWebhook(
  { deps, sender, workspaceId, noticeId, announcedAt }: Envelope,
  notice: Notice,
): Promise<void> {
  if (notice.kind !== 'webhook') throw new Error(`A notice of the kind ${notice.kind} is no webhook.`);
  const target = await webhookTarget(deps, workspaceId, notice.tokenId);
  if (target === undefined) return;
  const secret = deps.webhooks.secretOf(target.tokenId, target.turn);
  if (secret === '') throw new WebhookError('BECKON_SECRET is not set, so nothing can be signed.');
  const body = webhookBody(notice, announcedAt);
  try {
    await sender.send({ url: target.url, secret, id: noticeId, at: deps.now(), body });
  } catch (error) {
    if (error instanceof WebhookError && error.isGone) await webhookGone(deps, workspaceId, target, error.message);
    throw error;
  }
}

export type Verdict = { hopeless: boolean; created: false; retryAfterMs?: number };

/** Who said to be gone stays so; everything else may be mended within a day. A receiver knows a webhook it had before by its id. */
export function judgeWebhook(error: unknown): Verdict {
  if (!(error instanceof WebhookError)) return { hopeless: false, created: false };
  const { isGone: hopeless, retryAfterMs } = error;
  return { hopeless, created: false, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
