/** Which conversations a bot may see and change: what its token opened, and what people opened. Other bots' are not there for it. */
import { Refusal } from '../../errors.ts';
import { lockConversation } from '../../store/conversations.ts';
import type { Handle, Trx } from '../../store/db.ts';
import { findVisitorConversation, type Visitor, type VisitorConversation } from '../../store/visitors.ts';
import type { Bot } from '../token/authenticate.ts';

const NONE = 'There is no such conversation.';

/** Whether it is there for a bot, of whose visitor it is. */
export const isForBot = (bot: Bot, visitor: Visitor | undefined): visitor is Visitor =>
  visitor !== undefined && (visitor.tokenId === '' || visitor.tokenId === bot.tokenId);

/** @throws Refusal `not_found` */
export async function findForBot(db: Handle, bot: Bot, conversationId: string): Promise<VisitorConversation> {
  const found = await findVisitorConversation(db, bot.workspaceId, conversationId);
  if (found === undefined || !isForBot(bot, found.visitor)) throw new Refusal('not_found', NONE);
  return found;
}

/**
 * The same for a verb that changes it: nobody else changes or closes it until the transaction ends.
 *
 * @throws Refusal `not_found`, or `gone` when it is closed
 */
export async function lockForBot(trx: Trx, bot: Bot, conversationId: string): Promise<VisitorConversation> {
  const conversation = await lockConversation(trx, bot.workspaceId, conversationId);
  const { visitor } = await findForBot(trx, bot, conversationId);
  if (conversation === undefined) throw new Refusal('not_found', NONE);
  if (conversation.closedAt !== undefined) throw new Refusal('gone', 'This conversation is closed.');
  return { conversation, visitor };
}
