/** A desk asks for help somewhere else now: what looks for help goes there, and nothing is left behind that could be pressed. */
import type { Notice } from '../../domain/notice.ts';
import type { Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import type { HelpRequest } from '../../store/help-requests.ts';
import { listEndedIn, listMisplaced, moveCard, takeCallsAway } from '../../store/misplaced-cards.ts';
import { announce } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';

/** Cards older than that, or more of them, are for those who clean the channel up. */
const ENDED_DAYS = 7;
const ENDED_MAX = 50;

async function move(trx: Trx, request: HelpRequest, to: string, isUnsafe: boolean): Promise<Notice[]> {
  const { id: requestId, conversationId, cardChannelId: channelId, cardTs } = request;
  await moveCard(trx, requestId, to);
  const card = { kind: 'help.card', conversationId, requestId } as const;
  if (channelId === '') return [card];
  const { messages, callIds } = await takeCallsAway(trx, request, channelId);
  const hadFallback = request.fallback.channelId === channelId && request.fallback.ts !== '';
  return [
    // The new card first: the old one must not send anybody where nothing stands yet.
    card,
    ...(cardTs === ''
      ? []
      : [{ kind: 'help.moved', conversationId, requestId, channelId, cardTs, messages, isUnsafe } as const]),
    ...callIds.map((callId) => ({ kind: 'help.called_direct', conversationId, requestId, callId }) as const),
    ...(hadFallback ? [{ kind: 'help.fallback', conversationId, requestId } as const] : []),
  ];
}

/**
 * Takes part in the transaction that gave a desk another help channel, or none, or conversations of another desk: the cards of what is not
 * over move there. Who was called in an old thread is called directly; rounds and times go on.
 *
 * @param isUnsafe customers may read the old channel: what stands there shows nothing internal any more
 */
export async function moveCards(
  trx: Trx,
  deps: Deps,
  workspaceId: string,
  { deskId, isUnsafe = false }: { deskId: string; isUnsafe?: boolean },
): Promise<void> {
  const desk = await findDesk(trx, workspaceId, deskId);
  if (desk === undefined) return;
  const { helpChannelId } = desk;
  for (const request of await listMisplaced(trx, workspaceId, { deskId, helpChannelId })) {
    const notices = await move(trx, request, helpChannelId, isUnsafe);
    await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
  }
}

/**
 * Takes part in the transaction that drops a help channel customers may read: the cards of what is over, and the calls in their threads, show
 * nothing internal any more. Those of the last week, fifty at most.
 */
export async function blankEnded(trx: Trx, deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  const now = deps.now();
  const since = new Date(now.getTime() - ENDED_DAYS * 86_400_000).toISOString();
  for (const request of await listEndedIn(trx, workspaceId, { channelId, since, limit: ENDED_MAX })) {
    const { id: requestId, conversationId, cardTs } = request;
    // Nothing that is still to be told of it may show it there again.
    await moveCard(trx, requestId, '');
    const { messages } = await takeCallsAway(trx, request, channelId);
    const moved = {
      kind: 'help.moved',
      conversationId,
      requestId,
      channelId,
      cardTs,
      messages,
      isUnsafe: true,
    } as const;
    await announce(trx, workspaceId, [moved], { now, newId: deps.newId });
  }
}
