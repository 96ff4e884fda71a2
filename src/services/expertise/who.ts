/** Who has an expertise, and what somebody knows. */
import type { Expertise } from '../../domain/expertise.ts';
import { isFullMember } from '../../domain/person.ts';
import { Refusal } from '../../errors.ts';
import { coversOf } from '../../store/calls.ts';
import type { Handle } from '../../store/db.ts';
import { listExpertiseOf } from '../../store/expertise.ts';
import { countHolders, countHoldersOf, listHolders, rankHolders } from '../../store/holders.ts';
import type { Actor, Deps } from '../deps.ts';
import { languageAtEnd } from '../../domain/languages.ts';
import { whoWouldGet, type WhoWould } from '../forward/who-would.ts';
import { meet } from '../person/meet.ts';
import { requireMember } from '../rights.ts';
import { findExpertiseByText, matchExpertise, meansOne, unmatchedWords } from './find.ts';

export type WhoKnows = {
  readonly expertise: Expertise;
  readonly holders: readonly { readonly userId: string; readonly name: string }[];
  /** Of all, more than are listed where there are very many. */
  readonly count: number;
};

/** What was asked about, and of the names among them that mean nothing, why. */
export type Answered = (WhoKnows | WhoKnowsSeveral) & {
  readonly unmatched: readonly string[];
  /** Who would get a conversation that wants it now. Undefined where one was asked about, in no language; for others than agents. */
  readonly wouldGet: WhoWould | undefined;
};

const LISTED_MAX = 100;

/** Full members who have the expertise, by name, at most 100, and how many there are in all. */
async function listWhoKnows(
  db: Handle,
  workspaceId: string,
  expertiseId: string,
): Promise<Pick<WhoKnows, 'holders' | 'count'>> {
  const holders = await listHolders(db, workspaceId, expertiseId, LISTED_MAX);
  const all = holders.length < LISTED_MAX ? holders.length : await countHoldersOf(db, workspaceId, expertiseId);
  return { holders, count: all };
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

type Read = { readonly asked: readonly Expertise[]; readonly unmatched: readonly string[] };

/** Several names: those that mean nothing do not keep the others from being answered. */
async function readSeveral(db: Handle, workspaceId: string, parts: readonly string[]): Promise<Read> {
  const found = new Map<string, Expertise>();
  const unmatched: string[] = [];
  for (const part of parts) {
    const match = await matchExpertise(db, workspaceId, part);
    if (match.kind === 'found') found.set(match.item.id, match.item);
    else unmatched.push(unmatchedWords(part, match));
  }
  if (found.size === 0) throw new Refusal('not_found', `${unmatched.join('\n')}\n\`/expertise list\` shows all.`);
  return { asked: [...found.values()], unmatched };
}

/** A language behind the names: the last of them means nothing as it is, and something without it. */
async function withoutLanguage(db: Handle, workspaceId: string, typed: string) {
  const last = typed.split(',').at(-1) ?? '';
  const found = languageAtEnd(last);
  const names = `${typed.slice(0, typed.length - last.length)}${found?.before ?? ''}`;
  if (found === undefined || names.trim() === '') return { names: typed, language: '' };
  const match = await matchExpertise(db, workspaceId, last);
  return match.kind === 'none' ? { names, language: found.code } : { names: typed, language: '' };
}

/** Names apart from each other by commas; a name that has a comma itself is one where somebody has it. */
async function readNames(db: Handle, workspaceId: string, typed: string): Promise<Read> {
  const parts = typed.split(',').filter((part) => part.trim() !== '');
  const whole = parts.length > 1 ? await meansOne(db, workspaceId, typed) : undefined;
  if (whole !== undefined) return { asked: [whole], unmatched: [] };
  if (parts.length > ASKED_MAX) {
    throw new Refusal('invalid', `Ask about up to ${ASKED_MAX} expertise at once; these are ${parts.length}.`);
  }
  if (parts.length > 1) return readSeveral(db, workspaceId, parts);
  return { asked: [await findExpertiseByText(db, workspaceId, parts[0] ?? '')], unmatched: [] };
}

async function whoKnowsAny(db: Handle, workspaceId: string, asked: readonly Expertise[]): Promise<WhoKnowsSeveral> {
  const ids = asked.map(({ id }) => id);
  const { holders, count } = await rankHolders(db, workspaceId, ids, SEVERAL_LISTED_MAX);
  const userIds = holders.map(({ userId }) => userId);
  const covers = await coversOf(db, workspaceId, ids, userIds);
  const counts = await countHolders(db, workspaceId, ids);
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
 * Who has one expertise, or who has most of several (names with commas between them, a language may stand behind them) and who of them
 * would get a conversation; names that mean nothing are named beside the answer.
 *
 * @throws Refusal `not_found` where no expertise has a name like that; `invalid` without a name or with too many
 */
export async function whoKnows(deps: Deps, actor: Actor, typed: string): Promise<Answered> {
  const { db } = deps;
  const { isAgent, isAdministrator } = await requireMember(db, actor);
  const { workspaceId } = actor;
  const { names, language } = await withoutLanguage(db, workspaceId, typed);
  const { asked, unmatched } = await readNames(db, workspaceId, names);
  const [expertise] = asked;
  const isSeveral = expertise === undefined || asked.length > 1;
  const expertiseIds = asked.map(({ id }) => id);
  const asksWhoWould = (isSeveral || language !== '') && (isAgent || isAdministrator);
  const wouldGet = asksWhoWould ? await whoWouldGet(deps, actor, { expertiseIds, language }) : undefined;
  const beside = { unmatched, wouldGet };
  if (isSeveral) return { ...(await whoKnowsAny(db, workspaceId, asked)), ...beside };
  return { expertise, ...(await listWhoKnows(db, workspaceId, expertise.id)), ...beside };
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
