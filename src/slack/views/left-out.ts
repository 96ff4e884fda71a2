/** Who else matches a request for help and is not called now. Of people who are not available nobody else reads why. */
import type { LeftOut } from '../../domain/calling.ts';
import { listed } from '../../domain/wording.ts';
import { names } from './help-card.ts';

const are = (count: number): string => (count === 1 ? '1 is' : `${count.toLocaleString('en')} are`);

/**
 * " 2 more know Billing: 1 is not available, 1 can be called next."; '' where nobody is left out.
 *
 * @param called how many have been called now
 */
export function leftOutWords({ unavailable, often, next }: LeftOut, wanted: readonly string[], called: number): string {
  const all = unavailable + often + next;
  if (all === 0) return '';
  const more = called > 0 ? ' more' : '';
  const who = wanted.length === 0 ? `${are(all)}${more} on the desk` : `${know(all, more)} ${names(wanted)}`;
  const why = [
    ...(unavailable > 0 ? [`${are(unavailable)} not available`] : []),
    ...(often > 0 ? [`${have(often)} been called as often this hour as they want to be`] : []),
    ...(next > 0 ? [`${next.toLocaleString('en')} can be called next`] : []),
  ];
  return ` ${who}: ${listed(why)}.`;
}

const know = (count: number, more: string): string =>
  `${count.toLocaleString('en')}${more} ${count === 1 ? 'knows' : 'know'}`;

const have = (count: number): string => (count === 1 ? '1 has' : `${count.toLocaleString('en')} have`);
