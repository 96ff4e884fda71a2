/** Which expertise the words of a message name. */
import { nameKey } from './name.ts';

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Whether `key` stands in `text` as words of its own: "bill" is not in "billing". */
function standsIn(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + key.length])) return true;
  }
  return false;
}

/** Ids of what the message names, by any of its names; names are given as their `nameKey`. */
export function namesIn(message: string, names: readonly { id: string; key: string }[]): Set<string> {
  const text = nameKey(message);
  return new Set(names.filter(({ key }) => key !== '' && standsIn(text, key)).map(({ id }) => id));
}
