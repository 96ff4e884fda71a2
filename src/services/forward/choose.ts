/** Choosing who gets a conversation: three steps, because it wants signals that only Slack knows. */
import { isDndFresh, isPresenceFresh } from '../../domain/availability.ts';
import { CONSIDERED_MAX, PRESENCE_ASKED_MAX, type DecisionRecord, type Wish } from '../../domain/forward.ts';
import { isFullMember } from '../../domain/person.ts';
import { rank, rankToAsk, type Candidate } from '../../domain/selection.ts';
import { listed } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import { listAgentNames } from '../../store/agents.ts';
import { transaction, type Handle, type Trx } from '../../store/db.ts';
import type { Desk } from '../../store/desks.ts';
import { findPerson, listPeople, type KnownPerson } from '../../store/people.ts';
import { countLeftOut, listShortlist } from '../../store/shortlist.ts';
import { refreshStandings, STANDINGS_BATCH } from '../../store/standings.ts';
import { together } from '../../store/together.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import { saveSignals } from '../person/signals.ts';
import { namedCandidates } from './candidates.ts';

/** Do not disturb is asked for as far down as presence may be, in one call. */
const DND_ASKED_MAX = 50;

/** What is chosen for. */
export type Choice = {
  readonly workspaceId: string;
  readonly desk: Pick<Desk, 'id' | 'selectionOrder'>;
  readonly wish: Omit<Wish, 'wanted'>;
  readonly wanted: readonly NamedExpertise[];
  /** Had it before, or are in it. */
  readonly except: readonly string[];
};

/** What Slack was asked before the transaction, if it was. */
export type Learned = {
  readonly asked: readonly string[];
  readonly away: readonly string[];
  readonly isPrepared: boolean;
};

const NOTHING_LEARNED: Learned = { asked: [], away: [], isPrepared: false };

const orderOf = ({ desk, wanted }: Choice) => ({ order: desk.selectionOrder, wanted: wanted.length });

/**
 * Works out where everybody stands about whom something has changed, so that the ranking is right. In portions: a rule of a desk may have
 * changed for thousands, and what others do meanwhile comes in between.
 */
export async function bringUpToDate(deps: Deps, choice: Choice): Promise<void> {
  const awayEmoji = (await findWorkspace(deps.db, choice.workspaceId))?.awayEmoji ?? [];
  const settle = () => transaction(deps.db, (trx) => settleStandings(trx, deps, choice, awayEmoji));
  while (mayBeMore(await settle()));
}

/** So many times four hundred in one transaction: what a tenth of a second is enough for. */
const BATCHES_AT_ONCE = 2;

const mayBeMore = (settled: number): boolean => settled >= BATCHES_AT_ONCE * STANDINGS_BATCH;

/** Works out anew, in a transaction, where those stand about whom something has changed, as many as are worked out at once; how many that were. */
function settleStandings(
  trx: Trx,
  { now }: Deps,
  { workspaceId, desk }: Choice,
  awayEmoji: readonly string[],
): Promise<number> {
  const reading = { workspaceId, awayEmoji, now: now() };
  return refreshStandings(trx, reading, { deskId: desk.id, batches: BATCHES_AT_ONCE });
}

/** Everybody who can take it, in no order; of a desk, those among whom the best is certain to be, and with it so many places. */
async function candidatesOf(
  db: Handle,
  choice: Choice,
  now: Date,
  places: number = CONSIDERED_MAX,
): Promise<Candidate[]> {
  const { workspaceId, desk, wish, wanted, except } = choice;
  const query = {
    workspaceId,
    deskId: desk.id,
    order: desk.selectionOrder,
    wanted: wanted.map(({ id }) => id),
    language: wish.language,
    country: wish.country,
    previousAgent: wish.previousAgent,
    except,
  };
  const { candidates } = wish;
  return candidates === undefined ? listShortlist(db, query, places) : namedCandidates(db, query, candidates, now);
}

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

const isFreshlyThere = (person: Parameters<typeof isPresenceFresh>[0] | undefined, now: Date): boolean =>
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

/**
 * Asks Slack, outside of any transaction, for the signals that are missing or stale of the few who are likely to be chosen: do not disturb
 * in one call, presence of eight at most. Named candidates are not asked about.
 *
 * @param before what was learned for the same choice already
 * @throws Refusal `invalid` for a candidate who is no full member
 */
async function prepareChoice(deps: Deps, choice: Choice, before: Learned): Promise<Learned> {
  const { workspaceId, wish } = choice;
  if (wish.candidates !== undefined) {
    await requireFitCandidates(deps, workspaceId, wish.candidates);
    return { ...before, isPrepared: true };
  }
  await bringUpToDate(deps, choice);
  const ranking = orderOf(choice);
  let ranked = rankToAsk(await candidatesOf(deps.db, choice, deps.now()), ranking);
  if (await learnDnd(deps, choice, ranked)) {
    await bringUpToDate(deps, choice);
    ranked = rankToAsk(await candidatesOf(deps.db, choice, deps.now()), ranking);
  }
  return { ...(await learnPresence(deps, choice, ranked, before)), isPrepared: true };
}

/**
 * Chooses from stored signals alone, best first; outside of a choosing transaction it says who would be chosen.
 *
 * @param places so many of the first are wanted
 */
export const ranked = async (db: Handle, choice: Choice, now: Date, places?: number): Promise<Candidate[]> =>
  rank(await candidatesOf(db, choice, now, places), orderOf(choice));

/** The same in a choosing transaction, with what has changed worked out first; ASK_FIRST where that is too much. */
async function rankedAnew(
  trx: Trx,
  deps: Deps,
  choice: Choice,
  awayEmoji: readonly string[],
): Promise<Candidate[] | typeof ASK_FIRST> {
  const now = deps.now();
  if (choice.wish.candidates !== undefined) return ranked(trx, choice, now);
  // Nearly always nothing has changed, so both are asked at once.
  const [settled, candidates] = await together(trx, [
    () => settleStandings(trx, deps, choice, awayEmoji),
    () => ranked(trx, choice, now),
  ]);
  if (mayBeMore(settled)) return ASK_FIRST;
  return settled === 0 ? candidates : ranked(trx, choice, now);
}

/** Slack must be asked about somebody before anybody is chosen, or it must be worked out first where thousands stand. */
export const ASK_FIRST = Symbol('ask first');

type Best = { readonly candidate: Candidate; readonly person: KnownPerson };

/** Who would be asked about first; of named candidates nobody is. */
async function bestToAsk(db: Handle, choice: Choice, candidates: readonly Candidate[]): Promise<Best | undefined> {
  const [candidate] = choice.wish.candidates === undefined ? rankToAsk(candidates, orderOf(choice)) : [];
  const person = candidate && (await findPerson(db, choice.workspaceId, candidate.userId));
  return candidate && person && { candidate, person };
}

/** Whether Slack could say something of the best that matters: it has not been asked, or only about others. */
function mustAsk({ wish }: Choice, found: Best | undefined, learned: Learned, now: Date): boolean {
  if (wish.candidates !== undefined) return !learned.isPrepared;
  if (found === undefined) return false;
  const { candidate: best, person } = found;
  if (!learned.isPrepared && !isDndFresh(person, now)) return true;
  // Somebody else has asked at this moment, after it was worked out where they stand.
  if (best.isUnknown && isFreshlyThere(person, now)) return true;
  const { asked } = learned;
  return asked.length < PRESENCE_ASKED_MAX && !asked.includes(person.userId) && !isFreshlyThere(person, now);
}

/** Who won, as colleagues and as customers read of them ('' as in Slack). */
export type Winner = { readonly userId: string; readonly name: string; readonly liveChatName: string };

const NOBODY_KNOWN = { name: 'Somebody', liveChatName: '' };

export type Chosen = { readonly record: DecisionRecord; readonly winner: Winner | undefined };

/**
 * Chooses in a transaction that holds the workspace's lock, so that nobody else chooses at the same moment. ASK_FIRST, before anything was
 * decided, where Slack has to be asked first or too much has changed to be worked out while others wait for that lock.
 */
export async function choose(
  trx: Trx,
  deps: Deps,
  choice: Choice,
  { learned, awayEmoji }: { learned: Learned; awayEmoji: readonly string[] },
): Promise<Chosen | typeof ASK_FIRST> {
  const { workspaceId, desk, wish, wanted, except } = choice;
  const now = deps.now();
  const isExplicit = wish.candidates !== undefined;
  const candidates = await rankedAnew(trx, deps, choice, awayEmoji);
  if (candidates === ASK_FIRST) return ASK_FIRST;
  const [winner] = candidates;
  const [names, best, leftOut] = await together(trx, [
    () => listAgentNames(trx, workspaceId, winner === undefined ? [] : [winner.userId]),
    () => bestToAsk(trx, choice, candidates),
    () => (isExplicit ? Promise.resolve({}) : countLeftOut(trx, { workspaceId, deskId: desk.id, now })),
  ]);
  if (mustAsk(choice, best, learned, now)) return ASK_FIRST;
  const record = {
    deskId: desk.id,
    order: desk.selectionOrder,
    wanted,
    language: wish.language,
    country: wish.country,
    previousAgent: wish.previousAgent,
    isExplicit,
    considered: candidates.slice(0, CONSIDERED_MAX),
    leftOut,
    except,
    asked: learned.asked,
    away: learned.away,
  };
  return { record, winner: winner && { userId: winner.userId, ...(names.get(winner.userId) ?? NOBODY_KNOWN) } };
}

/**
 * Decides, and asks Slack first where that could change who is chosen: nobody has been asked about the best, or others who choose at the
 * same time took whoever was. Presence is asked of eight people at most, all in all.
 *
 * @param look the choice as it stands now, outside of any transaction
 * @param decide runs the choosing transaction; ASK_FIRST, before it has changed anything
 */
export async function choosing<T>(
  deps: Deps,
  look: () => Promise<Choice>,
  decide: (learned: Learned) => Promise<T | typeof ASK_FIRST>,
): Promise<T> {
  let learned = NOTHING_LEARNED;
  for (;;) {
    const decided = await decide(learned);
    if (decided !== ASK_FIRST) return decided;
    learned = await prepareChoice(deps, await look(), learned);
  }
}
