/** A bot changes the status of a conversation, or closes it. The customer is told nothing. */
import { transaction } from '../../store/db.ts';
import { closeNow } from '../conversation/close.ts';
import { setStatusNow, type StatusByHand } from '../conversation/set-status.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import type { Bot } from '../token/authenticate.ts';
import { lockForBot } from './find.ts';
import type { Attempt } from './once.ts';
import { conversationForBot, type BotView } from './view.ts';

/**
 * Sets the status; leaving *Looking for help* withdraws the request.
 *
 * @throws Refusal `not_found`, `gone`, or `conflict` while somebody who pressed Join is being added
 */
export const setStatusForBot = (
  deps: Deps,
  bot: Bot,
  { conversationId, status }: { conversationId: string; status: StatusByHand },
  attempt: Attempt<BotView>,
): Promise<void> =>
  transaction(deps.db, async (trx) => {
    const { conversation } = await lockForBot(trx, bot, conversationId);
    await setStatusNow(trx, deps, conversation, { status, by: '' });
    await attempt.settle(trx, await conversationForBot(trx, bot, conversationId));
  });

/** @throws Refusal `not_found`, or `gone` when it is closed */
export const closeForBot = (deps: Deps, bot: Bot, conversationId: string, attempt: Attempt<BotView>): Promise<void> =>
  transaction(deps.db, async (trx) => {
    const { conversation } = await lockForBot(trx, bot, conversationId);
    const closed = await closeNow(trx, deps, conversation, { by: bot.speaksAs });
    if (!closed) throw new Refusal('gone', 'Somebody closed this conversation a moment ago.');
    await attempt.settle(trx, await conversationForBot(trx, bot, conversationId));
  });
