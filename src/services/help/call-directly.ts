/** Calls that cannot stand in the card's thread go by direct message. */
import { listCalls, setWays } from '../../store/calls.ts';
import { transaction } from '../../store/db.ts';
import { findRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';

/** Nobody who was chosen to be called is left out because a message could not be posted. */
export async function callDirectly(
  deps: Deps,
  workspaceId: string,
  { requestId, callIds }: { requestId: string; callIds: readonly string[] },
): Promise<void> {
  await transaction(deps.db, async (trx) => {
    const request = await findRequest(trx, workspaceId, requestId);
    if (request?.state !== 'open') return;
    const unsent = (await listCalls(trx, requestId)).filter((call) => callIds.includes(call.id) && call.ts === '');
    const { conversationId } = request;
    await setWays(
      trx,
      unsent.map((call) => call.id),
      'direct',
    );
    const notices = unsent.map(
      (call) => ({ kind: 'help.called_direct', conversationId, requestId, callId: call.id }) as const,
    );
    await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
  });
}
