/** An administrator takes a desk that was archived into use again. */
import { checkDeskName } from '../../domain/desk.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { listArchivedDesks, restoreDeskRow, type ArchivedDesk } from '../../store/desk-state.ts';
import { findDesk, type Desk } from '../../store/desks.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';
import { requireHelpChannel } from './help-channel.ts';
import { requireFreeName } from './new.ts';

export type { ArchivedDesk };

export type Restored = {
  readonly desk: Desk;
  /** Why it has its help channel no more, undefined where it has, or had none. */
  readonly lostHelpChannel: string | undefined;
};

/** By name. @throws Refusal `not_allowed` */
export async function archivedDesks({ db }: Deps, actor: Actor): Promise<ArchivedDesk[]> {
  await requireAdministrator(db, actor);
  return listArchivedDesks(db, actor.workspaceId);
}

const notArchived = (): Refusal =>
  new Refusal('gone', 'This desk is in use again already: somebody else restored it a moment ago.');

/** @throws Refusal `not_allowed`; `gone` when it is not archived any more */
export async function archivedDesk(deps: Deps, actor: Actor, deskId: string): Promise<ArchivedDesk> {
  const desk = (await archivedDesks(deps, actor)).find(({ id }) => id === deskId);
  if (desk) return desk;
  throw notArchived();
}

/** Why its help channel cannot be one any more; '' where it can. */
async function whyUnsafe(deps: Deps, workspaceId: string, channelId: string): Promise<string> {
  if (channelId === '') return '';
  try {
    await requireHelpChannel(deps, workspaceId, channelId);
    return '';
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/**
 * Restores a desk with its rules and nobody on it. Its help channel is checked again, and left out where customers could read it by now.
 *
 * @throws Refusal `not_allowed`; `gone` when it is in use; `invalid` or `duplicate` on `name`
 */
export async function restoreDesk(
  deps: Deps,
  actor: Actor,
  { deskId, name: typed }: { deskId: string; name: string },
): Promise<Restored> {
  const { workspaceId } = actor;
  const archived = await archivedDesk(deps, actor, deskId);
  const name = checkDeskName(typed);
  const why = await whyUnsafe(deps, workspaceId, archived.helpChannelId);
  const helpChannelId = why === '' ? archived.helpChannelId : '';
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    await requireFreeName(trx, workspaceId, name, deskId);
    if (!(await restoreDeskRow(trx, workspaceId, deskId, { name, helpChannelId }))) throw notArchived();
    await refreshHomes(trx, deps, workspaceId);
    const desk = await findDesk(trx, workspaceId, deskId);
    if (desk === undefined) throw new Error('The desk just restored is not there.');
    return { desk, lostHelpChannel: why === '' ? undefined : why };
  });
}
