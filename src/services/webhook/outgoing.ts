/** Webhooks on their way: where one goes now, and what becomes of those that cannot get there. */
import type { Notice } from '../../domain/notice.ts';
import type { WebhookTarget } from '../../domain/webhook.ts';
import { listAdministrators } from '../../store/callers.ts';
import { transaction } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { findWebhook, markWebhookGone, setWebhooksAside } from '../../store/webhooks.ts';
import type { Deps } from '../deps.ts';

const DAY_MS = 86_400_000;

/** Where the webhooks of a token go at this moment; undefined: nowhere, since it was revoked, removed or is gone. */
export async function webhookTarget(
  { db }: Deps,
  workspaceId: string,
  tokenId: string,
): Promise<WebhookTarget | undefined> {
  const webhook = await findWebhook(db, workspaceId, tokenId);
  return webhook === undefined || webhook.url === '' || webhook.goneAt !== undefined ? undefined : webhook;
}

/** The endpoint said that it is gone for good: nothing is sent there any more, and the administrators are told, once. */
export async function webhookGone(
  deps: Deps,
  workspaceId: string,
  target: WebhookTarget,
  error: string,
): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const now = deps.now();
    if (!(await markWebhookGone(trx, workspaceId, target, now))) return;
    await setWebhooksAside(trx, workspaceId, target.tokenId, { before: now, error, now });
    const administrators = await listAdministrators(trx, workspaceId);
    const told = administrators.map((userId) => ({ kind: 'webhook.gone', userId, tokenId: target.tokenId }) as const);
    await announce(trx, workspaceId, told, { now, newId: deps.newId });
  });
}

/**
 * One was given up after a day. Whatever has waited as long behind it goes with it: tried one by one, each would wait for a time-out of its
 * own, and what happened since would never have its turn.
 *
 * @returns that this settles nothing: an administrator decides about it
 */
export async function webhookGivenUp(deps: Deps, workspaceId: string, notice: Notice): Promise<boolean> {
  if (notice.kind !== 'webhook') return false;
  await transaction(deps.db, async (trx) => {
    const now = deps.now();
    const error = 'The endpoint took nothing for a day.';
    const before = new Date(now.getTime() - DAY_MS);
    await setWebhooksAside(trx, workspaceId, notice.tokenId, { before, error, now });
  });
  return false;
}

/** What administrators are told of an endpoint that is gone; undefined where it was mended or revoked by then. */
export async function goneWebhook({ db }: Deps, workspaceId: string, tokenId: string): Promise<string | undefined> {
  const webhook = await findWebhook(db, workspaceId, tokenId);
  return webhook?.goneAt === undefined ? undefined : webhook.name;
}
