/** Nobody has joined: the next best are called. */
import { findConversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { findRequest, listWanted } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';
import { scheduleRound } from './ask.ts';
import { callRound, prepareRound } from './round.ts';

export const ROUNDS_MAX = 3;

/** Calls the next round of a request that is still open; does nothing once it is answered, over, or after three rounds. */
export async function callNext(deps: Deps, workspaceId: string, requestId: string): Promise<void> {
  const request = await findRequest(deps.db, workspaceId, requestId);
  const conversation = request && (await findConversation(deps.db, workspaceId, request.conversationId));
  const desk = conversation && (await findDesk(deps.db, workspaceId, conversation.deskId));
  if (request?.state !== 'open' || conversation === undefined || desk === undefined) return;
  const wanted = (await listWanted(deps.db, [requestId])).get(requestId) ?? [];
  const query = {
    workspaceId,
    conversationId: conversation.id,
    requestId,
    deskId: desk.id,
    wanted: wanted.map(({ id }) => id),
    except: request.askedBy,
    helpChannelId: desk.helpChannelId,
  };
  const signals = await prepareRound(deps, query);
  await transaction(deps.db, async (trx) => {
    const now = await findRequest(trx, workspaceId, requestId);
    if (now?.state !== 'open' || now.round >= ROUNDS_MAX) return;
    const { notices } = await callRound(trx, deps, now, { query, wanted, signals });
    await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
    await scheduleRound(trx, deps, now, desk);
  });
}
