/** An administrator takes it back from one who was made one. Admins of the Slack workspace remain, so nobody is locked out. */
import { deleteAdministrator } from '../../store/administrators.ts';
import { transaction } from '../../store/db.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';

/** Whether they had been made one: of two who do it at once both are done. @throws Refusal `not_allowed` */
export const removeAdministrator = (deps: Deps, actor: Actor, userId: string): Promise<boolean> =>
  transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    const removed = await deleteAdministrator(trx, actor.workspaceId, userId);
    await refreshHomes(trx, deps, actor.workspaceId);
    return removed;
  });
