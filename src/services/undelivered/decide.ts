/** An administrator decides about what could not be delivered: once more, or never. */
import { transaction } from '../../store/db.ts';
import { dismissUndelivered, putBack, type UndeliveredRef } from '../../store/undelivered.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';

/**
 * Puts one back into its lane, or everything; how many that were: what another administrator decided about first is not among them.
 *
 * @throws Refusal `not_allowed`
 */
export const tryAgain = (deps: Deps, actor: Actor, ref?: UndeliveredRef): Promise<number> =>
  decide(deps, actor, (trx) => putBack(trx, actor.workspaceId, deps.now(), ref));

/** Gives one up for good, or everything; how many that were. @throws Refusal `not_allowed` */
export const dismiss = (deps: Deps, actor: Actor, ref?: UndeliveredRef): Promise<number> =>
  decide(deps, actor, (trx) => dismissUndelivered(trx, actor.workspaceId, deps.now(), ref));

const decide = (
  deps: Deps,
  actor: Actor,
  work: (trx: Parameters<typeof putBack>[0]) => Promise<number>,
): Promise<number> =>
  transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    const count = await work(trx);
    await refreshHomes(trx, deps, actor.workspaceId);
    return count;
  });
