/** A workspace always has a desk. */
import { transaction, type Trx } from '../../store/db.ts';
import { findDefaultDesk, insertDesk, type Desk } from '../../store/desks.ts';
import type { Deps } from '../deps.ts';

const DEFAULT_DESK_NAME = 'Support';

/** The default desk; a fresh workspace gets one now. Of several who make it at once one does and all find it. */
export async function ensureDefaultDesk(trx: Trx, { now, newId }: Deps, workspaceId: string): Promise<Desk> {
  const found = await findDefaultDesk(trx, workspaceId);
  if (found) return found;
  await insertDesk(trx, { workspaceId, id: newId(), name: DEFAULT_DESK_NAME, isDefault: true, now: now() });
  const made = await findDefaultDesk(trx, workspaceId);
  if (made === undefined) throw new Error('The workspace has desks, but none of them is the default.');
  return made;
}

/** The same, outside a transaction: screens that list desks show it from the first day. */
export const defaultDesk = async (deps: Deps, workspaceId: string): Promise<Desk> =>
  (await findDefaultDesk(deps.db, workspaceId)) ??
  transaction(deps.db, (trx) => ensureDefaultDesk(trx, deps, workspaceId));
