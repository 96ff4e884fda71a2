/** Status emoji that mean somebody is out of office. */
import { harmless, listed } from './wording.ts';
import { Refusal } from '../errors.ts';

export const AWAY_EMOJI_MAX = 20;

/** As Slack names them, with or without a skin tone. https://docs.slack.dev/reference/methods/emoji.list */
const EMOJI = /^:[\p{Ll}\p{Lo}\p{N}_+'-]{1,100}:(?::skin-tone-[2-6]:)?$/u;

const SHOWN = 3;

/**
 * The emoji of a text, each once: ":palm_tree: :face_with_thermometer:", however they are separated.
 *
 * @throws Refusal `invalid` on `away_emoji` naming what is none, or for more than twenty
 */
export function readAwayEmoji(typed: string): string[] {
  const words = typed.replaceAll(/:(?=:(?!skin-tone))/g, ': ').split(/[\s,;]+/u);
  const emoji = [...new Set(words.filter((word) => word !== '').map((word) => word.toLowerCase()))];
  const unknown = emoji.filter((word) => !EMOJI.test(word)).map(harmless);
  if (unknown.length > 0) {
    const named = unknown.length > SHOWN ? [...unknown.slice(0, SHOWN), `${unknown.length - SHOWN} more`] : unknown;
    throw new Refusal(
      'invalid',
      `Type each emoji by its name between colons, for example :palm_tree:. This is none: ${listed(named)}.`,
      'away_emoji',
    );
  }
  if (emoji.length > AWAY_EMOJI_MAX) {
    throw new Refusal('invalid', `These can be up to ${AWAY_EMOJI_MAX}; you typed ${emoji.length}.`, 'away_emoji');
  }
  return emoji;
}
