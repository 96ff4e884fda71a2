/** Somebody on the other side of a bot: what the bot may say of them, and the channel Beckon makes for them. */
import { Refusal } from '../errors.ts';
import { lengthOf, tidyName } from './name.ts';

export const CUSTOMER_NAME_MAX = 80;
export const REFERENCE_MAX = 200;
export const TRANSCRIPT_MAX = 100_000;
/** Slack shows about 4,000 characters of a message; the name stands before it. */
export const VISITOR_WORDS_MAX = 3000;

const SLUG_MAX = 40;
/** Ids are hexadecimal: among a million visitors of one name hardly two have the same. Slack keeps the names of archived channels, too. */
const ENDING_LENGTH = 12;

const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What Intl calls a code that is assigned to no country. */
const NO_COUNTRY = new Set([undefined, 'Unknown Region', 'Pseudo-Accents', 'Pseudo-Bidi']);

/** ISO 3166-1 alpha-2 in capitals; undefined for what is none. */
export function countryOf(code: string): string | undefined {
  const country = code.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(country) && !NO_COUNTRY.has(REGIONS.of(country)) ? country : undefined;
}

/**
 * The name of the channel made for a visitor: small letters, digits and hyphens, as Slack wants them, at most 80. Its end follows from
 * the conversation's id, so that asking twice for the same one names the same channel.
 */
export function channelNameFor(customerName: string, conversationId: string): string {
  const slug = customerName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replaceAll(/^-+|-+$/g, '');
  const ending = conversationId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(-ENDING_LENGTH);
  return ['visitor', slug, ending].filter((part) => part !== '').join('-');
}

/** @throws Refusal `invalid` on `text`, for words nobody could see */
export function checkWords(text: string): string {
  const words = text.trim();
  if (tidyName(words) === '') throw new Refusal('invalid', 'Say what the visitor wrote.', 'text');
  if (lengthOf(words) > VISITOR_WORDS_MAX) {
    throw new Refusal('invalid', `A message can be up to ${VISITOR_WORDS_MAX} characters long.`, 'text');
  }
  return words;
}
