/** The conversation somebody means. */
import { Refusal } from '../../errors.ts';
import { findConversation, findOpenConversation, type Conversation } from '../../store/conversations.ts';
import type { Handle } from '../../store/db.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';

const NONE_HERE = 'No conversation is open in this channel. Open one with `/livechat open`.';

/** @throws Refusal `not_found` when none is open in the channel */
export async function openConversationIn(db: Handle, workspaceId: string, channelId: string): Promise<Conversation> {
  const conversation = await findOpenConversation(db, { workspaceId, channelId, threadTs: '' });
  if (conversation === undefined) throw new Refusal('not_found', NONE_HERE);
  return conversation;
}

/** @throws Refusal `not_found`, or `gone` when it is closed */
export async function openConversationById(db: Handle, workspaceId: string, id: string): Promise<Conversation> {
  const conversation = await findConversation(db, workspaceId, id);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  if (conversation.closedAt !== undefined) throw new Refusal('gone', 'That conversation is closed.');
  return conversation;
}

/**
 * The same for an agent who types a command in the channel.
 *
 * @throws Refusal `not_allowed`, `not_found`
 */
export async function conversationHere({ db }: Deps, actor: Actor, channelId: string): Promise<Conversation> {
  await requireAgent(db, actor);
  return openConversationIn(db, actor.workspaceId, channelId);
}
