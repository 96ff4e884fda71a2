/** The customer reads who joined. */
import { joinedText } from '../domain/customer-text.ts';
import type { Notice } from '../domain/notice.ts';
import { seatView } from '../services/conversation/seat.ts';
import { threadLost } from '../services/conversation/thread-lost.ts';
import { slackErrorOf } from './judge.ts';
import { postInternal, postToPlace, type Envelope } from './post.ts';
import { threadGoneMessage } from './views/join.ts';

/** In their place; where the thread is not there any more whoever joined reads that, and what to do. */
export async function deliverJoined(
  envelope: Envelope,
  { seatId }: Extract<Notice, { kind: 'customer.joined' }>,
): Promise<void> {
  const { deps, workspaceId } = envelope;
  const seat = await seatView(deps, workspaceId, seatId);
  if (seat === undefined || seat.isClosed) return;
  try {
    await postToPlace(envelope, seat, joinedText(seat.liveChatName, seat.isNext));
  } catch (error) {
    if (seat.threadTs === '' || slackErrorOf(error) !== 'thread_not_found') throw error;
    await threadLost(deps, { workspaceId, channelId: seat.channelId, threadTs: seat.threadTs });
    await postInternal({ ...envelope, maybeSent: false }, { userId: seat.userId }, threadGoneMessage(seat));
  }
}
