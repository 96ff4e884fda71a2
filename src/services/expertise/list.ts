/** Everything there is to know, and how many know it. */
import type { Expertise } from '../../domain/expertise.ts';
import { listExpertise } from '../../store/expertise.ts';
import { countHolders } from '../../store/holders.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireMember } from '../rights.ts';

export type ListedExpertise = Pick<Expertise, 'id' | 'name' | 'description'> & { readonly holders: number };

export type ExpertiseList = { readonly items: readonly ListedExpertise[]; readonly mayEdit: boolean };

/** @throws Refusal `not_allowed` for people from outside the support team's organisation */
export async function expertiseList({ db }: Deps, actor: Actor): Promise<ExpertiseList> {
  const { isAdministrator } = await requireMember(db, actor);
  const expertise = await listExpertise(db, actor.workspaceId);
  const holders = await countHolders(db, actor.workspaceId);
  return {
    items: expertise.map(({ id, name, description }) => ({ id, name, description, holders: holders.get(id) ?? 0 })),
    mayEdit: isAdministrator,
  };
}
