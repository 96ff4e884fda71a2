/** *Send a test*: one `ping` at once, outside the line in which everything else waits. */
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { hurryWebhooks } from '../../store/webhooks.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';
import { requireWebhook } from './webhook-form.ts';

/**
 * Takes as long as the endpoint, at most ten seconds. Where it is taken, what waits for its next attempt is tried at once.
 *
 * @returns why it was not taken, undefined where it was
 * @throws Refusal `not_allowed`; `gone`; `already` where the webhook was removed
 */
export async function testWebhook(deps: Deps, actor: Actor, tokenId: string): Promise<string | undefined> {
  await requireAdministrator(deps.db, actor);
  const webhook = await requireWebhook(deps.db, actor, tokenId);
  if (webhook.url === '') throw new Refusal('already', 'Somebody removed this webhook a moment ago.');
  const error = await deps.webhooks.ping(webhook);
  if (error !== undefined) return error;
  await transaction(deps.db, (trx) => hurryWebhooks(trx, actor.workspaceId, tokenId, deps.now()));
  return undefined;
}
