/** One conversation among others: where, with whom, since when, its status and what it is about. */
import { STATUS_NAMES } from '../../domain/conversation.ts';
import type { AboutConversation } from '../../services/conversation/about.ts';
import { ago, placeLink } from './blocks.ts';
import { names } from './help-card.ts';

/** Where it is, linked, and with whom. A thread's place names when it was begun. */
export const conversationTitle = (
  conversation: Pick<AboutConversation, 'customers'> & Parameters<typeof placeLink>[0],
) =>
  `*${placeLink(conversation)}*${conversation.customers.length === 0 ? '' : `  with ${names(conversation.customers)}`}`;

/** Its status, what it is about, and since when it is open. */
export const conversationFacts = ({ status, about, openedAt }: AboutConversation): string[] => [
  STATUS_NAMES[status],
  ...(about.length === 0 ? [] : [`:mortar_board: ${names(about)}`]),
  `opened ${ago(openedAt)}`,
];

/** What is read of a text: nobody sees where its links lead. */
const read = (text: string): string => text.replaceAll(/<https?:[^|>]*\|/g, '<');

/** Rows that would still look alike (two threads begun in one minute) are numbered. */
export function apart(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const count = (seen.get(read(text)) ?? 0) + 1;
    seen.set(read(text), count);
    return count === 1 ? text : `${text}  ·  no. ${count}`;
  });
}
