/** An administrator says where a token's webhooks go, has a new secret made, or ends them. */
import { lengthOf } from '../../domain/name.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { dropWebhooks, hurryWebhooks, saveWebhook } from '../../store/webhooks.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';
import { requireWebhook } from './webhook-form.ts';

const WEBHOOK_URL_MAX = 2000;

const NO_SECRET =
  'Webhooks are signed, and Beckon has nothing to sign them with. Ask whoever runs Beckon to set `BECKON_SECRET`.';

async function checkUrl(deps: Deps, typed: string): Promise<string> {
  const url = typed.trim();
  if (lengthOf(url) > WEBHOOK_URL_MAX) {
    throw new Refusal('invalid', `A URL can be up to ${WEBHOOK_URL_MAX} characters long.`, 'url');
  }
  const objection = await deps.webhooks.objection(url);
  if (objection !== undefined) throw new Refusal('invalid', objection, 'url');
  return url;
}

/**
 * Sends webhooks there from now on; those that wait are tried at once. The secret stays while a token has an address, and is another one
 * after it had none.
 *
 * @returns the secret where it is new, to be shown once
 * @throws Refusal `not_allowed`; `gone`; `invalid` on `url`; `unavailable` where nothing can be signed
 */
export async function setWebhook(
  deps: Deps,
  actor: Actor,
  { tokenId, url: typed }: { tokenId: string; url: string },
): Promise<string | undefined> {
  await requireAdministrator(deps.db, actor);
  if (deps.webhooks.secretOf(tokenId, 1) === '') throw new Refusal('unavailable', NO_SECRET);
  const url = await checkUrl(deps, typed);
  const { workspaceId } = actor;
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    await lockWorkspace(trx, workspaceId);
    const before = await requireWebhook(trx, actor, tokenId);
    const isNew = before.url === '';
    const turn = isNew ? before.turn + 1 : before.turn;
    await saveWebhook(trx, workspaceId, tokenId, { url, turn });
    await hurryWebhooks(trx, workspaceId, tokenId, deps.now());
    return isNew ? deps.webhooks.secretOf(tokenId, turn) : undefined;
  });
}

/**
 * Signs with another secret from now on; the one before is worth nothing any more.
 *
 * @returns the secret, to be shown once
 * @throws Refusal `not_allowed`; `gone`; `already` where the webhook was removed; `unavailable` where nothing can be signed
 */
export async function renewWebhookSecret(deps: Deps, actor: Actor, tokenId: string): Promise<string> {
  const { workspaceId } = actor;
  if (deps.webhooks.secretOf(tokenId, 1) === '') throw new Refusal('unavailable', NO_SECRET);
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    await lockWorkspace(trx, workspaceId);
    const { url, turn } = await requireWebhook(trx, actor, tokenId);
    if (url === '') throw new Refusal('already', 'Somebody removed this webhook a moment ago.');
    await saveWebhook(trx, workspaceId, tokenId, { turn: turn + 1 });
    return deps.webhooks.secretOf(tokenId, turn + 1);
  });
}

/** Sends nothing any more; what waited is forgotten. Whether there was one. @throws Refusal `not_allowed`, `gone` */
export async function removeWebhook(deps: Deps, actor: Actor, tokenId: string): Promise<boolean> {
  const { workspaceId } = actor;
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    await lockWorkspace(trx, workspaceId);
    const { url } = await requireWebhook(trx, actor, tokenId);
    await saveWebhook(trx, workspaceId, tokenId, { url: '' });
    await dropWebhooks(trx, workspaceId, tokenId);
    return url !== '';
  });
}
