/** Names people type: one form to compare them by, and the limits they keep. */

export const EXPERTISE_NAME_MAX = 60;
export const DESK_NAME_MAX = 60;
export const LIVE_CHAT_NAME_MAX = 60;

/** What is left of a name when spaces around it are dropped and runs of spaces inside it are one space. */
export const tidyName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim();

/**
 * The form under which two spellings are the same name: compatibility-folded (NFKC), trimmed, inner spaces folded, lower-cased
 * without regard to locale.
 */
export const nameKey = (name: string): string => tidyName(name.normalize('NFKC')).toLowerCase();

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
