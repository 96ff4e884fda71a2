/** Where an agent stands on a desk: what ranking needs of them, and until when it holds by itself. */
import { isPaused, type Agent } from './agent.ts';
import {
  isDisturbable,
  isInHuddle,
  isOutOfOffice,
  PRESENCE_KNOWN_MINUTES,
  countsFrom,
  presenceNow,
  unavailableBecause,
  type Unavailable,
} from './availability.ts';
import { BUSY_MINUTES, busyness } from './busy.ts';
import { languagesOf } from './languages.ts';
import type { Person, Signals } from './person.ts';

/** Who has just come into a conversation is left in peace for this long where others can take the next. */
const BUFFER_SECONDS = 120;
/** A conversation counts against the desk's limit while somebody wrote in it this lately. */
export const CAPACITY_MINUTES = 15;

/** Why somebody is left out of a choice. */
export type LeftOut = Unavailable | 'preferences' | 'at_capacity' | 'in_huddle';

/** `any`: takes any conversation; `mine`: only those that want their expertise; else why they are left out now. */
type Eligibility = 'any' | 'mine' | LeftOut;

/** An open conversation somebody is in or is coming into. Times are ISO 8601 UTC. */
export type Work = { readonly deskId: string; readonly activeAt: string; readonly claimedAt: string };

export type StandingFacts = {
  readonly person: Person & Signals;
  readonly agent: Pick<Agent, 'takes' | 'pausedUntil' | 'languages' | 'country'> & { readonly lastForwardedAt: string };
  readonly desk: { readonly id: string; readonly capacity: number; readonly noHuddles: boolean };
  readonly work: readonly Work[];
  readonly awayEmoji: readonly string[];
};

export type Standing = {
  readonly eligibility: Eligibility;
  /** Slack has not said lately whether they are there. */
  readonly isUnknown: boolean;
  readonly inBuffer: boolean;
  /** Open conversations active in the last half hour, of all desks. */
  readonly load: number;
  readonly inCall: boolean;
  readonly busyness: number;
  /** ISO 639-1. */
  readonly languages: readonly string[];
  readonly country: string;
  /** ISO 8601 UTC, '' for never. */
  readonly lastForwardedAt: string;
  /** The first instant at which any of this may be otherwise without anything happening. */
  readonly validUntil: string;
};

/** Nothing here ends by itself. */
const FOREVER = '9999-12-31T00:00:00.000Z';

const after = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString();

const isRecent = (iso: string, minutes: number, now: Date): boolean => after(iso, minutes * 60_000) > now.toISOString();

const workOnDesk = ({ desk, work }: StandingFacts, now: Date): number =>
  work.filter((each) => each.deskId === desk.id && isRecent(each.activeAt, CAPACITY_MINUTES, now)).length;

function eligibilityOf(facts: StandingFacts, now: Date): Eligibility {
  const { person, agent, desk, awayEmoji } = facts;
  const because = unavailableBecause(person, agent, { awayEmoji, now });
  if (because === 'not_a_member') return because;
  if (agent.takes === 'help') return 'preferences';
  if (because !== undefined && because !== 'away') return because;
  if (desk.capacity > 0 && workOnDesk(facts, now) >= desk.capacity) return 'at_capacity';
  if (desk.noHuddles && isInHuddle(person, now)) return 'in_huddle';
  return because ?? (agent.takes === 'mine' ? 'mine' : 'any');
}

/** Every instant at which one of the causes ends, or begins, by itself. */
function* turningPoints({ person, agent, desk, work, awayEmoji }: StandingFacts, now: Date): Generator<string> {
  if (agent.pausedUntil !== undefined && isPaused(agent, now)) yield agent.pausedUntil;
  if (person.statusUntil !== undefined && isOutOfOffice(person, awayEmoji, now)) yield person.statusUntil;
  if (person.dndStartsAt !== undefined && person.dndEndsAt !== undefined) {
    yield isDisturbable(person, now) ? person.dndStartsAt : person.dndEndsAt;
  }
  if (person.huddleUntil !== undefined) yield person.huddleUntil;
  // Fifteen minutes are still known, a moment more is not.
  if (person.presenceAt !== undefined) {
    yield after(person.presenceAt, PRESENCE_KNOWN_MINUTES * 60_000 + 1);
    yield countsFrom(person.presenceAt);
  }
  for (const { activeAt, claimedAt, deskId } of work) {
    yield after(claimedAt, BUFFER_SECONDS * 1000);
    yield after(activeAt, BUSY_MINUTES * 60_000);
    if (deskId === desk.id && desk.capacity > 0) yield after(activeAt, CAPACITY_MINUTES * 60_000);
  }
}

/** Works out where somebody stands at this moment; it follows from the facts and the clock alone. */
export function standingOf(facts: StandingFacts, now: Date): Standing {
  const { person, agent, work } = facts;
  const at = now.toISOString();
  const load = work.filter((each) => isRecent(each.activeAt, BUSY_MINUTES, now)).length;
  const inCall = isInHuddle(person, now);
  const points = [...turningPoints(facts, now)].filter((point) => point > at).sort();
  return {
    eligibility: eligibilityOf(facts, now),
    isUnknown: presenceNow(person, now) === 'unknown',
    inBuffer: work.some(({ claimedAt }) => after(claimedAt, BUFFER_SECONDS * 1000) > at),
    load,
    inCall,
    busyness: busyness(load, inCall),
    languages: languagesOf(agent.languages, person.locale),
    country: agent.country,
    lastForwardedAt: agent.lastForwardedAt,
    validUntil: points[0] ?? FOREVER,
  };
}
