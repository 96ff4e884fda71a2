/** What a visitor writes on the other side of a bot, posted in the channel Beckon made for them. It counts as the customer's word. */
import { checkWords } from '../../domain/visitor.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';
import type { Bot } from '../token/authenticate.ts';
import { lockForBot } from './find.ts';
import type { Attempt } from './once.ts';
import { customerSpoke } from './spoke.ts';

/**
 * Posts the visitor's words, in the order they are handed over, and settles with the message's id.
 *
 * @throws Refusal `not_found`, `gone`, `invalid` on `text`; `wrong_place` in a channel Beckon did not make
 */
export async function sayForBot(
  deps: Deps,
  bot: Bot,
  said: { conversationId: string; text: string },
  attempt: Attempt<string>,
): Promise<void> {
  const { workspaceId } = bot;
  const text = checkWords(said.text);
  await transaction(deps.db, async (trx) => {
    const { conversation, visitor } = await lockForBot(trx, bot, said.conversationId);
    if (!visitor.isMade) {
      throw new Refusal(
        'wrong_place',
        'Messages are posted only in channels that Beckon made for a visitor. Here your bot writes by itself.',
      );
    }
    const notice = { kind: 'visitor.said', conversationId: conversation.id, text } as const;
    await announce(trx, workspaceId, [notice], { now: deps.now(), newId: () => attempt.id });
    await customerSpoke(trx, deps, conversation, deps.now().toISOString());
    await attempt.settle(trx, attempt.id);
  });
}
