/** What happens next with an open request: a round of calls, waiting for the first expert back, or the desk's fallback. */
import { wayToFallBack, type LeftOut } from '../../domain/calling.ts';
import { ANSWER_MINUTES } from '../../domain/desk.ts';
import type { Notice } from '../../domain/notice.ts';
import { isFullMember } from '../../domain/person.ts';
import { findAgent } from '../../store/agents.ts';
import { hasMatchLeft } from '../../store/callable.ts';
import { hasCallOpen, type NewCall } from '../../store/calls.ts';
import type { Trx } from '../../store/db.ts';
import type { Desk } from '../../store/desks.ts';
import type { AskerTold, HelpRequest } from '../../store/help-requests.ts';
import { findPerson } from '../../store/people.ts';
import { findSeatOf } from '../../store/seats.ts';
import { clearTimer, setTimer } from '../../store/timers.ts';
import { setAskerTold, setFallback, setWaiting } from '../../store/unanswered-requests.ts';
import type { Deps } from '../deps.ts';
import { callRound, type CalledFrom } from './round.ts';

const ROUNDS_MAX = 3;
const NOBODY: LeftOut = { unavailable: 0, often: 0, next: 0 };

export type Situation = CalledFrom & { readonly desk: Desk };

/** Why it is time: help was asked for, somebody said *Not now*, or the answer time is over or an expert is back. */
export type Occasion = 'asked' | 'declined' | 'due';

export type Step = {
  /** `called`: there are people who have been called and may come; the rest is what the asker must know. */
  readonly next: 'called' | AskerTold;
  /** People called now. */
  readonly calls: readonly NewCall[];
  readonly notices: readonly Notice[];
  /** Who else matches and is not called now. */
  readonly leftOut: LeftOut;
  /** What tells the asker, where they do not read it at once. */
  readonly told: readonly Notice[];
};

/** The request is looked at again in `minutes`; 0: not by itself. */
export async function scheduleNext(
  trx: Trx,
  deps: Deps,
  { id, workspaceId }: Pick<HelpRequest, 'id' | 'workspaceId'>,
  minutes: number,
): Promise<void> {
  const timer = { workspaceId, kind: 'help.round', subjectId: id } as const;
  if (minutes === 0) return clearTimer(trx, timer);
  const now = deps.now();
  await setTimer(trx, timer, { now, dueAt: new Date(now.getTime() + minutes * 60_000) });
}

/**
 * Takes the next step inside a transaction that holds the workspace's lock. Three rounds at most, and rounds with nobody available do not
 * count; then, or with no match left, the desk's fallback is called once. An answer time of 0 means that only the first round is called.
 */
export async function advance(
  trx: Trx,
  deps: Deps,
  request: HelpRequest,
  situation: Situation,
  occasion: Occasion,
): Promise<Step> {
  const replaces = occasion === 'declined' && request.round > 0;
  const mayCall = replaces || occasion === 'asked' || request.round < ROUNDS_MAX;
  const { calls, notices, leftOut } = mayCall
    ? await callRound(trx, deps, request, { ...situation, replaces })
    : { calls: [], notices: [], leftOut: NOBODY };
  if (calls.length > 0) {
    await setWaiting(trx, request.id, false);
    if (!replaces) await scheduleNext(trx, deps, request, situation.desk.answerMinutes);
    return { next: 'called', calls, notices, leftOut, told: [] };
  }
  // Whoever has been called still has the desk's answer time.
  if (occasion !== 'due' && (await hasCallOpen(trx, request.id)))
    return { next: 'called', calls, notices, leftOut, told: [] };
  return { ...(await nobody(trx, deps, request, situation, mayCall)), leftOut };
}

/** Nobody could be called: who matches may be back, else the fallback is what is left. */
async function nobody(
  trx: Trx,
  deps: Deps,
  request: HelpRequest,
  situation: Situation,
  mayCall: boolean,
): Promise<Omit<Step, 'leftOut'>> {
  const { query, desk } = situation;
  const again = mayCall && request.round < ROUNDS_MAX;
  await setWaiting(trx, request.id, again);
  // Somebody must be watched for even where the desk has no answer time.
  await scheduleNext(trx, deps, request, again ? desk.answerMinutes || ANSWER_MINUTES.initial : 0);
  const left = again && (await hasMatchLeft(trx, { ...query, requestId: request.id, now: deps.now(), limit: 1 }));
  const { next, notices } = left
    ? { next: 'waiting' as const, notices: [] }
    : await fallBack(trx, deps, request, situation);
  return { next, calls: [], notices, told: await tellAsker(trx, request, next) };
}

async function fallBack(
  trx: Trx,
  deps: Deps,
  request: HelpRequest,
  situation: Situation,
): Promise<{ next: 'fallback' | 'exhausted'; notices: Notice[] }> {
  if (request.fallbackAt !== undefined) {
    return { next: request.fallback.to === '' ? 'exhausted' : 'fallback', notices: [] };
  }
  const way = await wayToFallback(trx, request, situation);
  const to = way === undefined ? '' : situation.desk.fallbackId;
  await setFallback(trx, request.id, { to, way: way ?? '', now: deps.now() });
  if (way === undefined) return { next: 'exhausted', notices: [] };
  const { conversationId, id: requestId } = request;
  return { next: 'fallback', notices: [{ kind: 'help.fallback', conversationId, requestId }] };
}

/** How the desk's fallback is reached; undefined where there is none that could come. */
async function wayToFallback(trx: Trx, request: HelpRequest, { desk, signals }: Situation) {
  const hasCard = request.cardChannelId !== '' && request.cardChannelId === desk.helpChannelId;
  const { fallbackId } = desk;
  if (fallbackId === '' || fallbackId === request.askedBy) return undefined;
  if (fallbackId.startsWith('S')) return hasCard ? 'mention' : undefined;
  const person = await findPerson(trx, request.workspaceId, fallbackId);
  if (person === undefined || !isFullMember(person)) return undefined;
  if (await findSeatOf(trx, request.conversationId, fallbackId)) return undefined;
  const agent = await findAgent(trx, request.workspaceId, fallbackId);
  return wayToFallBack(fallbackId, agent, hasCard ? signals.helpChannelMembers : undefined);
}

/** The asker, where somebody asked, is told each thing once, and nothing that is older news than what they know. */
async function tellAsker(trx: Trx, request: HelpRequest, what: AskerTold): Promise<Notice[]> {
  const known = request.askerTold;
  const isNews = known === '' || (what !== 'waiting' && known === 'waiting');
  if (!isNews || request.askedBy === '') return [];
  await setAskerTold(trx, request.id, what);
  return [{ kind: 'asker.told', conversationId: request.conversationId, requestId: request.id, what }];
}
