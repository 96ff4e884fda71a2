/** Everything there is to know, and how many know it. */
import type { Expertise } from '../../domain/expertise.ts';
import { listExpertise } from '../../store/expertise.ts';
import { countHolders } from '../../store/holders.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireMember } from '../rights.ts';

export type ListedExpertise = Pick<Expertise, 'id' | 'name' | 'description'> & { readonly holders: number };

export type ExpertiseList = {
  /** By name: all, or the first. */
  readonly items: readonly ListedExpertise[];
  /** How many there are beside them. */
  readonly more: number;
  readonly mayEdit: boolean;
};

/**
 * @param limit as many as are shown: nobody is counted for the others
 * @throws Refusal `not_allowed` for people from outside the support team's organisation
 */
export async function expertiseList({ db }: Deps, actor: Actor, limit?: number): Promise<ExpertiseList> {
  const { isAdministrator } = await requireMember(db, actor);
  const all = await listExpertise(db, actor.workspaceId);
  const expertise = limit === undefined ? all : all.slice(0, limit);
  const some = expertise.length < all.length ? expertise.map(({ id }) => id) : undefined;
  const holders = await countHolders(db, actor.workspaceId, some);
  return {
    items: expertise.map(({ id, name, description }) => ({ id, name, description, holders: holders.get(id) ?? 0 })),
    more: all.length - expertise.length,
    mayEdit: isAdministrator,
  };
}
