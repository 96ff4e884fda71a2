/** The open conversations on somebody's Home: those they are in, and what else is open at their desks. */
import { listConversationsOf, listOpenOfDesks } from '../../store/desk-conversations.ts';
import type { Handle } from '../../store/db.ts';
import type { Desk } from '../../store/desks.ts';
import { listSeatedIn } from '../../store/seats.ts';
import { aboutConversations, type AboutConversation } from '../conversation/about.ts';
import { turnsNow, type TurnNow } from '../forward/turn-now.ts';
import type { Reader } from '../help/list.ts';

const SHOWN = 10;

/** `turn`: it was forwarded to them and waits for their answer. */
type MyConversation = AboutConversation & { readonly turn: TurnNow | undefined };

export type MyConversations = { readonly rows: readonly MyConversation[]; readonly hasMore: boolean };

export type DeskConversation = AboutConversation & {
  readonly deskName: string;
  /** User ids of who is in it, none while nobody is. */
  readonly agents: readonly string[];
};

export type DeskConversations = { readonly rows: readonly DeskConversation[]; readonly more: number };

/** Those in which it is the reader's turn come first. */
async function mineOf(db: Handle, { workspaceId, caller }: Reader, mine: readonly AboutConversation[]) {
  const ids = mine.map(({ conversationId }) => conversationId);
  const turns = await turnsNow(db, workspaceId, ids);
  const rows = mine.map((row) => {
    const turn = turns.get(row.conversationId);
    return { ...row, turn: turn?.userId === caller.person.userId ? turn : undefined };
  });
  return rows.sort((a, b) => Number(a.turn === undefined) - Number(b.turn === undefined));
}

/**
 * Of each at most ten, with what is beyond. Theirs: the one active last first. These desks': those without anybody first, then those open
 * longest.
 */
export async function openConversations(
  db: Handle,
  reader: Reader,
  desks: readonly Desk[],
): Promise<{ conversations: MyConversations; deskConversations: DeskConversations }> {
  const { workspaceId, caller } = reader;
  const { userId, timeZone } = caller.person;
  const mine = await listConversationsOf(db, workspaceId, userId, SHOWN + 1);
  const shown = mine.slice(0, SHOWN);
  const deskIds = desks.map(({ id }) => id);
  const { conversations: others, count } = await listOpenOfDesks(db, workspaceId, { deskIds, userId }, SHOWN);
  const seated = await listSeatedIn(
    db,
    others.map(({ id }) => id),
  );
  const about = await aboutConversations(db, { workspaceId, timeZone }, [...shown, ...others]);
  const deskNames = new Map(desks.map(({ id, name }) => [id, name]));
  const deskOf = new Map(others.map(({ id, deskId }) => [id, deskNames.get(deskId) ?? '']));
  const rows = about.slice(shown.length).map((conversation) => ({
    ...conversation,
    deskName: deskOf.get(conversation.conversationId) ?? '',
    agents: seated.get(conversation.conversationId) ?? [],
  }));
  return {
    conversations: { rows: await mineOf(db, reader, about.slice(0, shown.length)), hasMore: mine.length > SHOWN },
    deskConversations: { rows, more: count - others.length },
  };
}
