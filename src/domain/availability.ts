/** Whether somebody can take a conversation or a call now, from what is known of them. Unlike Odoo, *away* means away. */
import { isPaused, type Agent } from './agent.ts';
import { isFullMember, type Person, type Presence, type Signals } from './person.ts';

/** Presence older than this is asked for again. */
export const PRESENCE_FRESH_SECONDS = 60;
/** Presence older than this says nothing any more. */
export const PRESENCE_KNOWN_MINUTES = 15;
/** Do-not-disturb schedules change rarely and by event; older than this they are asked for again. */
const DND_FRESH_MINUTES = 24 * 60;

/** Why somebody is not available, in the order the design lists. */
export type Unavailable = 'not_a_member' | 'paused' | 'out_of_office' | 'do_not_disturb' | 'away';

/** By so much the clocks of the machines that share a database may differ. */
const SKEW_MS = 60_000;

/** Also what was said later than now: the clock was set back, and nobody can tell how old it is. */
const olderThan = (iso: string | undefined, ms: number, now: Date): boolean => {
  if (iso === undefined) return true;
  const age = now.getTime() - Date.parse(iso);
  return age > ms || age < -SKEW_MS;
};

/** When what was said later than now begins to count: see `olderThan`. */
export const countsFrom = (iso: string): string => new Date(Date.parse(iso) - SKEW_MS).toISOString();

/** Presence as far as it still counts: what is older than 15 minutes is unknown. */
export const presenceNow = (signals: Pick<Signals, 'presence' | 'presenceAt'>, now: Date): Presence =>
  olderThan(signals.presenceAt, PRESENCE_KNOWN_MINUTES * 60_000, now) ? 'unknown' : signals.presence;

export const isPresenceFresh = (signals: Pick<Signals, 'presence' | 'presenceAt'>, now: Date): boolean =>
  signals.presence !== 'unknown' && !olderThan(signals.presenceAt, PRESENCE_FRESH_SECONDS * 1000, now);

export const isDndFresh = (signals: Pick<Signals, 'dndAt'>, now: Date): boolean =>
  !olderThan(signals.dndAt, DND_FRESH_MINUTES * 60_000, now);

/** In a do-not-disturb window now: its event is sent when settings change, not when a window begins, so the clock decides. */
export const isDisturbable = (signals: Pick<Signals, 'dndStartsAt' | 'dndEndsAt'>, now: Date): boolean => {
  const at = now.toISOString();
  const { dndStartsAt, dndEndsAt } = signals;
  return dndStartsAt === undefined || dndEndsAt === undefined || at < dndStartsAt || at >= dndEndsAt;
};

export const isInHuddle = (person: Pick<Person, 'huddleUntil'>, now: Date): boolean =>
  person.huddleUntil !== undefined && person.huddleUntil > now.toISOString();

export const isOutOfOffice = (person: Person, awayEmoji: readonly string[], now: Date): boolean =>
  awayEmoji.includes(person.statusEmoji) &&
  (person.statusUntil === undefined || person.statusUntil > now.toISOString());

/**
 * The first reason that keeps somebody from being chosen, or undefined. Presence that is unknown keeps nobody out.
 *
 * @param awayEmoji status emoji that mean out of office in this workspace
 */
export function unavailableBecause(
  person: Person & Signals,
  agent: Pick<Agent, 'pausedUntil'>,
  { awayEmoji, now }: { awayEmoji: readonly string[]; now: Date },
): Unavailable | undefined {
  if (!isFullMember(person)) return 'not_a_member';
  if (isPaused(agent, now)) return 'paused';
  if (isOutOfOffice(person, awayEmoji, now)) return 'out_of_office';
  if (!isDisturbable(person, now)) return 'do_not_disturb';
  return presenceNow(person, now) === 'away' ? 'away' : undefined;
}
