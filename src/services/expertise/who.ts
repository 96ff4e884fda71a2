/** Who has an expertise, and what somebody knows. */
import type { Expertise } from '../../domain/expertise.ts';
import { isFullMember } from '../../domain/person.ts';
import { Refusal } from '../../errors.ts';
import { coversOf } from '../../store/calls.ts';
import type { Handle } from '../../store/db.ts';
import { countHolders, listExpertiseOf, listHolders } from '../../store/expertise.ts';
import { rankHolders } from '../../store/expertise-links.ts';
import type { Actor, Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import { requireMember } from '../rights.ts';
import { findExpertiseByText, matchExpertise } from './find.ts';

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

export type WhoKnowsSeveral = {
  /** What was asked for, each once, in the order typed. */
  readonly asked: readonly Expertise[];
  /** Those who have any of it, those who have most first. */
  readonly holders: readonly { readonly userId: string; readonly has: readonly string[] }[];
  readonly count: number;
  /** Names of what nobody has. */
  readonly unknown: readonly string[];
};

const SEVERAL_LISTED_MAX = 20;
const ASKED_MAX = 20;

/** Names apart from each other by commas; a name that has a comma itself is one where somebody has it. */
async function readNames(db: Handle, workspaceId: string, typed: string): Promise<Expertise[]> {
  const parts = typed.split(',').filter((part) => part.trim() !== '');
  const whole = parts.length > 1 ? await matchExpertise(db, workspaceId, typed) : undefined;
  if (whole?.kind === 'found') return [whole.item];
  if (parts.length > ASKED_MAX) {
    throw new Refusal('invalid', `Ask about up to ${ASKED_MAX} expertise at once; these are ${parts.length}.`);
  }
  const found = new Map<string, Expertise>();
  for (const part of parts.length > 1 ? parts : [parts[0] ?? '']) {
    const expertise = await findExpertiseByText(db, workspaceId, part);
    found.set(expertise.id, expertise);
  }
  return [...found.values()];
}

async function whoKnowsAny(db: Handle, workspaceId: string, asked: readonly Expertise[]): Promise<WhoKnowsSeveral> {
  const ids = asked.map(({ id }) => id);
  const { holders, count } = await rankHolders(db, workspaceId, ids, SEVERAL_LISTED_MAX);
  const userIds = holders.map(({ userId }) => userId);
  const covers = await coversOf(db, workspaceId, ids, userIds);
  const counts = await countHolders(db, workspaceId);
  return {
    asked,
    holders: userIds.map((userId) => ({
      userId,
      has: asked.filter(({ id }) => covers.get(userId)?.includes(id)).map(({ name }) => name),
    })),
    count,
    unknown: asked.filter(({ id }) => !counts.has(id)).map(({ name }) => name),
  };
}

/**
 * Who has one expertise, or who has most of several (names with commas between them).
 *
 * @throws Refusal `not_found` where no expertise has a name like that; `invalid` without a name or with too many
 */
export async function whoKnows({ db }: Deps, actor: Actor, typed: string): Promise<WhoKnows | WhoKnowsSeveral> {
  await requireMember(db, actor);
  const { workspaceId } = actor;
  const asked = await readNames(db, workspaceId, typed);
  const [expertise] = asked;
  if (expertise === undefined || asked.length > 1) return whoKnowsAny(db, workspaceId, asked);
  return { expertise, ...(await listWhoKnows(db, workspaceId, expertise.id)) };
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
