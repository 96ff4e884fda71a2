/** Everything a customer can ever read of Beckon, and the one type that may be sent where customers are. */
import { tidyName } from './name.ts';

declare const forCustomers: unique symbol;

/** A text made here. Nothing else type-checks as one, so nothing internal can be posted where customers read. */
export type CustomerText = string & { readonly [forCustomers]: true };

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where a text becomes one for customers
const forCustomer = (text: string): CustomerText => text as CustomerText;

/** Marks of mrkdwn, and what turns the direction of the words behind it. */
const MARKS = /[*_~`\u202A-\u202E\u2066-\u2069]/g;

/**
 * What people typed, harmless inside mrkdwn: no mention, link or group can be made of it, no mark ends the bold, and it does not turn
 * the sentence around. Empty when nothing is left that anybody could see.
 */
function harmless(typed: string): string {
  const name = tidyName(typed.replaceAll(MARKS, ''));
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return '';
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** "*Ana* joined the conversation." — with the live chat name. */
export const joinedText = (liveChatName: string): CustomerText =>
  forCustomer(`*${harmless(liveChatName) || 'A colleague'}* joined the conversation.`);
