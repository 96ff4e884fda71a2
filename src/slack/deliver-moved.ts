/** A help card has moved: where it stood is said where it went. */
import type { Notice } from '../domain/notice.ts';
import { helpCard } from '../services/help/card.ts';
import { slackErrorOf } from './judge.ts';
import type { Envelope } from './post.ts';
import type { Message } from './views/help-card.ts';
import { movedCallsMessage, movedCardMessage } from './views/moved.ts';
import { withdrawnMessage } from './views/withdrawn.ts';

/** Nobody can press anything there, or Beckon can change nothing there: an archived channel, one it was removed from, a deleted message. */
const BEYOND_EDITING = new Set([
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_archived',
  'message_not_found',
  'not_in_channel',
]);

/** Whatever the channel is by now, these words may stand there: they name no customer. */
export async function editMoved(
  { client }: Envelope,
  { channelId, ts }: { channelId: string; ts: string },
  message: Message,
): Promise<void> {
  try {
    await client.chat.update({ channel: channelId, ts, ...message });
  } catch (error) {
    if (!BEYOND_EDITING.has(slackErrorOf(error) ?? '')) throw error;
  }
}

export async function deliverMoved(
  envelope: Envelope,
  { requestId, channelId, cardTs, messages, isUnsafe }: Extract<Notice, { kind: 'help.moved' }>,
): Promise<void> {
  const to = (await helpCard(envelope.deps, envelope.workspaceId, requestId))?.cardChannelId ?? '';
  await editMoved(envelope, { channelId, ts: cardTs }, isUnsafe ? withdrawnMessage() : movedCardMessage(to));
  for (const { ts, called } of messages) {
    await editMoved(envelope, { channelId, ts }, isUnsafe ? withdrawnMessage() : movedCallsMessage(to, called));
  }
}
