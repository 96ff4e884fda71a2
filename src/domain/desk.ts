/** A team that answers conversations: the limits of what it is given. */
import { Refusal } from '../errors.ts';
import { DESK_NAME_MAX, lengthOf, tidyName } from './name.ts';

/** Minutes until the next are called; 0 is off. */
export const ANSWER_MINUTES = { min: 0, max: 60, initial: 5 } as const;

/** How many days a closed thread can be re-opened, and how many quiet ones close a conversation; 0 is never. */
export const DESK_DAYS = { min: 0, max: 90, initial: 7 } as const;

/** Which matters more when somebody is chosen for a conversation: what they know, or the language they speak. */
export type SelectionOrder = 'expertise_first' | 'language_first';
export const SELECTION_ORDERS: readonly SelectionOrder[] = ['expertise_first', 'language_first'];

/** How many conversations of a desk somebody may have before a forward passes them by; 0 is no limit. */
export const CAPACITY = { min: 0, max: 100, initial: 0 } as const;

/** What customers read when Beckon asks for help by itself, until a desk says otherwise. */
export const SENTENCE = 'We are finding the right person and will answer here.';
export const SENTENCE_MAX = 300;

/** Above this many agents a form adds and removes people instead of showing all of them. */
export const AGENTS_SHOWN_MAX = 50;

/**
 * A desk's name as it is kept.
 *
 * @throws Refusal `invalid` on `name`, when nothing is left of it or it is longer than 60 code points
 */
export function checkDeskName(typed: string): string {
  const name = tidyName(typed);
  if (name === '') throw new Refusal('invalid', 'A desk needs a name, for example “Billing team”.', 'name');
  if (lengthOf(name) > DESK_NAME_MAX) {
    throw new Refusal(
      'invalid',
      `A name can be up to ${DESK_NAME_MAX} characters long; this one has ${lengthOf(name)}.`,
      'name',
    );
  }
  return name;
}

/** @throws Refusal `invalid` on `answer_minutes`, for anything but a whole number from 0 to 60 */
export function checkAnswerMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < ANSWER_MINUTES.min || minutes > ANSWER_MINUTES.max) {
    throw new Refusal(
      'invalid',
      `Type whole minutes from ${ANSWER_MINUTES.min} to ${ANSWER_MINUTES.max}; 0 turns it off.`,
      'answer_minutes',
    );
  }
  return minutes;
}

/** @throws Refusal `invalid` on `capacity`, for anything but a whole number from 0 to 100 */
export function checkCapacity(conversations: number): number {
  if (!Number.isInteger(conversations) || conversations < CAPACITY.min || conversations > CAPACITY.max) {
    throw new Refusal(
      'invalid',
      `Type a whole number from ${CAPACITY.min} to ${CAPACITY.max}; 0 means no limit.`,
      'capacity',
    );
  }
  return conversations;
}

/**
 * What customers are to read as it is kept: one line, '' for nothing.
 *
 * @throws Refusal `invalid` on `sentence`, when it is longer than 300 code points
 */
export function checkSentence(typed: string): string {
  const sentence = tidyName(typed);
  if (lengthOf(sentence) > SENTENCE_MAX) {
    throw new Refusal(
      'invalid',
      `It can be up to ${SENTENCE_MAX} characters long; this one has ${lengthOf(sentence)}.`,
      'sentence',
    );
  }
  return sentence;
}

/** @throws Refusal `invalid` on `field`, for anything but a whole number from 0 to 90 */
export function checkDays(days: number, field: 'reopen_days' | 'quiet_days'): number {
  if (!Number.isInteger(days) || days < DESK_DAYS.min || days > DESK_DAYS.max) {
    throw new Refusal('invalid', `Type whole days from ${DESK_DAYS.min} to ${DESK_DAYS.max}; 0 means never.`, field);
  }
  return days;
}
