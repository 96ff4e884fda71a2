/** Notices about one request that go beside its card: the fallback, *Not now*, what the asker and the invited read. */
import type { Notice } from '../domain/notice.ts';
import { answeredRequest, closedRequest, unansweredRequest } from '../services/help/asker.ts';
import { fallbackSent, helpCard } from '../services/help/card.ts';
import { seatView } from '../services/conversation/seat.ts';
import { postInternal, type Envelope } from './post.ts';
import { updateInternal } from './update-internal.ts';
import { askerCameMessage, askerClosedMessage, askerToldMessage } from './views/asker.ts';
import { callsMessage, directCallMessage, fallbackMessage } from './views/help-card.ts';
import { youWereInvitedMessage } from './views/invited.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** The desk's fallback is called where the verb decided, while help is still looked for. */
export async function deliverFallback(envelope: Envelope, { requestId }: Of<'help.fallback'>): Promise<void> {
  const { deps, workspaceId } = envelope;
  const shown = await helpCard(deps, workspaceId, requestId);
  if (shown?.state !== 'open' || shown.fallback.to === '') return;
  const message = fallbackMessage(shown);
  if (shown.fallback.way === 'direct') {
    const sent = await postInternal(envelope, { userId: shown.fallback.to }, message);
    return fallbackSent(deps, requestId, sent);
  }
  if (shown.cardTs === '' || shown.isDropped) {
    if (!shown.fallback.to.startsWith('U')) return;
    return fallbackSent(deps, requestId, await postInternal(envelope, { userId: shown.fallback.to }, message));
  }
  const thread = { channelId: shown.cardChannelId, threadTs: shown.cardTs };
  return fallbackSent(deps, requestId, await postInternal(envelope, thread, message));
}

/** The message that called somebody shows that they cannot come. */
export async function deliverDeclined(envelope: Envelope, { requestId, callId }: Of<'help.declined'>): Promise<void> {
  const shown = await helpCard(envelope.deps, envelope.workspaceId, requestId);
  const call = shown?.calls.find((each) => each.id === callId);
  if (shown?.state !== 'open' || call === undefined || call.ts === '') return;
  const together = shown.calls.filter((each) => each.channelId === call.channelId && each.ts === call.ts);
  const isDirect = call.way === 'direct';
  const message = isDirect ? directCallMessage(shown, call) : callsMessage(shown, together);
  await updateInternal(envelope, { ...call, userId: isDirect ? call.userId : undefined }, message);
}

export async function deliverAskerTold(envelope: Envelope, { requestId, what }: Of<'asker.told'>): Promise<void> {
  if (what === 'closed') {
    const closed = await closedRequest(envelope.deps, envelope.workspaceId, requestId);
    if (closed) await postInternal(envelope, { userId: closed.askedBy }, askerClosedMessage(closed));
    return;
  }
  const request = await unansweredRequest(envelope.deps, envelope.workspaceId, requestId);
  if (request) await postInternal(envelope, { userId: request.askedBy }, askerToldMessage(request, what));
}

export async function deliverAskerCame(envelope: Envelope, notice: Of<'asker.came'>): Promise<void> {
  const answered = await answeredRequest(envelope.deps, envelope.workspaceId, notice);
  if (answered === undefined) return;
  const { request, came } = answered;
  await postInternal(envelope, { userId: request.askedBy }, askerCameMessage(request, came));
}

export async function deliverInviteArrived(envelope: Envelope, { seatId }: Of<'invite.arrived'>): Promise<void> {
  const seat = await seatView(envelope.deps, envelope.workspaceId, seatId);
  if (seat?.state !== 'in' || seat.isClosed) return;
  await postInternal(envelope, { userId: seat.userId }, youWereInvitedMessage(seat));
}
