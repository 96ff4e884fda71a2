/** The languages somebody speaks, and the country they are in. */
import type { KnownBlock } from '@slack/types';
import { COUNTRIES, countryName } from '../../domain/countries.ts';
import { languageName, LANGUAGES } from '../../domain/languages.ts';
import { plain } from './blocks.ts';
import { input, option } from './form.ts';

type Entry = { readonly code: string; readonly name: string };

const languageOption = (code: string) => option(languageName(code), code);
const countryOption = (code: string) => option(countryName(code), code);

/** In groups by the first letter, since Slack takes a hundred options in one: `until` is the last letter of each. */
function groups(entries: readonly Entry[], until: readonly string[]) {
  const letterOf = ({ name }: Entry) => name.normalize('NFD').slice(0, 1).toUpperCase();
  return until.map((last, index) => {
    const before = until[index - 1];
    const first = before === undefined ? 'A' : String.fromCodePoint((before.codePointAt(0) ?? 0) + 1);
    const own = entries.filter((entry) => letterOf(entry) >= first && letterOf(entry) <= last);
    return { label: plain(`${first} – ${last}`), options: own.map(({ name, code }) => option(name, code)) };
  });
}

/** Every language, as options of a list. */
export const languageGroups = () => groups(LANGUAGES, ['K', 'Z']);

export const languageInput = (languages: readonly string[]): KnownBlock =>
  input(
    'languages',
    'Languages',
    {
      type: 'multi_static_select',
      placeholder: plain('Choose languages'),
      option_groups: languageGroups(),
      ...(languages.length > 0 && { initial_options: languages.map(languageOption) }),
    },
    { optional: true, hint: 'Your main language first. Until you choose, it is the one you read Slack in.' },
  );

export const COUNTRY = 'country';

/** @param country '' for none; undefined where nobody asks for it */
export function countryInputs(country: string | undefined): KnownBlock[] {
  if (country === undefined) return [];
  return [
    input(
      COUNTRY,
      'Country',
      {
        type: 'static_select',
        placeholder: plain('Choose a country'),
        option_groups: groups(COUNTRIES, ['F', 'M', 'S', 'Z']),
        ...(country !== '' && { initial_option: countryOption(country) }),
      },
      {
        optional: true,
        hint: 'One of your desks looks for somebody who speaks the customer’s language, or is in their country.',
      },
    ),
  ];
}
