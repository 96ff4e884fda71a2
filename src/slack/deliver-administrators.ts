/** Notices that administrators read. */
import type { Notice } from '../domain/notice.ts';
import { undeliveredNews } from '../services/undelivered/list.ts';
import { goneWebhook } from '../services/webhook/outgoing.ts';
import { postInternal, type Envelope } from './post.ts';
import { undeliveredMessage } from './views/undelivered.ts';
import { webhookGoneMessage } from './views/webhook.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** Counted when it goes out: what was put back and delivered meanwhile is nobody's concern. */
export async function deliverUndelivered(envelope: Envelope, { userId }: Of<'undelivered'>): Promise<void> {
  const news = await undeliveredNews(envelope.deps, { workspaceId: envelope.workspaceId, userId });
  if (news) await postInternal(envelope, { userId }, undeliveredMessage(news));
}

export async function deliverWebhookGone(envelope: Envelope, { userId, tokenId }: Of<'webhook.gone'>): Promise<void> {
  const name = await goneWebhook(envelope.deps, envelope.workspaceId, tokenId);
  if (name !== undefined) await postInternal(envelope, { userId }, webhookGoneMessage(name));
}
