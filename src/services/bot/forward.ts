/** A bot forwards a conversation: the app chooses who comes in. */
import type { Wish } from '../../domain/forward.ts';
import type { NamedExpertise } from '../../store/conversations.ts';
import { listDecisions } from '../../store/decisions.ts';
import { findLastForward } from '../../store/forwards.ts';
import type { Deps } from '../deps.ts';
import { decisionView } from '../forward/decision.ts';
import { forward } from '../forward/forward.ts';
import type { Bot } from '../token/authenticate.ts';
import { findForBot, type BotConversation } from './find.ts';
import { expertiseNamed } from './meant.ts';
import { agentsNamed, type NamedAgent } from './names.ts';

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
  /** An earlier attempt began then and broke off. */
  readonly brokenSince: string | undefined;
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

type Found = { userId: string; covered: readonly NamedExpertise[]; missing: readonly NamedExpertise[] };

async function told(
  deps: Deps,
  { workspaceId }: Bot,
  found: Found | undefined,
  decisionId: string,
): Promise<Forwarded> {
  if (found === undefined) return { outcome: 'no_agent', decisionId };
  const { userId, covered, missing } = found;
  const name = await agentsNamed(deps.db, workspaceId, [userId]);
  return { outcome: 'forwarded', agent: name(userId), covered, missing, decisionId };
}

/** What a forward that was asked for before this process began has decided first; undefined where there is none. */
async function before(deps: Deps, bot: Bot, { conversationId, brokenSince }: ForwardForBot) {
  const last = brokenSince === undefined ? undefined : await findLastForward(deps.db, conversationId);
  if (last === undefined || last.tokenId !== bot.tokenId || last.askedAt < (brokenSince ?? '')) return undefined;
  const decisions = await listDecisions(deps.db, conversationId, 10);
  const first = decisions.findLast(({ forwardId }) => forwardId === last.id);
  if (first === undefined) return undefined;
  const { considered } = await decisionView(deps, bot.workspaceId, first.id);
  const winner = considered.find(({ userId }) => userId === first.winnerId);
  return told(deps, bot, winner, first.id);
}

async function wishOf(deps: Deps, bot: Bot, asked: ForwardForBot, { visitor }: BotConversation): Promise<Wish> {
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
 * Gives a conversation to the best agent who can take it. They are claimed, and in once Slack has added them.
 *
 * @throws Refusal `not_found`, `gone`; `invalid` on `expertise[n]` or `candidates`
 */
export async function forwardForBot(deps: Deps, bot: Bot, asked: ForwardForBot): Promise<Forwarded> {
  const found = await findForBot(deps.db, bot, asked.conversationId);
  const done = await before(deps, bot, asked);
  if (done) return done;
  const outcome = await forward(
    deps,
    { workspaceId: bot.workspaceId, userId: '' },
    {
      conversationId: asked.conversationId,
      wish: await wishOf(deps, bot, asked, found),
      note: asked.note,
      message: asked.message,
      cameFrom: 'api',
      tokenId: bot.tokenId,
    },
  );
  const winner = outcome.outcome === 'forwarded' ? { ...outcome, userId: outcome.agent.userId } : undefined;
  return told(deps, bot, winner, outcome.decisionId);
}
