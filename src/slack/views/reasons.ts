/** Why somebody ranks where they do, in words: "covers Billing and Refunds", "speaks French", "1 open conversation". */
import type { WeighedAgent } from '../../services/forward/ranking.ts';
import type { DecisionRecord } from '../../domain/forward.ts';
import { languageName } from '../../domain/languages.ts';
import { shorten } from '../../domain/name.ts';
import { counted, listed } from '../../domain/wording.ts';
import { safeName } from './blocks.ts';

const NAMES_SHOWN = 5;

const few = (all: readonly { name: string }[]): string => {
  const shown = all.slice(0, NAMES_SHOWN).map(({ name }) => safeName(name));
  const left = all.length - shown.length;
  return listed([...shown, ...(left > 0 ? [`${left} more`] : [])]);
};

type Wished = Pick<DecisionRecord, 'language' | 'country'>;

/** What speaks for somebody, the most important first. Do not disturb, huddles and presence are nobody else's business. */
function reasonsIn(who: WeighedAgent, { language }: Wished): string[] {
  return [
    ...(who.covered.length > 0 ? [`covers ${few(who.covered)}`] : []),
    ...(who.missing.length > 0 && who.covered.length > 0 ? [`not ${few(who.missing)}`] : []),
    ...(who.speaks ? [`speaks ${languageName(language)}`] : []),
    ...(who.isInCountry ? ['is in the same country'] : []),
    ...(who.isPrevious ? ['had this customer before'] : []),
    who.load === 0 ? 'no open conversations' : counted(who.load, 'open conversation'),
  ];
}

const WORDS_MAX = 600;

/** "covers Billing and Refunds, speaks French, 1 open conversation". */
export const reasonsOf = (who: WeighedAgent, wished: Wished): string =>
  shorten(reasonsIn(who, wished).join(', '), WORDS_MAX);
