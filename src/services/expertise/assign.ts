/** An administrator gives an expertise to people, or takes it from them, by command. */
import type { Expertise } from '../../domain/expertise.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { holdExpertise } from '../../store/expertise-hold.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAdministrator } from '../rights.ts';
import { findExpertiseByText } from './find.ts';
import { giveTo } from './give.ts';
import { goneExpertise } from './gone.ts';
import { takeFrom } from './take.ts';

export type Assignment = { userIds: readonly string[]; name: string };

export type Assigned = {
  expertise: Expertise;
  /** Those for whom something changed. */
  changed: readonly string[];
  /** Those for whom it was so before. */
  unchanged: readonly string[];
};

function requirePeople(userIds: readonly string[]): void {
  if (userIds.length > 0) return;
  throw new Refusal('invalid', 'Say who as well, by mention: `/expertise assign @ana Billing`.');
}

const split = (expertise: Expertise, userIds: readonly string[], changed: ReadonlySet<string>): Assigned => ({
  expertise,
  changed: userIds.filter((userId) => changed.has(userId)),
  unchanged: userIds.filter((userId) => !changed.has(userId)),
});

/** @throws Refusal `not_allowed`; `invalid` without people or with people who cannot be agents; `not_found`; `gone` */
export async function assign(deps: Deps, actor: Actor, { userIds, name }: Assignment): Promise<Assigned> {
  await requireAdministrator(deps.db, actor);
  requirePeople(userIds);
  await meet(deps, actor.workspaceId, userIds);
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    const named = await findExpertiseByText(trx, actor.workspaceId, name);
    const expertise = (await holdExpertise(trx, actor.workspaceId, [named.id])).get(named.id);
    if (expertise === undefined) throw await goneExpertise(trx, actor.workspaceId, named.id);
    await requireFit(trx, actor.workspaceId, userIds);
    const given = await giveTo(trx, deps, actor, { expertiseId: expertise.id, userIds });
    await refreshHomes(trx, deps, actor.workspaceId);
    return split(expertise, userIds, new Set(given));
  });
}

/** People who are no agents any more can be unassigned as well. @throws Refusal `not_allowed`; `invalid` without people; `not_found` */
export async function unassign(deps: Deps, actor: Actor, { userIds, name }: Assignment): Promise<Assigned> {
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    requirePeople(userIds);
    const expertise = await findExpertiseByText(trx, actor.workspaceId, name);
    const taken = await takeFrom(trx, deps, actor, { expertiseId: expertise.id, userIds });
    await refreshHomes(trx, deps, actor.workspaceId);
    return split(expertise, userIds, new Set(taken));
  });
}
