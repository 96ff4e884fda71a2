/** Administrators are told that something could not be delivered: soon, and then at most once an hour. */
import { listAdministrators } from '../../store/callers.ts';
import { transaction } from '../../store/db.ts';
import { announceOnce } from '../../store/outbox.ts';
import { saveUndeliveredTold, undeliveredToldAt } from '../../store/undelivered.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';

/** What fails for one reason fails together: it is counted before anybody is told. */
const GATHERED_MS = 60_000;
const BETWEEN_MS = 3_600_000;

/** Something was set aside: Homes of administrators show it, and each gets a message when the last is an hour old. */
export async function tellUndelivered(deps: Deps, workspaceId: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const last = await undeliveredToldAt(trx, workspaceId);
    const soon = deps.now().getTime() + GATHERED_MS;
    const dueAt = new Date(last === undefined ? soon : Math.max(soon, Date.parse(last) + BETWEEN_MS));
    // One that has yet to go out tells of this one as well.
    if (last === undefined || last <= deps.now().toISOString()) {
      const administrators = await listAdministrators(trx, workspaceId);
      const told = administrators.map((userId) => ({ kind: 'undelivered', userId }) as const);
      await announceOnce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId, dueAt });
      await saveUndeliveredTold(trx, workspaceId, dueAt);
    }
    await refreshHomes(trx, deps, workspaceId);
  });
}
