/** What a visitor writes on the other side of a bot, posted in the channel Beckon made for them. It counts as the customer's word. */
import { checkWords } from '../../domain/visitor.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { announce, isAnnounced } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';
import type { Bot } from '../token/authenticate.ts';
import { lockForBot } from './find.ts';
import { customerSpoke } from './spoke.ts';

/**
 * Posts the visitor's words, in the order they are handed over.
 *
 * @param said `id` is the message's; handed over again with the same one, it is posted once
 * @throws Refusal `not_found`, `gone`, `invalid` on `text`; `wrong_place` in a channel Beckon did not make
 */
export async function sayForBot(
  deps: Deps,
  bot: Bot,
  said: { id: string; conversationId: string; text: string },
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
    if (await isAnnounced(trx, workspaceId, said.id)) return;
    const notice = { kind: 'visitor.said', conversationId: conversation.id, text } as const;
    await announce(trx, workspaceId, [notice], { now: deps.now(), newId: () => said.id });
    await customerSpoke(trx, deps, conversation, deps.now().toISOString());
  });
}
