/** The webhook of a token, as administrators see it: where it goes, and how it fares. */
import { Refusal } from '../../errors.ts';
import type { Handle } from '../../store/db.ts';
import { findWebhook, webhookTraffic, type Webhook, type WebhookTraffic } from '../../store/webhooks.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';

export type WebhookForm = WebhookTraffic & {
  readonly tokenId: string;
  /** The token's. */
  readonly name: string;
  /** '' where there is none. */
  readonly url: string;
  /** When its endpoint said that it is gone for good. */
  readonly goneAt: string | undefined;
  /** Whether the configuration has what secrets are made of: without it nothing can be signed. */
  readonly canSign: boolean;
};

/** @throws Refusal `gone` for a token that was revoked */
export async function requireWebhook(db: Handle, { workspaceId }: Actor, tokenId: string): Promise<Webhook> {
  const webhook = await findWebhook(db, workspaceId, tokenId);
  if (webhook === undefined) throw new Refusal('gone', 'Somebody revoked this token a moment ago.');
  return webhook;
}

/** @throws Refusal `not_allowed`, `gone` */
export async function webhookForm(deps: Deps, actor: Actor, tokenId: string): Promise<WebhookForm> {
  await requireAdministrator(deps.db, actor);
  const { name, url, goneAt } = await requireWebhook(deps.db, actor, tokenId);
  const traffic = await webhookTraffic(deps.db, actor.workspaceId, tokenId);
  return { ...traffic, tokenId, name, url, goneAt, canSign: deps.webhooks.secretOf(tokenId, 1) !== '' };
}
