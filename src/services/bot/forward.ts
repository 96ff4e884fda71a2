/** A bot forwards a conversation: the app chooses who comes in. */
import { liveChatNameOf } from '../../domain/agent.ts';
import type { Wish } from '../../domain/forward.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import type { VisitorConversation } from '../../store/visitors.ts';
import type { Deps } from '../deps.ts';
import { forward, type ForwardOutcome } from '../forward/forward.ts';
import type { Bot } from '../token/authenticate.ts';
import { findForBot } from './find.ts';
import { expertiseNamed } from './meant.ts';
import type { NamedAgent } from './names.ts';
import type { Attempt } from './once.ts';

export type ForwardForBot = {
  readonly conversationId: string;
  /** By id or name; absent: the conversation's; empty: none. */
  readonly expertise?: readonly string[] | undefined;
  /** Absent: what the bot said when it opened the conversation. */
  readonly language?: string | undefined;
  readonly country?: string | undefined;
  readonly previousAgent: string;
  readonly candidates?: readonly string[] | undefined;
  readonly note: string;
  readonly message: string;
};

export type Forwarded =
  | {
      readonly outcome: 'forwarded';
      readonly agent: NamedAgent;
      readonly covered: readonly NamedExpertise[];
      readonly missing: readonly NamedExpertise[];
      readonly decisionId: string;
    }
  | { readonly outcome: 'no_agent'; readonly decisionId: string };

function told(forwarded: ForwardOutcome): Forwarded {
  const { decisionId } = forwarded;
  if (forwarded.outcome === 'no_agent') return { outcome: 'no_agent', decisionId };
  const { agent, covered, missing } = forwarded;
  const named = { id: agent.userId, name: liveChatNameOf(agent, agent.name) };
  return { outcome: 'forwarded', agent: named, covered, missing, decisionId };
}

async function wishOf(deps: Deps, bot: Bot, asked: ForwardForBot, { visitor }: VisitorConversation): Promise<Wish> {
  const { expertise, language, country, previousAgent, candidates } = asked;
  const wanted = expertise && (await expertiseNamed(deps.db, bot.workspaceId, expertise)).map(({ id }) => id);
  return {
    ...(wanted && { wanted }),
    language: language ?? visitor.language,
    country: country ?? visitor.country,
    previousAgent,
    ...(candidates && { candidates }),
  };
}

/**
 * Gives a conversation to the best agent who can take it, and settles with whom. They are claimed, and in once Slack has added them.
 *
 * @throws Refusal `not_found`, `gone`; `invalid` on `expertise[n]` or `candidates`
 */
export async function forwardForBot(
  deps: Deps,
  bot: Bot,
  asked: ForwardForBot,
  attempt: Attempt<Forwarded>,
): Promise<void> {
  const found = await findForBot(deps.db, bot, asked.conversationId);
  const { conversationId, note, message } = asked;
  const wish = await wishOf(deps, bot, asked, found);
  await forward(
    deps,
    { workspaceId: bot.workspaceId, userId: '' },
    { conversationId, wish, note, message, cameFrom: 'api', tokenId: bot.tokenId },
    (trx, forwarded) => attempt.settle(trx, told(forwarded)),
  );
}
