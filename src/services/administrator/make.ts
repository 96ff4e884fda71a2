/** An administrator makes colleagues administrators. */
import { Refusal } from '../../errors.ts';
import { insertAdministrators } from '../../store/administrators.ts';
import { listAdministrators } from '../../store/callers.ts';
import { transaction } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAdministrator } from '../rights.ts';

export type MadeAdministrators = {
  readonly made: readonly string[];
  /** Those who were administrators before, by Slack role or made by another. */
  readonly already: readonly string[];
};

/**
 * Makes full members administrators and tells each of them, once.
 *
 * @throws Refusal `not_allowed`; `invalid` on `administrators` without people or with people who are no full members, by name
 */
export async function makeAdministrators(
  deps: Deps,
  actor: Actor,
  userIds: readonly string[],
): Promise<MadeAdministrators> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  if (userIds.length === 0) throw new Refusal('invalid', 'Choose at least one person.', 'administrators');
  await meet(deps, workspaceId, userIds);
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    await requireFit(trx, workspaceId, userIds, 'administrators', 'administrators');
    const before = new Set(await listAdministrators(trx, workspaceId));
    const wanted = userIds.filter((userId) => !before.has(userId));
    const made = await insertAdministrators(trx, workspaceId, wanted, { madeBy: actor.userId, now: deps.now() });
    const notices = made.map((userId) => ({ kind: 'administrator.made', userId, madeBy: actor.userId }) as const);
    await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
    return { made, already: userIds.filter((userId) => !made.includes(userId)) };
  });
}
