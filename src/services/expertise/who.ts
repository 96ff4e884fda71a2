/** Who has an expertise, and what somebody knows. */
import type { Expertise } from '../../domain/expertise.ts';
import { isFullMember } from '../../domain/person.ts';
import { countHolders, listExpertiseOf, listHolders } from '../../store/expertise.ts';
import type { Handle } from '../../store/db.ts';
import type { Actor, Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import { requireMember } from '../rights.ts';
import { findExpertiseByText } from './find.ts';

export type WhoKnows = {
  readonly expertise: Expertise;
  readonly holders: readonly { readonly userId: string; readonly name: string }[];
  /** Of all, more than are listed where there are very many. */
  readonly count: number;
};

const LISTED_MAX = 100;

/** Full members who have the expertise, by name, at most 100, and how many there are in all. */
async function listWhoKnows(
  db: Handle,
  workspaceId: string,
  expertiseId: string,
): Promise<Pick<WhoKnows, 'holders' | 'count'>> {
  const holders = await listHolders(db, workspaceId, expertiseId, LISTED_MAX);
  const counts = holders.length < LISTED_MAX ? undefined : await countHolders(db, workspaceId);
  return { holders, count: counts?.get(expertiseId) ?? holders.length };
}

/** @throws Refusal `not_found` where no expertise has a name like that */
export async function whoKnows({ db }: Deps, actor: Actor, typed: string): Promise<WhoKnows> {
  await requireMember(db, actor);
  const expertise = await findExpertiseByText(db, actor.workspaceId, typed);
  return { expertise, ...(await listWhoKnows(db, actor.workspaceId, expertise.id)) };
}

export type KnownBy = {
  readonly userId: string;
  readonly expertise: readonly Expertise[];
  /** Whether they could have any: not guests, bots and people from elsewhere. */
  readonly mayHave: boolean;
};

/** What one person knows; nothing for somebody Slack says nothing of. */
export async function whatDoesKnow(deps: Deps, actor: Actor, userId: string): Promise<KnownBy> {
  await requireMember(deps.db, actor);
  const person = (await meet(deps, actor.workspaceId, [userId])).get(userId);
  const mayHave = person !== undefined && isFullMember(person);
  const expertise = mayHave ? await listExpertiseOf(deps.db, actor.workspaceId, userId) : [];
  return { userId, expertise, mayHave };
}
