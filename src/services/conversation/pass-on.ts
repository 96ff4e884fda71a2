/** What an agent writes to the customer of a bot is passed on to the bot. */
import type { Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { findSeatOf } from '../../store/seats.ts';
import { firstSeen } from '../../store/triggers.ts';
import type { Deps } from '../deps.ts';
import { webhookAgent, webhooksForMade } from '../webhook/announce.ts';
import type { Written } from './note-message.ts';

/**
 * Takes part in the transaction that counts the message. Passed on is what somebody who is in the conversation writes to the channel that
 * Beckon made for it; threads are where colleagues talk among themselves. A message is passed on once, however often Slack tells of it.
 */
export async function passOn(trx: Trx, deps: Deps, conversation: Conversation, written: Written): Promise<void> {
  const { workspaceId, channelId, threadTs, ts, userId, text = '', hasFiles = false } = written;
  if (threadTs !== '' || conversation.threadTs !== '') return;
  const where = { workspaceId, conversationId: conversation.id };
  const notices = await webhooksForMade(trx, where, async () => ({
    type: 'conversation.message',
    agent: await webhookAgent(trx, workspaceId, userId),
    text,
    ts,
    has_files: hasFiles,
  }));
  if (notices.length === 0 || !(await findSeatOf(trx, conversation.id, userId))) return;
  const seen = { workspaceId, triggerId: `message:${channelId}:${ts}`, now: deps.now() };
  if (await firstSeen(trx, seen)) await announce(trx, workspaceId, notices, { now: deps.now(), newId: deps.newId });
}
