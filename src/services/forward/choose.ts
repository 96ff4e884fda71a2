/** Choosing who gets a conversation: three steps, because it wants signals that only Slack knows. */
import { isDndFresh } from '../../domain/availability.ts';
import { CONSIDERED_MAX, PRESENCE_ASKED_MAX, type DecisionRecord } from '../../domain/forward.ts';
import { rankToAsk, type Candidate } from '../../domain/selection.ts';
import { listAgentNames } from '../../store/agents.ts';
import type { Trx } from '../../store/db.ts';
import { countLeftOut } from '../../store/left-out.ts';
import type { KnownPerson } from '../../store/people.ts';
import { readCauses, type Causes } from '../../store/standings.ts';
import { together } from '../../store/together.ts';
import type { Deps } from '../deps.ts';
import { isFreshlyThere, NOTHING_LEARNED, prepareChoice, type Learned } from './learn.ts';
import { mayBeMore, orderOf, ranked, settleStandings, type Choice } from './ranked.ts';

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

/** Who won, as colleagues and as customers read of them ('' as in Slack), and what their standings follow from where they are on a desk. */
export type Winner = {
  readonly userId: string;
  readonly name: string;
  readonly liveChatName: string;
  readonly causes: Causes | undefined;
};

const NOBODY_KNOWN = { name: 'Somebody', liveChatName: '' };

async function winnerOf(
  trx: Trx,
  { workspaceId }: Choice,
  userId: string,
  causes: Causes | undefined,
): Promise<Winner> {
  if (causes) return { userId, name: causes.person.name, liveChatName: causes.liveChatName, causes };
  const names = await listAgentNames(trx, workspaceId, [userId]);
  return { userId, ...(names.get(userId) ?? NOBODY_KNOWN), causes };
}

/** Where nobody was found it is counted now: everybody who could not take it is meant. */
const leftOutOf = (trx: Trx, { workspaceId, desk }: Choice, now: Date, winner: Candidate | undefined) =>
  countLeftOut(trx, { workspaceId, deskId: desk.id, now }, winner && desk.leftOut);

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
  // Who was away before may be back.
  if (winner === undefined && !isExplicit && !learned.hasLookedBack) return ASK_FIRST;
  // Of named candidates nobody is asked about.
  const [best] = isExplicit ? [] : rankToAsk(candidates, orderOf(choice));
  const both = new Set([winner, best].flatMap((one) => (one === undefined ? [] : [one.userId])));
  const [known, leftOut] = await together(trx, [
    () => readCauses(trx, workspaceId, [...both]),
    () => (isExplicit ? Promise.resolve({}) : leftOutOf(trx, choice, now, winner)),
  ]);
  const person = best && known.get(best.userId)?.person;
  if (mustAsk(choice, best && person && { candidate: best, person }, learned, now)) return ASK_FIRST;
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
  return { record, winner: winner && (await winnerOf(trx, choice, winner.userId, known.get(winner.userId))) };
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
