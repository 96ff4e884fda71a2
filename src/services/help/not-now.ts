/** Somebody who was called cannot come: the next is called. */
import { declineCall, findCallOf } from '../../store/calls.ts';
import { transaction } from '../../store/db.ts';
import { findRequest } from '../../store/help-requests.ts';
import { Refusal } from '../../errors.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';
import { callNext } from './call-next.ts';

/**
 * *Not now* by somebody who was called. Whoever comes next is called at once.
 *
 * @returns whether it is the first time they say so
 * @throws Refusal `not_allowed` for somebody who was not called, `gone` when nobody is needed any more
 */
export async function notNow(deps: Deps, actor: Actor, { requestId }: { requestId: string }): Promise<boolean> {
  const declined = await transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const request = await findRequest(trx, actor.workspaceId, requestId);
    if (request === undefined || request.endedAt !== undefined) {
      throw new Refusal('gone', 'Nobody is needed there any more. Thank you all the same.');
    }
    const call = await findCallOf(trx, requestId, actor.userId);
    if (call === undefined)
      throw new Refusal('not_allowed', 'You were not called for this one, so there is nothing to decline.');
    return declineCall(trx, call.id, deps.now());
  });
  if (declined) await callNext(deps, actor.workspaceId, requestId);
  return declined;
}
