/** Who would get a conversation, best first: the choice without choosing. Nothing is stored and Slack is not asked. */
import type { Wish } from '../../domain/forward.ts';
import type { Candidate } from '../../domain/selection.ts';
import { Refusal } from '../../errors.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import { findConversation } from '../../store/conversations.ts';
import type { Handle } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { listPeople } from '../../store/people.ts';
import type { Deps } from '../deps.ts';
import { checkWish, choiceFor, expertiseOf } from './choice.ts';
import { bringUpToDate, ranked, type Choice } from './ranked.ts';

/** One agent with what speaks for them. */
export type WeighedAgent = Candidate & {
  readonly covered: readonly NamedExpertise[];
  readonly missing: readonly NamedExpertise[];
};

export type RankedAgent = WeighedAgent & { readonly name: string };

/** A candidate with what they cover of what is wanted, by name. */
export const weighed = (who: Candidate, wanted: readonly NamedExpertise[]): WeighedAgent => ({
  ...who,
  covered: wanted.filter(({ id }) => who.covers.includes(id)),
  missing: wanted.filter(({ id }) => !who.covers.includes(id)),
});

/** Candidates with their names, and what they cover by name. */
export async function withNames(
  db: Handle,
  workspaceId: string,
  candidates: readonly Candidate[],
  wanted: readonly NamedExpertise[],
): Promise<RankedAgent[]> {
  const people = await listPeople(
    db,
    workspaceId,
    candidates.map(({ userId }) => userId),
  );
  return candidates.map((who) => ({ ...weighed(who, wanted), name: people.get(who.userId)?.name ?? 'Somebody' }));
}

async function rankedFor(deps: Deps, choice: Choice, limit: number): Promise<RankedAgent[]> {
  await bringUpToDate(deps, choice);
  const best = (await ranked(deps.db, choice, deps.now(), limit)).slice(0, limit);
  return withNames(deps.db, choice.workspaceId, best, choice.wanted);
}

/**
 * The ranking of a desk for a wish, at most `limit` of those who could take a conversation now.
 *
 * @throws Refusal `not_found` for a desk that is not there; `invalid`
 */
export async function ranking(
  deps: Deps,
  workspaceId: string,
  { deskId, wish, limit, except = [] }: { deskId: string; wish: Wish; limit: number; except?: readonly string[] },
): Promise<RankedAgent[]> {
  checkWish(wish);
  const desk = await findDesk(deps.db, workspaceId, deskId);
  if (desk === undefined) throw new Refusal('not_found', 'That desk is not there any more.');
  const wanted = await expertiseOf(deps.db, workspaceId, wish.wanted ?? []);
  return rankedFor(deps, { workspaceId, desk, wish, wanted, except }, limit);
}

/**
 * The same for a conversation, without those who are in it.
 *
 * @throws Refusal `not_found`, `invalid`
 */
export async function rankingFor(
  deps: Deps,
  workspaceId: string,
  { conversationId, wish, limit }: { conversationId: string; wish: Wish; limit: number },
): Promise<RankedAgent[]> {
  checkWish(wish);
  const conversation = await findConversation(deps.db, workspaceId, conversationId);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  return rankedFor(deps, await choiceFor(deps.db, conversation, wish), limit);
}
