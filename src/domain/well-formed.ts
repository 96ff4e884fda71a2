/** Text as every program can take it: an emoji that was cut in the middle leaves half a character behind, which nothing can encode. */

/** With the sign for what cannot be read (U+FFFD) in place of each half of a character. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** How `JSON.stringify` writes half a character; the same letters may also be what somebody typed. */
const MAY_HOLD_A_HALF = /\\ud[89a-f]/;

/** As `JSON.stringify`, of well-formed text only. */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  if (!MAY_HOLD_A_HALF.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? wellFormed(part) : part));
}
