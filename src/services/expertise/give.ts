/** Expertise changing hands, whatever form or command it was done with. */
import type { Trx } from '../../store/db.ts';
import { giveExpertise } from '../../store/expertise.ts';
import { enlist, welcome } from '../agent/enlist.ts';
import type { Actor, Deps } from '../deps.ts';

/**
 * Gives one expertise to people who can be agents, makes agents of those who are none, and tells everybody to whom it is new.
 *
 * @returns those to whom it is new
 */
export async function giveTo(
  trx: Trx,
  deps: Deps,
  actor: Actor,
  { expertiseId, userIds }: { expertiseId: string; userIds: readonly string[] },
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const putOn = await enlist(trx, deps, actor.workspaceId, userIds);
  const given = await giveExpertise(trx, actor.workspaceId, [expertiseId], userIds);
  const isNew = new Set(given.map(({ userId }) => userId));
  const news = userIds.map((userId) => {
    const deskId = putOn.get(userId);
    return [
      userId,
      { expertiseIds: isNew.has(userId) ? [expertiseId] : [], deskIds: deskId === undefined ? [] : [deskId] },
    ] as const;
  });
  await welcome(trx, deps, actor, new Map(news));
  return userIds.filter((userId) => isNew.has(userId));
}
