/** An administrator revokes a token: from that moment nothing can be done with it. */
import { transaction } from '../../store/db.ts';
import { revokeToken as revoke } from '../../store/tokens.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';

/** Whether it was still in use; conversations it opened stay as they are. @throws Refusal `not_allowed` */
export const revokeToken = (deps: Deps, actor: Actor, tokenId: string): Promise<boolean> =>
  transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    return revoke(trx, actor.workspaceId, tokenId, deps.now());
  });
