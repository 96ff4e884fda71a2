/** How an agent wants to be reached: the preferences, their limits, and what holds until they say otherwise. */
import { Refusal } from '../errors.ts';
import { LIVE_CHAT_NAME_MAX, lengthOf, tidyName } from './name.ts';

/** Which conversations: any of the desk's, only those that want my expertise, or calls for help only. */
export type Takes = 'any' | 'mine' | 'help';

/** How a call for help reaches somebody. */
export type CalledBy = 'mention' | 'direct' | 'none';

export const TAKES: readonly Takes[] = ['any', 'mine', 'help'];
export const CALLED_BY: readonly CalledBy[] = ['mention', 'direct', 'none'];

export const CALLS_AN_HOUR = { min: 1, max: 10, initial: 4 } as const;

export type Agent = {
  readonly userId: string;
  /** '' while customers read the Slack display name. */
  readonly liveChatName: string;
  /** ISO 639-1, the first one first; empty until they said which: then their Slack locale is it. */
  readonly languages: readonly string[];
  readonly takes: Takes;
  /** ISO 8601 UTC; a time gone by means not paused. */
  readonly pausedUntil: string | undefined;
  readonly calledBy: CalledBy;
  readonly callsAnHour: number;
  readonly country: string;
  readonly version: number;
};

/** What customers read for somebody in Beckon's own messages. */
export const liveChatNameOf = (agent: Pick<Agent, 'liveChatName'> | undefined, displayName: string): string =>
  agent === undefined || agent.liveChatName === '' ? displayName : agent.liveChatName;

export const isPaused = (agent: Pick<Agent, 'pausedUntil'>, now: Date): boolean =>
  agent.pausedUntil !== undefined && agent.pausedUntil > now.toISOString();

/**
 * The live chat name as it is kept; empty means "as in Slack".
 *
 * @throws Refusal `invalid` on `live_chat_name`, when it is longer than 60 code points
 */
export function checkLiveChatName(typed: string): string {
  const name = tidyName(typed);
  if (lengthOf(name) > LIVE_CHAT_NAME_MAX) {
    throw new Refusal(
      'invalid',
      `A live chat name can be up to ${LIVE_CHAT_NAME_MAX} characters long; this one has ${lengthOf(name)}.`,
      'live_chat_name',
    );
  }
  return name;
}

/** What can be chosen for a pause. `keep`: as it is. */
export type Pause = 'keep' | 'none' | '30m' | '2h' | 'morning' | 'date';

const MORNING_HOUR = 8;

/** Longer than that nobody plans; it is a slip of the finger. */
const PAUSE_DAYS_MAX = 366;

/**
 * When a pause chosen now ends, undefined for none; the morning of a day is 08:00 where `timeZone` (IANA) is.
 *
 * @param date "2026-03-10", for a pause until a date
 * @throws Refusal `invalid` on `pause_until` without a date, for one that is over and for one more than a year away
 */
export function pauseEnds(pause: Exclude<Pause, 'keep'>, now: Date, timeZone: string, date = ''): string | undefined {
  if (pause === 'none') return undefined;
  if (pause === 'morning') return tomorrowAt(MORNING_HOUR, now, timeZone).toISOString();
  if (pause === 'date') return morningOf(date, now, timeZone).toISOString();
  return new Date(now.getTime() + (pause === '30m' ? 30 : 120) * 60_000).toISOString();
}

function morningOf(date: string, now: Date, timeZone: string): Date {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) {
    throw new Refusal('invalid', 'Choose the day until which you are paused.', 'pause_until');
  }
  const ends = atClock(Date.UTC(year, month - 1, day, MORNING_HOUR), timeZone);
  if (ends <= now)
    throw new Refusal(
      'invalid',
      `The pause would end at 0${MORNING_HOUR}:00 on that day, and that is over. Choose a later day.`,
      'pause_until',
    );
  if (ends.getTime() - now.getTime() > PAUSE_DAYS_MAX * 86_400_000) {
    throw new Refusal('invalid', 'That day is more than a year away. Choose an earlier one.', 'pause_until');
  }
  return ends;
}

/** The instant at which clocks in that zone show `hour`:00 on the day after today there; an unknown zone counts as UTC. */
function tomorrowAt(hour: number, now: Date, timeZone: string): Date {
  const today = new Date(now.getTime() + offsetMs(now, timeZone));
  return atClock(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + 1, hour), timeZone);
}

/** The instant at which clocks in that zone show what they would show in UTC at `wanted`. */
function atClock(wanted: number, timeZone: string): Date {
  // The offset at the wanted instant counts, not today's: clocks may change tonight. Twice, because the first guess may
  // stand on the other side of the change.
  const guess = wanted - offsetMs(new Date(wanted), timeZone);
  return new Date(wanted - offsetMs(new Date(guess), timeZone));
}

/** How far clocks in a zone are ahead of UTC at an instant, in milliseconds. */
function offsetMs(at: Date, timeZone: string): number {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  };
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
  }
}
