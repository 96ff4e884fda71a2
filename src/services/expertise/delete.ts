/** An administrator deletes an expertise, having seen where it is used. */
import { transaction } from '../../store/db.ts';
import { lockSeveralExpertise } from '../../store/expertise-hold.ts';
import { deleteExpertiseRow, listRequestsWanting } from '../../store/expertise-links.ts';
import { announce } from '../../store/outbox.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';
import { goneExpertise } from './gone.ts';
import { cardsOf, usageOf, type ExpertiseUsage, type UsageCounts } from './usage.ts';
import { expertiseMeant, type WhichExpertise } from './meant.ts';

/**
 * What is shown before anything is deleted.
 *
 * @throws Refusal `not_allowed`; `not_found` or `invalid` for a name; `gone` for an id
 */
export async function deletionOf({ db }: Deps, actor: Actor, which: WhichExpertise): Promise<ExpertiseUsage> {
  await requireAdministrator(db, actor);
  const { workspaceId } = actor;
  const expertise = await expertiseMeant(db, workspaceId, which);
  return usageOf(db, workspaceId, expertise);
}

const isMore = (now: UsageCounts, seen: UsageCounts): boolean =>
  now.people > seen.people || now.conversations > seen.conversations || now.requests > seen.requests;

export type Deleted =
  | { readonly kind: 'deleted'; readonly usage: ExpertiseUsage }
  /** It is used in more places than the person saw: nothing was deleted. */
  | { readonly kind: 'used_more'; readonly usage: ExpertiseUsage };

/**
 * Deletes it with everything linked to it. Conversations and requests stay and lose it; what was written down by name (calls, history)
 * keeps the name.
 *
 * @param seen what the person was shown
 * @throws Refusal `not_allowed`; `gone`
 */
export async function deleteExpertise(
  deps: Deps,
  actor: Actor,
  { expertiseId, seen }: { expertiseId: string; seen: UsageCounts },
): Promise<Deleted> {
  const { workspaceId } = actor;
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    const expertise = (await lockSeveralExpertise(trx, workspaceId, [expertiseId])).get(expertiseId);
    if (expertise === undefined) throw await goneExpertise(trx, workspaceId, expertiseId);
    const usage = await usageOf(trx, workspaceId, expertise);
    if (isMore(usage.counts, seen)) return { kind: 'used_more', usage };
    const requests = await listRequestsWanting(trx, workspaceId, expertiseId);
    await deleteExpertiseRow(trx, workspaceId, expertiseId);
    await announce(trx, workspaceId, cardsOf(requests), { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
    return { kind: 'deleted', usage };
  });
}
