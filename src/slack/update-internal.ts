/** Edits what Beckon wrote to the team. */
import { mayHoldInternal, mayReadInternal } from '../services/conversation/internal.ts';
import { slackErrorOf } from './judge.ts';
import type { Envelope, Sent } from './post.ts';
import type { Message } from './views/help-card.ts';

/**
 * Edits a message for the team where only the team reads it now; elsewhere it stays as it is.
 *
 * @param sent where it stands, and for a direct message with whom
 */
export async function updateInternal(
  { client, deps, workspaceId }: Envelope,
  { channelId, ts, userId }: Sent & { userId?: string | undefined },
  message: Message,
): Promise<void> {
  const mayStand =
    userId === undefined
      ? await mayHoldInternal(deps, workspaceId, channelId)
      : await mayReadInternal(deps, workspaceId, userId);
  if (!mayStand) return;
  try {
    await client.chat.update({ channel: channelId, ts, ...message });
  } catch (error) {
    // Somebody deleted it: there is nothing left to bring up to date.
    if (slackErrorOf(error) !== 'message_not_found') throw error;
  }
}
