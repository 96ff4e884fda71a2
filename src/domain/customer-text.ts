/** Everything a customer can ever read of Beckon, and the one type that may be sent where customers are. */
import { tidyName } from './name.ts';

declare const forCustomers: unique symbol;

/** A text made here. Nothing else type-checks as one, so nothing internal can be posted where customers read. */
export type CustomerText = string & { readonly [forCustomers]: true };

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where a text becomes one for customers
const forCustomer = (text: string): CustomerText => text as CustomerText;

/** What people typed, harmless inside mrkdwn: no mention, link or group can be made of it, and no mark ends the bold. */
const harmless = (name: string): string =>
  tidyName(name)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[*_~`]/g, '');

/** "*Ana* joined the conversation." — with the live chat name. */
export const joinedText = (liveChatName: string): CustomerText =>
  forCustomer(`*${harmless(liveChatName) || 'A colleague'}* joined the conversation.`);
