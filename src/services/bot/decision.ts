/** Why somebody was chosen, for the bot that asked. */
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { decisionView, type DecisionView } from '../forward/decision.ts';
import type { Bot } from '../token/authenticate.ts';
import { agentsNamed, type NamedAgent } from './names.ts';

export type DecisionForBot = DecisionView & { readonly named: (userId: string) => NamedAgent };

/** Only of what this token asked for. @throws Refusal `not_found` */
export async function decisionForBot(deps: Deps, bot: Bot, decisionId: string): Promise<DecisionForBot> {
  const view = await decisionView(deps, bot.workspaceId, decisionId);
  if (view.forward.tokenId !== bot.tokenId) throw new Refusal('not_found', 'There is no such decision.');
  const { considered, record } = view;
  const userIds = [...considered.map(({ userId }) => userId), ...record.asked, record.previousAgent];
  return { ...view, named: await agentsNamed(deps.db, bot.workspaceId, userIds) };
}
