/** An administrator changes an expertise; what others change meanwhile stays. */
import { changedSet, isEmptySet, settle, type Change, type SetChange } from '../../domain/change.ts';
import { checkDescription, checkExpertiseName, HOLDERS_SHOWN_MAX, type Expertise } from '../../domain/expertise.ts';
import { nameKey } from '../../domain/name.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findExpertise, insertAlias, lockExpertise, updateExpertise } from '../../store/expertise.ts';
import { listHolders } from '../../store/holders.ts';
import { listRequestsWanting } from '../../store/expertise-links.ts';
import { announce } from '../../store/outbox.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAdministrator } from '../rights.ts';
import { giveTo } from './give.ts';
import { goneExpertise } from './gone.ts';
import { takeName } from './new.ts';
import { takeFrom } from './take.ts';
import { cardsOf } from './usage.ts';

export type ExpertiseChange = {
  expertiseId: string;
  /** The row's version the form was made from. */
  version: number;
  name?: Change<string> | undefined;
  description?: Change<string> | undefined;
  operators: SetChange;
  /** The operators the form showed, where it showed them all. */
  shown?: readonly string[] | undefined;
};

export type Edited = {
  expertise: Expertise;
  /** What this person and somebody else changed at once: theirs stayed. */
  stayed: readonly ('name' | 'description')[];
  /** Others changed something since the form was opened. */
  changedMeanwhile: boolean;
};

type Wanted = { name: ReturnType<typeof settle<string>>; description: ReturnType<typeof settle<string>> };

async function saveWords(trx: Trx, workspaceId: string, was: Expertise, { name, description }: Wanted): Promise<void> {
  if (name.write === undefined && description.write === undefined) return;
  if (name.write !== undefined) await takeName(trx, workspaceId, name.write, was.id);
  await updateExpertise(trx, workspaceId, was.id, {
    ...(name.write !== undefined && { name: name.write }),
    ...(description.write !== undefined && { description: description.write }),
  });
  if (name.write !== undefined && nameKey(name.write) !== was.nameKey) {
    await insertAlias(trx, workspaceId, was.nameKey, was.id);
  }
}

/** Cards of open requests show the name it has now. */
async function renameOnCards(trx: Trx, deps: Deps, workspaceId: string, expertiseId: string): Promise<void> {
  const requests = await listRequestsWanting(trx, workspaceId, expertiseId);
  await announce(trx, workspaceId, cardsOf(requests), { now: deps.now(), newId: deps.newId });
}

async function othersChangedOperators(trx: Trx, workspaceId: string, change: ExpertiseChange): Promise<boolean> {
  if (change.shown === undefined) return false;
  const now = (await listHolders(trx, workspaceId, change.expertiseId, HOLDERS_SHOWN_MAX + 1)).map((one) => one.userId);
  return !isEmptySet(changedSet(change.shown, now));
}

/**
 * @throws Refusal `not_allowed`; `gone`; `invalid` or `duplicate` on `name`; `invalid` on `description` or on the field that adds operators
 * (`operators`, or `add` where the form does not show them all)
 */
export async function editExpertise(deps: Deps, actor: Actor, change: ExpertiseChange): Promise<Edited> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  const name = change.name && { from: change.name.from, to: checkExpertiseName(change.name.to) };
  const description = change.description && { ...change.description, to: checkDescription(change.description.to) };
  await meet(deps, workspaceId, change.operators.add);
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    const was = await lockExpertise(trx, workspaceId, change.expertiseId);
    if (was === undefined) throw await goneExpertise(trx, workspaceId, change.expertiseId);
    await requireFit(trx, workspaceId, change.operators.add, change.shown === undefined ? 'add' : 'operators');
    const untouched = was.version === change.version;
    const wanted = {
      name: settle(name, was.name, untouched),
      description: settle(description, was.description, untouched),
    };
    await saveWords(trx, workspaceId, was, wanted);
    if (wanted.name.write !== undefined) await renameOnCards(trx, deps, workspaceId, was.id);
    const changedMeanwhile = !untouched || (await othersChangedOperators(trx, workspaceId, change));
    await giveTo(trx, deps, actor, { expertiseId: was.id, userIds: change.operators.add });
    await takeFrom(trx, deps, actor, { expertiseId: was.id, userIds: change.operators.remove });
    await refreshHomes(trx, deps, workspaceId);
    const expertise = (await findExpertise(trx, workspaceId, was.id)) ?? was;
    return {
      expertise,
      stayed: (['name', 'description'] as const).filter((field) => wanted[field].stayed),
      changedMeanwhile,
    };
  });
}
