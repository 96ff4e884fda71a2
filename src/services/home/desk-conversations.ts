/** What is open at the desks somebody is on, beside what they are in themselves. */
import type { Status } from '../../domain/conversation.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listCustomers } from '../../store/conversations.ts';
import { countOpenOfDesks, listOpenOfDesks } from '../../store/desk-conversations.ts';
import { listDesksOf } from '../../store/desks.ts';
import { listPeople } from '../../store/people.ts';
import { listSeatedIn } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';

const SHOWN = 10;

export type DeskConversation = Place & {
  readonly conversationId: string;
  readonly deskName: string;
  readonly status: Status;
  readonly openedAt: string;
  readonly customers: readonly string[];
  /** User ids of who is in it, none while nobody is. */
  readonly agents: readonly string[];
};

export type DeskConversations = { readonly rows: readonly DeskConversation[]; readonly more: number };

/** Up to ten, those without anybody first, then those open longest; and how many more there are. */
export async function deskConversations({ db }: Deps, { workspaceId, userId }: Actor): Promise<DeskConversations> {
  const desks = new Map((await listDesksOf(db, workspaceId, userId)).map(({ id, name }) => [id, name]));
  const whose = { deskIds: [...desks.keys()], userId };
  const open = await listOpenOfDesks(db, workspaceId, whose, SHOWN);
  const ids = open.map(({ id }) => id);
  const customers = await listCustomers(db, ids);
  const people = await listPeople(db, workspaceId, [...new Set([...customers.values()].flat())]);
  const seated = await listSeatedIn(db, ids);
  const rows = open.map((conversation) => ({
    conversationId: conversation.id,
    ...placeOf(conversation),
    deskName: desks.get(conversation.deskId) ?? '',
    status: conversation.status ?? 'in_progress',
    openedAt: conversation.openedAt,
    customers: (customers.get(conversation.id) ?? []).map((id) => people.get(id)?.name ?? 'a customer'),
    agents: seated.get(conversation.id) ?? [],
  }));
  const all = open.length < SHOWN ? open.length : await countOpenOfDesks(db, workspaceId, whose);
  return { rows, more: all - open.length };
}
