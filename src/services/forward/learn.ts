/** What only Slack knows of those who are likely to be chosen, asked before anybody is. */
import { isDndFresh, isPresenceFresh } from '../../domain/availability.ts';
import { PRESENCE_ASKED_MAX } from '../../domain/forward.ts';
import { isFullMember } from '../../domain/person.ts';
import type { Candidate } from '../../domain/selection.ts';
import { listed } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { listPeople } from '../../store/people.ts';
import type { ShortlistQuery } from '../../store/shortlist.ts';
import type { Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import { saveSignals } from '../person/signals.ts';
import { bringUpToDate, toAsk, type Choice } from './ranked.ts';

/** Do not disturb is asked for as far down as presence may be, in one call. */
const DND_ASKED_MAX = 50;

/** What Slack was asked before the transaction, if it was. */
export type Learned = {
  readonly asked: readonly string[];
  readonly away: readonly string[];
  readonly isPrepared: boolean;
  /** Nobody was left, so those known to be away were asked about again. */
  readonly hasLookedBack: boolean;
};

export const NOTHING_LEARNED: Learned = { asked: [], away: [], isPrepared: false, hasLookedBack: false };

async function learnDnd(deps: Deps, choice: Choice, ranked: readonly Candidate[]): Promise<boolean> {
  const ids = ranked.slice(0, DND_ASKED_MAX).map(({ userId }) => userId);
  const people = await listPeople(deps.db, choice.workspaceId, ids);
  const stale = ids.filter((id) => !isDndFresh(people.get(id) ?? { dndAt: undefined }, deps.now()));
  if (stale.length === 0) return false;
  const answers = await deps.slack.dnd(choice.workspaceId, stale);
  await saveSignals(deps, choice.workspaceId, { dnd: answers });
  return answers.size > 0;
}

/** How many are asked at once on the way down: the best alone, because they are there more often than not. */
const WAVES = [1, 1, 2, 4];

/** Asks down the ranking until somebody is there. Whoever was seen there within a minute ends it unasked. */
async function learnPresence(deps: Deps, choice: Choice, ranked: readonly Candidate[], before: Learned) {
  const { workspaceId } = choice;
  const left = ranked.filter(({ userId }) => !before.asked.includes(userId));
  const ids = left.slice(0, PRESENCE_ASKED_MAX - before.asked.length).map(({ userId }) => userId);
  const people = await listPeople(deps.db, workspaceId, ids);
  const asked = [...before.asked];
  const away = [...before.away];
  for (const wave of WAVES) {
    const next = ids.splice(0, wave);
    if (next.length === 0) break;
    const stale = next.filter((id) => !isFreshlyThere(people.get(id), deps.now()));
    const answers = stale.length === 0 ? new Map<string, never>() : await deps.slack.presence(workspaceId, stale);
    await saveSignals(deps, workspaceId, { presence: answers });
    asked.push(...stale);
    away.push(...stale.filter((id) => answers.get(id) === 'away'));
    if (stale.length < next.length || stale.some((id) => answers.get(id) === 'active')) break;
  }
  return { asked, away };
}

export const isFreshlyThere = (person: Parameters<typeof isPresenceFresh>[0] | undefined, now: Date): boolean =>
  person !== undefined && person.presence === 'active' && isPresenceFresh(person, now);

/** Only full members can be named as candidates. @throws Refusal `invalid` that names the others */
async function requireFitCandidates(deps: Deps, workspaceId: string, userIds: readonly string[]): Promise<void> {
  const people = await meet(deps, workspaceId, userIds);
  const unfit = userIds.filter((id) => {
    const person = people.get(id);
    return person === undefined || !isFullMember(person);
  });
  if (unfit.length === 0) return;
  const names = listed(unfit.map((id) => people.get(id)?.name ?? id));
  throw new Refusal('invalid', `Only full members of this workspace can be candidates: not ${names}.`, 'candidates');
}

/** In the order in which presence is worth asking for, once it is known who of them is not to be disturbed. */
async function disturbable(deps: Deps, choice: Choice, among: ShortlistQuery['among']): Promise<Candidate[]> {
  const ranked = await toAsk(deps.db, choice, among);
  if (!(await learnDnd(deps, choice, ranked))) return ranked;
  await bringUpToDate(deps, choice);
  return toAsk(deps.db, choice, among);
}

/** Who was away more than a minute ago may be back by now. */
async function awayBefore(deps: Deps, choice: Choice): Promise<Candidate[]> {
  const away = await disturbable(deps, choice, 'away');
  const ids = away.map(({ userId }) => userId);
  const people = await listPeople(deps.db, choice.workspaceId, ids);
  return away.filter(({ userId }) => {
    const person = people.get(userId);
    return person !== undefined && !isPresenceFresh(person, deps.now());
  });
}

/**
 * Asks Slack, outside of any transaction, for the signals that are missing or stale of the few who are likely to be chosen: do not disturb
 * in one call, presence of eight at most. Where nobody else is left, those who were away before are asked about again. Named candidates are
 * not asked about.
 *
 * @param before what was learned for the same choice already
 * @throws Refusal `invalid` for a candidate who is no full member
 */
export async function prepareChoice(deps: Deps, choice: Choice, before: Learned): Promise<Learned> {
  const { workspaceId, wish } = choice;
  if (wish.candidates !== undefined) {
    await requireFitCandidates(deps, workspaceId, wish.candidates);
    return { ...before, isPrepared: true };
  }
  await bringUpToDate(deps, choice);
  const ranked = await disturbable(deps, choice, 'available');
  const isNobodyLeft = ranked.length === 0;
  const among = isNobodyLeft ? await awayBefore(deps, choice) : ranked;
  const hasLookedBack = before.hasLookedBack || isNobodyLeft;
  return { ...(await learnPresence(deps, choice, among, before)), isPrepared: true, hasLookedBack };
}
