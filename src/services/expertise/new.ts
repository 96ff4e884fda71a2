/** An administrator adds an expertise and picks who has it, in one go. */
import { checkDescription, checkExpertiseName, type Expertise } from '../../domain/expertise.ts';
import { nameKey } from '../../domain/name.ts';
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { deleteAlias, findExpertise, findExpertiseByKey, insertExpertise } from '../../store/expertise.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAdministrator } from '../rights.ts';
import { giveTo } from './give.ts';

/**
 * Checks that no other expertise has this name; one that had it once gives it up. The caller holds the workspace's lock.
 *
 * @throws Refusal `duplicate` on `name`
 */
export async function takeName(trx: Trx, workspaceId: string, name: string, ownId?: string): Promise<void> {
  const key = nameKey(name);
  const other = await findExpertiseByKey(trx, workspaceId, key);
  if (other !== undefined && other.nameKey === key && other.id !== ownId) {
    throw new Refusal(
      'duplicate',
      `There is an expertise ${quoted(other.name)} already. Choose another name, or edit that one.`,
      'name',
    );
  }
  await deleteAlias(trx, workspaceId, key);
}

export type NewExpertise = { name: string; description: string; operators: readonly string[] };

/**
 * @throws Refusal `not_allowed`; `invalid` or `duplicate` on `name`; `invalid` on `description`; `invalid` on `operators` with everybody
 * who cannot be an agent
 */
export async function newExpertise(deps: Deps, actor: Actor, input: NewExpertise): Promise<Expertise> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  const name = checkExpertiseName(input.name);
  const description = checkDescription(input.description);
  await meet(deps, workspaceId, input.operators);
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    await takeName(trx, workspaceId, name);
    await requireFit(trx, workspaceId, input.operators, 'operators');
    const id = deps.newId();
    await insertExpertise(trx, { workspaceId, id, name, description, now: deps.now() });
    await giveTo(trx, deps, actor, { expertiseId: id, userIds: input.operators });
    await refreshHomes(trx, deps, workspaceId);
    const made = await findExpertise(trx, workspaceId, id);
    if (made === undefined) throw new Error('The expertise just added is not there.');
    return made;
  });
}
