/** Whoever claimed a request for help does not come: it is answered by somebody who came in meanwhile, or help is looked for again. */
import { findConversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { findRequest, reopenRequest, type HelpRequest } from '../../store/help-requests.ts';
import { announce } from '../../store/outbox.ts';
import { listSeats, type Seat } from '../../store/seats.ts';
import { changeStatus } from '../conversation/change-status.ts';
import type { Deps } from '../deps.ts';
import { scheduleNext } from './advance.ts';
import { answerByComing, claimFor } from './came-in.ts';

/** Those who came in, or are on the way, since somebody else claimed the request; the asker is no help to themselves. */
async function helpersSince(trx: Trx, { conversationId, id, claimedAt }: Seat, request: HelpRequest) {
  const others = (await listSeats(trx, conversationId)).filter(
    (seat) => seat.id !== id && seat.userId !== request.askedBy,
  );
  return {
    isIn: others.find(({ state, arrivedAt = '' }) => state === 'in' && arrivedAt > claimedAt),
    isComing: others.find(({ state }) => state === 'arriving'),
  };
}

async function open(trx: Trx, deps: Deps, { workspaceId, conversationId, requestId }: Seat): Promise<void> {
  await changeStatus(trx, deps, { workspaceId, conversationId }, 'looking_for_help');
  const conversation = await findConversation(trx, workspaceId, conversationId);
  const desk = conversation && (await findDesk(trx, workspaceId, conversation.deskId));
  if (desk) await scheduleNext(trx, deps, { id: requestId, workspaceId }, desk.answerMinutes);
}

/**
 * Takes part in the transaction that gave the seat back. Help that came by another way while this one was on the way is the help that came:
 * the request ends, and the asker reads who. Somebody else on the way is waited for. Else it is open again, with its age.
 */
export async function lookAgain(trx: Trx, deps: Deps, seat: Seat): Promise<void> {
  const { workspaceId, conversationId, requestId } = seat;
  if (requestId === '' || !(await reopenRequest(trx, requestId))) return;
  const request = await findRequest(trx, workspaceId, requestId);
  if (request === undefined) return;
  const { isIn, isComing } = await helpersSince(trx, seat, request);
  const over = isIn ? await answerByComing(trx, deps, { ...isIn, requestId: '' }) : [];
  if (!isIn && (isComing === undefined || (await claimFor(trx, deps, isComing)) === '')) await open(trx, deps, seat);
  const card = { kind: 'help.card', conversationId, requestId } as const;
  const told = over.length > 0 ? over : [card];
  await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
}
