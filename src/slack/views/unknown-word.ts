/** What is answered to a word behind a command that is none of its words. */
import { shorten } from '../../domain/name.ts';
import { escape } from './blocks.ts';

const WORD_SHOWN = 40;

/**
 * Names the word, the closest one there is, and everything the command understands.
 *
 * @param closest undefined where none is close
 */
export function unknownWord(
  command: '/livechat' | '/expertise',
  { typed, closest, help }: { typed: string; closest: string | undefined; help: string },
): string {
  const word = escape(shorten(typed.replaceAll('`', ''), WORD_SHOWN));
  const meant = closest === undefined ? '' : ` Did you mean \`${command} ${closest}\`?`;
  return `Beckon does not know \`${command} ${word}\`.${meant}\n\n${help}`;
}
