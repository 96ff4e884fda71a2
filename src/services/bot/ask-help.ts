/** A bot marks a conversation *Looking for help*: its card stands, and the best matches are called. */
import { addConversationExpertise } from '../../store/conversation-expertise.ts';
import { transaction } from '../../store/db.ts';
import { findOpenRequest, updateRequest } from '../../store/help-requests.ts';
import { addRequestExpertise } from '../../store/wanted-expertise.ts';
import { announce } from '../../store/outbox.ts';
import { setTimer } from '../../store/timers.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { lookForHelp } from '../help/look-for-help.ts';
import { refreshHomes } from '../home/refresh.ts';
import type { Bot } from '../token/authenticate.ts';
import { lockForBot } from './find.ts';
import { expertiseNamed } from './meant.ts';
import type { Attempt } from './once.ts';
import { conversationForBot, type BotView } from './view.ts';

export type AskForBot = { conversationId: string; expertise: readonly string[]; note: string };

/**
 * Asks for help about the conversation's expertise and what is wanted besides. While help is looked for already the request gets the
 * expertise and, where one is given, the note; people not called yet are called.
 *
 * @throws Refusal `not_found`, `gone`, `invalid` on `expertise[n]`
 */
export async function askHelpForBot(deps: Deps, bot: Bot, ask: AskForBot, attempt: Attempt<BotView>): Promise<void> {
  const { workspaceId } = bot;
  const expertiseIds = (await expertiseNamed(deps.db, workspaceId, ask.expertise)).map(({ id }) => id);
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const { conversation } = await lockForBot(trx, bot, ask.conversationId);
    await addConversationExpertise(trx, conversation.id, expertiseIds);
    await lookForHelp(trx, deps, conversation, { askedWith: bot.name });
    const request = await findOpenRequest(trx, conversation.id);
    if (request === undefined) throw new Error('A request for help was neither made nor found open.');
    await addRequestExpertise(trx, request.id, expertiseIds);
    if (ask.note !== '') await updateRequest(trx, request.id, { note: ask.note, message: request.message });
    const card = { kind: 'help.card', conversationId: conversation.id, requestId: request.id } as const;
    await announce(trx, workspaceId, [card], { now: deps.now(), newId: deps.newId });
    if (request.state === 'open') {
      await setTimer(trx, { workspaceId, kind: 'help.round', subjectId: request.id }, deps.now());
    }
    await refreshHomes(trx, deps, workspaceId);
    await attempt.settle(trx, await conversationForBot(trx, bot, conversation.id));
  });
}
