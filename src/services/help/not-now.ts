/** Somebody who was called cannot come: the next is called. */
import { declineCall, findCallOf } from '../../store/calls.ts';
import { lockConversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findRequest, type HelpRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { Refusal } from '../../errors.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';
import { advance } from './advance.ts';
import { situationOf } from './situation.ts';

export type NotNow = {
  /** It is the first time they say so. */
  readonly isNew: boolean;
  /** Somebody else was called in their place. */
  readonly isReplaced: boolean;
};

async function wantedRequest(trx: Trx, workspaceId: string, requestId: string): Promise<HelpRequest> {
  const request = await findRequest(trx, workspaceId, requestId);
  if (request === undefined || request.endedAt !== undefined) {
    throw new Refusal('gone', 'Nobody is needed there any more. Thank you all the same.');
  }
  return request;
}

/**
 * *Not now* by somebody who was called. Whoever comes next is called at once, in the same round.
 *
 * @throws Refusal `not_allowed` for somebody who was not called, `gone` when nobody is needed any more
 */
export async function notNow(deps: Deps, actor: Actor, { requestId }: { requestId: string }): Promise<NotNow> {
  const { workspaceId, userId } = actor;
  const situation = await situationOf(deps, workspaceId, requestId);
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    await lockWorkspace(trx, workspaceId);
    if (situation) await lockConversation(trx, workspaceId, situation.query.conversationId);
    const request = await wantedRequest(trx, workspaceId, requestId);
    const call = await findCallOf(trx, requestId, userId);
    if (call === undefined) {
      throw new Refusal('not_allowed', 'You were not called for this one, so there is nothing to decline.');
    }
    if (!(await declineCall(trx, call.id, deps.now()))) return { isNew: false, isReplaced: false };
    const declined = {
      kind: 'help.declined',
      conversationId: request.conversationId,
      requestId,
      callId: call.id,
    } as const;
    const step =
      situation && request.state === 'open' ? await advance(trx, deps, request, situation, 'declined') : undefined;
    const notices = [declined, ...(step?.notices ?? []), ...(step?.told ?? [])];
    await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
    return { isNew: true, isReplaced: (step?.calls.length ?? 0) > 0 };
  });
}
