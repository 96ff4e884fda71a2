/** What tells one conversation from another wherever several are named: several threads of one customer may be open in one channel. */
import type { Status } from '../../domain/conversation.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listExpertiseOfConversations } from '../../store/conversation-expertise.ts';
import type { Conversation } from '../../store/conversations.ts';
import { listNamedCustomers } from '../../store/customers.ts';
import type { Handle } from '../../store/db.ts';
import { listVisitorNames } from '../../store/visitors.ts';

export type AboutConversation = Place & {
  readonly conversationId: string;
  readonly status: Status;
  readonly openedAt: string;
  readonly customers: readonly string[];
  /** Names of the expertise it is about. */
  readonly about: readonly string[];
  /** The reader's (IANA), '' where it is not known: for times that are read aloud. */
  readonly timeZone: string;
};

type Named = { readonly userId: string; readonly name: string };

/** Names of the customers of one conversation, a bot's visitor first. */
export function namesOfCustomers(
  customers: readonly Named[],
  visitor: { readonly name: string; readonly speaksAs: string } | undefined,
): string[] {
  // A bot that speaks for a visitor is not who is helped.
  const others = customers.filter(({ userId }) => userId !== visitor?.speaksAs);
  return [...(visitor ? [visitor.name] : []), ...others.map(({ name }) => name || 'a customer')];
}

/** Names of the customers of several conversations, visitors of bots included, by conversation id. */
export async function customerNames(
  db: Handle,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<(conversationId: string) => string[]> {
  const customers = await listNamedCustomers(db, workspaceId, conversationIds);
  const visitors = await listVisitorNames(db, conversationIds);
  return (id) => namesOfCustomers(customers.get(id) ?? [], visitors.get(id));
}

/** Open conversations as a reader in that time zone reads of them, in the order given. */
export async function aboutConversations(
  db: Handle,
  { workspaceId, timeZone }: { workspaceId: string; timeZone: string },
  conversations: readonly Conversation[],
): Promise<AboutConversation[]> {
  if (conversations.length === 0) return [];
  const ids = conversations.map(({ id }) => id);
  const customers = await customerNames(db, workspaceId, ids);
  const expertise = await listExpertiseOfConversations(db, ids);
  return conversations.map((conversation) => ({
    ...placeOf(conversation),
    conversationId: conversation.id,
    status: conversation.status ?? 'in_progress',
    openedAt: conversation.openedAt,
    customers: customers(conversation.id),
    about: (expertise.get(conversation.id) ?? []).map(({ name }) => name),
    timeZone,
  }));
}
