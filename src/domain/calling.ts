/** Whom a request for help calls: the best available matches of all desks, the conversation's own desk first. */
import type { Agent } from './agent.ts';
import { isPresenceFresh, presenceNow, unavailableBecause } from './availability.ts';
import type { Person, Signals } from './person.ts';

/** Called at once; the next are called when nobody has joined. */
export const CALLED_A_ROUND = 3;

/** Whoever left a conversation by hand is not called back into it for this long: they have just said that it is not theirs. */
export const LEFT_LATELY_MINUTES = 15;

/** Why nobody has been called: those who match are not available now, or there is nobody to call at all. */
export type Uncalled = 'unavailable' | 'nobody';

/** How a call reaches somebody: in the card's thread, or by direct message. */
export type Way = 'mention' | 'direct';

export type Callable = {
  readonly person: Person & Signals;
  readonly agent: Pick<Agent, 'pausedUntil' | 'calledBy' | 'callsAnHour'>;
  /** Ids of the wanted expertise this person has. */
  readonly covers: readonly string[];
  readonly isOnDesk: boolean;
  /** Calls in the last hour. */
  readonly calledLately: number;
  /** Open conversations they are in. */
  readonly conversations: number;
};

type Circumstances = { awayEmoji: readonly string[]; now: Date };

/** Whether this person may be called at all now. */
export const isCallable = (who: Callable, circumstances: Circumstances): boolean =>
  who.agent.calledBy !== 'none' &&
  who.calledLately < who.agent.callsAnHour &&
  unavailableBecause(who.person, who.agent, circumstances) === undefined;

/** How many of those who match are not called now: not available, called as often as they want this hour, or only not the best. */
export type LeftOut = { readonly unavailable: number; readonly often: number; readonly next: number };

/**
 * Counts those left out.
 *
 * @param candidates everybody who may be available, before anybody was called
 * @param matches how many match in all
 * @param called how many of them have been called now
 */
export function leftOut(
  candidates: readonly Callable[],
  { matches, called }: { matches: number; called: number },
  circumstances: Circumstances,
): LeftOut {
  const free = candidates.filter(({ person, agent }) => unavailableBecause(person, agent, circumstances) === undefined);
  const often = free.filter(({ calledLately, agent }) => calledLately >= agent.callsAnHour).length;
  const next = free.length - often - called;
  return { unavailable: Math.max(0, matches - often - next - called), often, next };
}

/** More important factors first; ties end at the user id, so the same people are always called in the same order. */
const factors = (who: Callable, now: Date): readonly number[] => [
  Number(who.isOnDesk),
  who.covers.length,
  Number(presenceNow(who.person, now) === 'active'),
  -who.conversations,
  -who.calledLately,
];

function compare(a: Callable, b: Callable, now: Date): number {
  const other = factors(b, now);
  for (const [index, factor] of factors(a, now).entries()) {
    const difference = (other[index] ?? 0) - factor;
    if (difference !== 0) return difference;
  }
  return a.person.userId < b.person.userId ? -1 : 1;
}

/** Everybody who may be called, best first. */
export const rankCalls = (candidates: readonly Callable[], circumstances: Circumstances): Callable[] =>
  candidates.filter((who) => isCallable(who, circumstances)).sort((a, b) => compare(a, b, circumstances.now));

/**
 * The order in which presence is worth asking for: somebody who was away when last asked may be back, so only a fresh *away* leaves
 * them out.
 */
export const rankToAsk = (candidates: readonly Callable[], circumstances: Circumstances): Callable[] =>
  rankCalls(
    candidates.map((who) => {
      const isOld = who.person.presence === 'away' && !isPresenceFresh(who.person, circumstances.now);
      return isOld ? { ...who, person: { ...who.person, presence: 'unknown' } } : who;
    }),
    circumstances,
  );

/** Those among the best whose presence is worth asking for before they are called, at most `limit`. */
export const toAskPresenceOf = (ranked: readonly Callable[], now: Date, limit: number): string[] =>
  ranked
    .slice(0, limit)
    .filter((who) => !isPresenceFresh(who.person, now))
    .map((who) => who.person.userId);

/**
 * How a call reaches this person.
 *
 * @param helpChannelMembers undefined where there is no help channel to mention anybody in, or its members are not known
 */
export const wayToCall = (who: Callable, helpChannelMembers: ReadonlySet<string> | undefined): Way =>
  who.agent.calledBy === 'mention' && helpChannelMembers?.has(who.person.userId) === true ? 'mention' : 'direct';

/** How a desk's fallback is reached: by mention where they read it, else by direct message, whatever they prefer about other calls. */
export const wayToFallBack = (
  userId: string,
  agent: Pick<Agent, 'calledBy'> | undefined,
  helpChannelMembers: ReadonlySet<string> | undefined,
): Way => (agent?.calledBy !== 'direct' && helpChannelMembers?.has(userId) === true ? 'mention' : 'direct');
