/** The note of a conversation: one text that several people write. */
import { Refusal } from '../errors.ts';
import { lengthOf, withoutDirections } from './name.ts';

export const NOTE_MAX = 2000;

/**
 * A note as it is kept.
 *
 * @throws Refusal `invalid` on `note`, when it is longer than 2,000 code points
 */
export function checkNote(typed: string): string {
  const note = withoutDirections(typed).trim();
  if (lengthOf(note) <= NOTE_MAX) return note;
  throw new Refusal(
    'invalid',
    `A note can be up to ${NOTE_MAX} characters long; this one has ${lengthOf(note)}.`,
    'note',
  );
}

const PRIMES = [0x01000193, 0x85ebca6b, 0xc2b2ae35] as const;

/** FNV-1a over UTF-16 units with another prime, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string, prime: number): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), prime);
  return (value >>> 0).toString(36);
}

/**
 * Tells one note from another without being one: short enough to travel beside a form, which holds less than a note may be long. Spaces
 * around it do not count; '' of no note. Nobody gains by making two alike: a form only says which note it was made from.
 */
export function noteMark(note: string): string {
  const text = note.trim();
  return text === '' ? '' : [text.length.toString(36), ...PRIMES.map((prime) => hash(text, prime))].join('-');
}
