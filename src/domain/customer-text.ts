/** Everything a customer can ever read of Beckon, and the one type that may be sent where customers are. */
import { tidyName, withoutDirections } from './name.ts';

declare const forCustomers: unique symbol;

/** A text made here. Nothing else type-checks as one, so nothing internal can be posted where customers read. */
export type CustomerText = string & { readonly [forCustomers]: true };

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where a text becomes one for customers
const forCustomer = (text: string): CustomerText => text as CustomerText;

/** Marks of mrkdwn, and the colons that make an emoji of a name between two of them. */
const MARKS = /[*_~`:]/g;
const SCHEME = /[a-z][a-z0-9+.-]*:\/+/gi;
/** Inside a host name: Slack makes a link of one even without a scheme. */
const HOST_DOT = /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}]{2})/gu;

/**
 * What people typed, harmless inside mrkdwn: no mention, link, emoji or group can be made of it, no mark ends the bold, and it does not turn
 * the sentence around. Empty when nothing is left that anybody could see.
 */
function harmless(typed: string): string {
  const name = tidyName(typed.replaceAll(SCHEME, '').replaceAll(MARKS, '')).replaceAll(HOST_DOT, '.\u200B');
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return '';
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same for words that may have several lines and marks of their own: nothing in them calls anybody. */
const harmlessWords = (typed: string): string =>
  withoutDirections(typed).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Whatever begins a new line somewhere. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/**
 * What a visitor wrote on the other side of a bot, with the name the bot gave for them. Of several lines each is quoted: none of them
 * looks like a line of Beckon's own.
 */
export function visitorSaidText(customerName: string, words: string): CustomerText {
  const who = `*${harmless(customerName) || 'Visitor'}*:`;
  const lines = harmlessWords(words).split(LINE_END);
  return forCustomer(lines.length === 1 ? `${who} ${lines[0]}` : [who, ...lines.map((line) => `>${line}`)].join('\n'));
}

/**
 * "*Ana* joined the conversation." — with the live chat name.
 *
 * @param hasWaited another agent came before and did not answer
 */
export const joinedText = (liveChatName: string, hasWaited = false): CustomerText =>
  forCustomer(
    `${hasWaited ? 'Thank you for waiting. ' : ''}*${harmless(liveChatName) || 'A colleague'}* joined the conversation.`,
  );

/** What a desk's administrators wrote for customers while Beckon looks for somebody. */
export const findingText = (sentence: string): CustomerText => forCustomer(harmlessWords(sentence));

/** What a bot says once somebody comes. */
export const messageText = (message: string): CustomerText => forCustomer(harmlessWords(message));
