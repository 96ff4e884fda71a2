/** A named area of knowledge. */
import { Refusal } from '../errors.ts';
import { EXPERTISE_NAME_MAX, lengthOf, tidyName } from './name.ts';

export type Expertise = {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly description: string;
  readonly version: number;
};

export const EXPERTISE_DESCRIPTION_MAX = 500;

/** Above this many holders a form adds and removes people instead of showing all of them. */
export const HOLDERS_SHOWN_MAX = 50;

/**
 * An expertise's name as it is kept.
 *
 * @throws Refusal `invalid` on `name`, when nothing is left of it or it is longer than 60 code points
 */
export function checkExpertiseName(typed: string): string {
  const name = tidyName(typed);
  if (name === '') throw new Refusal('invalid', 'An expertise needs a name, for example “Billing”.', 'name');
  if (lengthOf(name) > EXPERTISE_NAME_MAX) {
    throw new Refusal(
      'invalid',
      `A name can be up to ${EXPERTISE_NAME_MAX} characters long; this one has ${lengthOf(name)}.`,
      'name',
    );
  }
  return name;
}

/** @throws Refusal `invalid` on `description`, when it is longer than 500 code points */
export function checkDescription(typed: string): string {
  const description = typed.normalize('NFC').replaceAll('\0', '').trim();
  if (lengthOf(description) > EXPERTISE_DESCRIPTION_MAX) {
    throw new Refusal(
      'invalid',
      `A description can be up to ${EXPERTISE_DESCRIPTION_MAX} characters long; this one has ${lengthOf(description)}.`,
      'description',
    );
  }
  return description;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Names as people expect them in a list; alike on every database, since it is not the database that sorts. */
export const byName = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
