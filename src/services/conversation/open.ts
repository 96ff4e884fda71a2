/** Opens the conversation of a channel or thread. */
import type { Spot } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import {
  addCustomers,
  findOpenConversation,
  insertConversation,
  type Conversation,
} from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listDesksOf, listOnThisDesk } from '../../store/desks.ts';
import { insertSeat } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireMember } from '../rights.ts';
import { examinePlace, type ExaminedPlace } from './place.ts';

/** The opener's only desk; somebody on several, or on none, opens for the default desk. */
async function deskFor(trx: Trx, deps: Deps, actor: Actor): Promise<string> {
  const own = await listDesksOf(trx, actor.workspaceId, actor.userId);
  const only = own.length === 1 ? own[0] : undefined;
  return (only ?? (await ensureDefaultDesk(trx, deps, actor.workspaceId))).id;
}

/** A thread's author is its customer, whoever that is, unless an agent of its desk. */
async function customersOf(trx: Trx, workspaceId: string, deskId: string, place: ExaminedPlace): Promise<string[]> {
  const userIds = place.customers.map((customer) => customer.userId);
  if (place.threadTs === '') return userIds;
  const agents = await listOnThisDesk(trx, workspaceId, deskId, userIds);
  return userIds.filter((userId) => !agents.has(userId));
}

/** Takes part in a verb's transaction: the open conversation of a place, opened by this verb where there is none. */
export async function ensureOpen(
  trx: Trx,
  deps: Deps,
  actor: Actor,
  place: ExaminedPlace,
): Promise<{ conversation: Conversation; opened: boolean }> {
  const { workspaceId, userId } = actor;
  const at = { workspaceId, channelId: place.channelId, threadTs: place.threadTs };
  const now = deps.now();
  const caller = await requireMember(trx, actor);
  const id = deps.newId();
  const deskId = await deskFor(trx, deps, actor);
  const opened = await insertConversation(trx, {
    ...place,
    workspaceId,
    id,
    deskId,
    status: 'in_progress',
    openedBy: userId,
    now,
  });
  const conversation = await findOpenConversation(trx, at);
  if (conversation === undefined) throw new Error('A conversation was neither opened nor found open.');
  if (opened) {
    await addCustomers(trx, id, await customersOf(trx, workspaceId, deskId, place));
    if (caller.isAgent) {
      const seat = { id: deps.newId(), workspaceId, conversationId: id, userId };
      await insertSeat(trx, { ...seat, cameBy: 'opened', arrived: true, now });
    }
  }
  return { conversation, opened };
}

export type Opened = { readonly conversationId: string; readonly customers: readonly string[] };

/**
 * Opens the conversation of a channel or thread, by any full member there; an agent who does is in it.
 *
 * @throws Refusal `already` when one is open; `wrong_place`; `not_allowed`
 */
export async function openConversation(deps: Deps, actor: Actor, spot: Spot): Promise<Opened> {
  await requireMember(deps.db, actor);
  const place = await examinePlace(deps, actor.workspaceId, spot);
  return transaction(deps.db, async (trx) => {
    const { conversation, opened } = await ensureOpen(trx, deps, actor, place);
    if (!opened) {
      throw new Refusal(
        'already',
        place.threadTs === ''
          ? 'A conversation is open in this channel already. `/livechat` shows it.'
          : 'A conversation is open in this thread already. The shortcut *Live chat* shows it.',
      );
    }
    await refreshHomes(trx, deps, actor.workspaceId);
    return { conversationId: conversation.id, customers: place.customers.map((customer) => customer.name) };
  });
}
