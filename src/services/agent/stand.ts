/** Where agents stand, brought up to date before anybody waits for it. */
import { transaction } from '../../store/db.ts';
import { listStaleWorkspaces, refreshStandings } from '../../store/standings.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';

/**
 * Works out where those stand whose standing has run out, a few hundred at a time. Choosing does so too; what is done here is not done
 * while somebody waits.
 *
 * @returns how many were worked out
 */
export async function standingsDue({ db, now }: Deps): Promise<number> {
  let count = 0;
  for (const workspaceId of await listStaleWorkspaces(db, now())) {
    const awayEmoji = (await findWorkspace(db, workspaceId))?.awayEmoji ?? [];
    const reading = { workspaceId, awayEmoji, now: now() };
    count += await transaction(db, (trx) => refreshStandings(trx, reading, { batches: 1, waits: false }));
  }
  return count;
}
