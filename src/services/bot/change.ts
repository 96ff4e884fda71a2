/** A bot changes the status of a conversation, or closes it. The customer is told nothing. */
import { transaction } from '../../store/db.ts';
import { closeNow } from '../conversation/close.ts';
import { setStatusByHand, type StatusByHand } from '../conversation/set-status.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import type { Bot } from '../token/authenticate.ts';
import { lockForBot } from './find.ts';

/**
 * Sets the status; leaving *Looking for help* withdraws the request.
 *
 * @returns whether anything changed
 * @throws Refusal `not_found`, `gone`, or `conflict` while somebody who pressed Join is being added
 */
export const setStatusForBot = (
  deps: Deps,
  bot: Bot,
  change: { conversationId: string; status: StatusByHand },
): Promise<boolean> =>
  setStatusByHand(deps, { workspaceId: bot.workspaceId, userId: '' }, change, (trx) =>
    lockForBot(trx, bot, change.conversationId),
  );

/** @throws Refusal `not_found`, or `gone` when it is closed */
export const closeForBot = (deps: Deps, bot: Bot, conversationId: string): Promise<void> =>
  transaction(deps.db, async (trx) => {
    const { conversation } = await lockForBot(trx, bot, conversationId);
    const closed = await closeNow(trx, deps, conversation, { by: bot.speaksAs });
    if (!closed) throw new Refusal('gone', 'Somebody closed this conversation a moment ago.');
  });
