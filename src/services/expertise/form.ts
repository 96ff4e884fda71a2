/** What the form of an expertise shows. */
import { HOLDERS_SHOWN_MAX, type Expertise } from '../../domain/expertise.ts';
import { countHoldersOf, listHolders } from '../../store/holders.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';
import { expertiseMeant, type WhichExpertise } from './meant.ts';

export type ExpertiseForm = {
  /** undefined: a new one. */
  readonly expertise: Expertise | undefined;
  /** Suggested for a new one. */
  readonly name: string;
  /** Who has it, where there are at most 50. */
  readonly operators: readonly string[] | undefined;
  readonly operatorCount: number;
};

/** @throws Refusal `not_allowed` */
export async function newExpertiseForm({ db }: Deps, actor: Actor, name = ''): Promise<ExpertiseForm> {
  await requireAdministrator(db, actor);
  return { expertise: undefined, name, operators: [], operatorCount: 0 };
}

/** @throws Refusal `not_allowed`; `not_found` where no expertise has a name like that; `gone` */
export async function expertiseForm({ db }: Deps, actor: Actor, which: WhichExpertise): Promise<ExpertiseForm> {
  await requireAdministrator(db, actor);
  const { workspaceId } = actor;
  const expertise = await expertiseMeant(db, workspaceId, which);
  const holders = await listHolders(db, workspaceId, expertise.id, HOLDERS_SHOWN_MAX + 1);
  if (holders.length <= HOLDERS_SHOWN_MAX) {
    const operators = holders.map(({ userId }) => userId);
    return { expertise, name: expertise.name, operators, operatorCount: operators.length };
  }
  const count = await countHoldersOf(db, workspaceId, expertise.id);
  return { expertise, name: expertise.name, operators: undefined, operatorCount: count };
}
