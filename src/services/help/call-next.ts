/** The answer time is over, or an expert is back: the next step of a request that is still open. */
import { lockConversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { findRequest, uncalledOf } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { advance } from './advance.ts';
import { situationOf } from './situation.ts';

/** Calls the next round, waits on, or turns to the fallback; does nothing once the request is answered or over. */
export async function callNext(deps: Deps, workspaceId: string, requestId: string): Promise<void> {
  const situation = await situationOf(deps, workspaceId, requestId);
  if (situation === undefined) return;
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await lockConversation(trx, workspaceId, situation.query.conversationId);
    const request = await findRequest(trx, workspaceId, requestId);
    if (request?.state !== 'open') return;
    const { notices, told } = await advance(trx, deps, request, situation, 'due');
    const now = await findRequest(trx, workspaceId, requestId);
    // The card says why nobody has been called, and not any longer than that is so.
    const isNews = now !== undefined && uncalledOf(now) !== uncalledOf(request);
    const card = { kind: 'help.card', conversationId: request.conversationId, requestId } as const;
    await announce(trx, workspaceId, [...(isNews ? [card] : []), ...notices, ...told], {
      now: deps.now(),
      newId: deps.newId,
    });
  });
}
