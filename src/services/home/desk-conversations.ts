/** What is open at the desks somebody is on, beside what they are in themselves. */
import { countOpenOfDesks, listOpenOfDesks } from '../../store/desk-conversations.ts';
import { listDesksOf } from '../../store/desks.ts';
import { listSeatedIn } from '../../store/seats.ts';
import { aboutConversations, type AboutConversation } from '../conversation/about.ts';
import type { Actor, Deps } from '../deps.ts';

const SHOWN = 10;

export type DeskConversation = AboutConversation & {
  readonly deskName: string;
  /** User ids of who is in it, none while nobody is. */
  readonly agents: readonly string[];
};

export type DeskConversations = { readonly rows: readonly DeskConversation[]; readonly more: number };

/** Up to ten, those without anybody first, then those open longest; and how many more there are. */
export async function deskConversations({ db }: Deps, actor: Actor): Promise<DeskConversations> {
  const { workspaceId, userId } = actor;
  const desks = new Map((await listDesksOf(db, workspaceId, userId)).map(({ id, name }) => [id, name]));
  const whose = { deskIds: [...desks.keys()], userId };
  const open = await listOpenOfDesks(db, workspaceId, whose, SHOWN);
  const ids = open.map(({ id }) => id);
  const seated = await listSeatedIn(db, ids);
  const deskOf = new Map(open.map(({ id, deskId }) => [id, desks.get(deskId) ?? '']));
  const rows = (await aboutConversations(db, actor, open)).map((conversation) => ({
    ...conversation,
    deskName: deskOf.get(conversation.conversationId) ?? '',
    agents: seated.get(conversation.conversationId) ?? [],
  }));
  const all = open.length < SHOWN ? open.length : await countOpenOfDesks(db, workspaceId, whose);
  return { rows, more: all - open.length };
}
