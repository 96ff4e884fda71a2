/** Choosing who gets a conversation: three steps, because it wants signals that only Slack knows. */
import { isDndFresh, isPresenceFresh } from '../../domain/availability.ts';
import { CONSIDERED_MAX, PRESENCE_ASKED_MAX, type DecisionRecord, type Wish } from '../../domain/forward.ts';
import { isFullMember } from '../../domain/person.ts';
import { rank, rankToAsk, type Candidate } from '../../domain/selection.ts';
import type { LeftOut } from '../../domain/standing.ts';
import { listed } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import type { NamedExpertise } from '../../store/conversations.ts';
import { transaction, type Handle, type Trx } from '../../store/db.ts';
import type { Desk } from '../../store/desks.ts';
import { listPeople, saveDnd, savePresence } from '../../store/people.ts';
import { countLeftOut, listShortlist } from '../../store/shortlist.ts';
import { refreshStandings } from '../../store/standings.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
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

/** What was learned before the transaction. */
export type Learned = {
  readonly asked: readonly string[];
  readonly away: readonly string[];
  readonly leftOut: Partial<Record<LeftOut, number>>;
};

export type Chosen = {
  readonly record: DecisionRecord;
  readonly ranked: readonly Candidate[];
  /** Somebody who may be better has not been asked about: what was known when Slack was asked has changed. */
  readonly isPremature: boolean;
};

const NOTHING_LEARNED: Learned = { asked: [], away: [], leftOut: {} };

const orderOf = ({ desk, wanted }: Choice) => ({ order: desk.selectionOrder, wanted: wanted.length });

/** Works out where everybody stands about whom something has changed, so that the ranking is right. */
export async function bringUpToDate(deps: Deps, choice: Choice): Promise<void> {
  const awayEmoji = (await findWorkspace(deps.db, choice.workspaceId))?.awayEmoji ?? [];
  await transaction(deps.db, (trx) => settleStandings(trx, deps, choice, awayEmoji));
}

/** Works out anew, in the choosing transaction, where those stand about whom something has changed. */
export async function settleStandings(
  trx: Trx,
  { now }: Deps,
  { workspaceId, desk, wish }: Choice,
  awayEmoji: readonly string[],
): Promise<void> {
  if (wish.candidates !== undefined) return;
  await refreshStandings(trx, { workspaceId, awayEmoji, now: now() }, { deskId: desk.id });
}

/** Everybody who can take it, in no order; of a desk, those among whom the best is certain to be. */
async function candidatesOf(db: Handle, choice: Choice, now: Date): Promise<Candidate[]> {
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
  return candidates === undefined ? listShortlist(db, query) : namedCandidates(db, query, candidates, now);
}

async function learnDnd(deps: Deps, choice: Choice, ranked: readonly Candidate[]): Promise<boolean> {
  const ids = ranked.slice(0, DND_ASKED_MAX).map(({ userId }) => userId);
  const people = await listPeople(deps.db, choice.workspaceId, ids);
  const stale = ids.filter((id) => !isDndFresh(people.get(id) ?? { dndAt: undefined }, deps.now()));
  if (stale.length === 0) return false;
  const answers = await deps.slack.dnd(choice.workspaceId, stale);
  await transaction(deps.db, async (trx) => {
    for (const [userId, dnd] of answers) await saveDnd(trx, choice.workspaceId, userId, dnd, deps.now());
  });
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
    await savePresence(deps.db, workspaceId, answers, deps.now());
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
 * Before the transaction: brings where everybody stands up to date, and asks Slack for the signals that are missing or stale of the few
 * who are likely to be chosen: do not disturb in one call, presence of eight at most. Named candidates are not asked about.
 *
 * @param before what was learned for the same choice already
 * @throws Refusal `invalid` for a candidate who is no full member
 */
async function prepareChoice(deps: Deps, choice: Choice, before: Learned): Promise<Learned> {
  const { workspaceId, desk, wish } = choice;
  if (wish.candidates !== undefined) {
    await requireFitCandidates(deps, workspaceId, wish.candidates);
    return NOTHING_LEARNED;
  }
  await bringUpToDate(deps, choice);
  const ranking = orderOf(choice);
  let ranked = rankToAsk(await candidatesOf(deps.db, choice, deps.now()), ranking);
  if (await learnDnd(deps, choice, ranked)) {
    await bringUpToDate(deps, choice);
    ranked = rankToAsk(await candidatesOf(deps.db, choice, deps.now()), ranking);
  }
  const learned = await learnPresence(deps, choice, ranked, before);
  const leftOut = await countLeftOut(deps.db, { workspaceId, deskId: desk.id, now: deps.now() });
  return { ...learned, leftOut };
}

function isPremature(choice: Choice, ranked: readonly Candidate[], { asked }: Learned): boolean {
  if (choice.wish.candidates !== undefined || asked.length >= PRESENCE_ASKED_MAX) return false;
  const [best] = rankToAsk(ranked, orderOf(choice));
  return best !== undefined && best.isUnknown && !asked.includes(best.userId);
}

/** Slack must be asked about somebody before anybody is chosen. */
export const ASK_FIRST = Symbol('ask first');

/**
 * Asks Slack and decides, again while others choose at the same time and take whoever was asked about. Presence is asked of eight people at
 * most, all in all.
 *
 * @param look the choice as it stands now, outside of any transaction
 * @param decide runs the choosing transaction; ASK_FIRST, where the choice is premature, before it has changed anything
 */
export async function choosing<T>(
  deps: Deps,
  look: () => Promise<Choice>,
  decide: (learned: Learned) => Promise<T | typeof ASK_FIRST>,
): Promise<T> {
  let learned = NOTHING_LEARNED;
  for (;;) {
    learned = await prepareChoice(deps, await look(), learned);
    const decided = await decide(learned);
    if (decided !== ASK_FIRST) return decided;
  }
}

/**
 * Chooses from stored signals alone. Inside a transaction that holds the workspace's lock nobody else chooses at the same moment; outside
 * of one it says who would be chosen.
 */
export async function choose(db: Handle, choice: Choice, learned: Learned, now: Date): Promise<Chosen> {
  const { desk, wish, wanted, except } = choice;
  const ranked = rank(await candidatesOf(db, choice, now), orderOf(choice));
  const record: DecisionRecord = {
    deskId: desk.id,
    order: desk.selectionOrder,
    wanted,
    language: wish.language,
    country: wish.country,
    previousAgent: wish.previousAgent,
    isExplicit: wish.candidates !== undefined,
    considered: ranked.slice(0, CONSIDERED_MAX),
    leftOut: learned.leftOut,
    except,
    asked: learned.asked,
    away: learned.away,
  };
  return { record, ranked, isPremature: isPremature(choice, ranked, learned) };
}
