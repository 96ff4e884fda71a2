/** A secret with which a bot uses the HTTP API. */
import { Refusal } from '../errors.ts';
import { lengthOf, tidyName } from './name.ts';

export const TOKEN_NAME_MAX = 60;

/** What every token begins with, so that people and scanners of leaked secrets know it when they see it. */
export const TOKEN_PREFIX = 'beckon_';

const HINT_LENGTH = 4;

/** The end of a token: enough to tell it from others, not enough to guess it. */
export const hintOf = (secret: string): string => secret.slice(-HINT_LENGTH);

/**
 * A token's name as it is kept.
 *
 * @throws Refusal `invalid` on `name`, when nothing is left of it or it is longer than 60 code points
 */
export function checkTokenName(typed: string): string {
  const name = tidyName(typed);
  if (name === '') throw new Refusal('invalid', 'A token needs a name, for example “Website bot”.', 'name');
  if (lengthOf(name) > TOKEN_NAME_MAX) {
    throw new Refusal(
      'invalid',
      `A name can be up to ${TOKEN_NAME_MAX} characters long; this one has ${lengthOf(name)}.`,
      'name',
    );
  }
  return name;
}
