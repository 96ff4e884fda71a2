/** An administrator merges one expertise into another: links move, duplicates fold, the old names and id answer as the other. */
import { readingsAround } from '../../domain/command-line.ts';
import type { Expertise } from '../../domain/expertise.ts';
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { transaction, type Handle } from '../../store/db.ts';
import { findExpertise, insertAlias, updateExpertise } from '../../store/expertise.ts';
import { lockSeveralExpertise } from '../../store/expertise-hold.ts';
import { deleteExpertiseRow, listRequestsWanting, moveLinks, moveNames } from '../../store/expertise-links.ts';
import { countHoldersOfBoth } from '../../store/holders.ts';
import { announce } from '../../store/outbox.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';
import { findExpertiseByText, matchExpertise } from './find.ts';
import { goneExpertise } from './gone.ts';
import { expertiseCatalogue, type Catalogue } from './options.ts';
import { cardsOf, countUsage, type UsageCounts } from './usage.ts';

export type MergePlan = {
  readonly from: Expertise;
  readonly into: Expertise;
  /** Where the one that goes is used. */
  readonly counts: UsageCounts;
  /** Of its people, those who do not have the other yet. */
  readonly newPeople: number;
};

export type MergeForm = { readonly from: Expertise; readonly counts: UsageCounts; readonly catalogue: Catalogue };

const requireTwo = (from: Expertise, into: Expertise): void => {
  if (from.id !== into.id) return;
  throw new Refusal('invalid', `${quoted(from.name)} cannot be merged into itself. Choose another.`, 'into');
};

async function planOf(db: Handle, workspaceId: string, from: Expertise, into: Expertise): Promise<MergePlan> {
  requireTwo(from, into);
  const counts = await countUsage(db, workspaceId, from.id);
  return {
    from,
    into,
    counts,
    newPeople: counts.people - (await countHoldersOfBoth(db, workspaceId, [from.id, into.id])),
  };
}

async function requireExpertise(db: Handle, workspaceId: string, id: string): Promise<Expertise> {
  const expertise = await findExpertise(db, workspaceId, id);
  if (expertise === undefined) throw await goneExpertise(db, workspaceId, id);
  return expertise;
}

async function formOf(db: Handle, workspaceId: string, from: Expertise): Promise<MergeForm> {
  const all = await expertiseCatalogue(db, workspaceId);
  const catalogue: Catalogue =
    all.kind === 'all' ? { kind: 'all', choices: all.choices.filter(({ id }) => id !== from.id) } : all;
  if (catalogue.kind === 'all' && catalogue.choices.length === 0) {
    throw new Refusal('not_found', `There is no other expertise that ${quoted(from.name)} could be merged into.`);
  }
  return { from, counts: await countUsage(db, workspaceId, from.id), catalogue };
}

/** What the form shows that asks into which. @throws Refusal `not_allowed`; `gone`; `not_found` where there is no other */
export async function mergeForm({ db }: Deps, actor: Actor, fromId: string): Promise<MergeForm> {
  await requireAdministrator(db, actor);
  const { workspaceId } = actor;
  return formOf(db, workspaceId, await requireExpertise(db, workspaceId, fromId));
}

/** What is shown before anything is merged. @throws Refusal `not_allowed`; `gone`; `invalid` on `into` where both are one */
export async function mergePlan(
  { db }: Deps,
  actor: Actor,
  { fromId, intoId }: { fromId: string; intoId: string },
): Promise<MergePlan> {
  await requireAdministrator(db, actor);
  const { workspaceId } = actor;
  const from = await requireExpertise(db, workspaceId, fromId);
  return planOf(db, workspaceId, from, await requireExpertise(db, workspaceId, intoId));
}

/** A name may itself have an "into" in it: the reading counts in which both names are known. */
async function readBoth(db: Handle, workspaceId: string, typed: string): Promise<[Expertise, Expertise] | undefined> {
  const readings = readingsAround(typed, 'into');
  for (const { before, after } of readings) {
    const [from, into] = [
      await matchExpertise(db, workspaceId, before),
      await matchExpertise(db, workspaceId, after),
    ] as const;
    if (from.kind === 'found' && into.kind === 'found') return [from.item, into.item];
  }
  const last = readings.at(-1);
  if (last === undefined || last.after === '') return undefined;
  return [
    await findExpertiseByText(db, workspaceId, last.before),
    await findExpertiseByText(db, workspaceId, last.after),
  ];
}

/**
 * "A into B" as typed; with A alone, the form that asks into which.
 *
 * @throws Refusal `not_allowed`; `not_found` or `invalid` for a name that is not one
 */
export async function mergeByText({ db }: Deps, actor: Actor, typed: string): Promise<MergePlan | MergeForm> {
  await requireAdministrator(db, actor);
  const { workspaceId } = actor;
  const both = await readBoth(db, workspaceId, typed);
  if (both) return planOf(db, workspaceId, ...both);
  const [only] = readingsAround(typed, 'into');
  return formOf(db, workspaceId, await findExpertiseByText(db, workspaceId, only?.before ?? typed));
}

/**
 * Merges and answers what moved. Help cards that named the old one are brought up to date; what was written down by name keeps it.
 *
 * @throws Refusal `not_allowed`; `gone` where either was deleted or merged meanwhile; `invalid` where both are one
 */
export async function mergeExpertise(
  deps: Deps,
  actor: Actor,
  { fromId, intoId }: { fromId: string; intoId: string },
): Promise<MergePlan> {
  const { workspaceId } = actor;
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    const locked = await lockSeveralExpertise(trx, workspaceId, [fromId, intoId]);
    const [from, into] = [locked.get(fromId), locked.get(intoId)];
    if (from === undefined) throw await goneExpertise(trx, workspaceId, fromId);
    if (into === undefined) throw await goneExpertise(trx, workspaceId, intoId);
    const plan = await planOf(trx, workspaceId, from, into);
    const requests = await listRequestsWanting(trx, workspaceId, fromId);
    await moveLinks(trx, workspaceId, fromId, intoId);
    await moveNames(trx, workspaceId, fromId, intoId);
    await deleteExpertiseRow(trx, workspaceId, fromId);
    await insertAlias(trx, workspaceId, from.nameKey, intoId);
    // The other one's form shows other people now: a form opened before is told so when it is saved.
    await updateExpertise(trx, workspaceId, intoId, {});
    await announce(trx, workspaceId, cardsOf(requests), { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
    return plan;
  });
}
