/** Names people type: one form to compare them by, and the limits they keep. */

export const EXPERTISE_NAME_MAX = 60;
export const DESK_NAME_MAX = 60;
export const LIVE_CHAT_NAME_MAX = 60;

/** Marks that change the direction of everything after them, in a list as in a sentence. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}]/gu;

/** A text as it was typed, but in one direction: nothing turns around what stands behind it. */
export const withoutDirections = (text: string): string => text.replace(DIRECTIONS, '');

/**
 * What is left of a name when spaces around it are dropped, runs of spaces inside it are one space, and marks of direction are gone; ''
 * when nothing of it can be seen.
 */
export function tidyName(name: string): string {
  const tidy = name
    .normalize('NFC')
    .replace(DIRECTIONS, '')
    .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim();
  return tidy.replace(INVISIBLE, '') === '' ? '' : tidy;
}

/**
 * The form under which two spellings are the same name: compatibility-folded (NFKC), trimmed, inner spaces folded, without what cannot be
 * seen, lower-cased without regard to locale.
 */
export const nameKey = (name: string): string =>
  tidyName(tidyName(name.normalize('NFKC')).replace(/\p{Default_Ignorable_Code_Point}/gu, '')).toLowerCase();

/** Length as Slack and people count it: code points, not UTF-16 units. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** At most `max` code points; a longer text ends in an ellipsis. */
export const shorten = (text: string, max: number): string =>
  lengthOf(text) <= max
    ? text
    : `${Array.from(text)
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;

/** Without the quotes people put around a name in a command, straight or typographic. */
export const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^(["'“”„«‘’])(.+)(["'“”»‘’])$/su, '$2')
    .trim();
