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
import { listOnThisDesk } from '../../store/desk-agents.ts';
import { insertSeat } from '../../store/seats.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireMember } from '../rights.ts';
import { deskMeant, keepDesk } from './desk-for.ts';
import { examinePlace, requirePlaceFor, type ExaminedPlace } from './place.ts';

/** A thread's author is its customer, whoever that is, unless an agent of its desk. */
async function customersOf(trx: Trx, workspaceId: string, deskId: string, place: ExaminedPlace): Promise<string[]> {
  const userIds = place.customers.map((customer) => customer.userId);
  if (place.threadTs === '') return userIds;
  const agents = await listOnThisDesk(trx, workspaceId, deskId, userIds);
  return userIds.filter((userId) => !agents.has(userId));
}

/** Opens in a transaction, unless a conversation is open there already. */
export async function openAt(
  trx: Trx,
  deps: Deps,
  place: ExaminedPlace,
  {
    workspaceId,
    deskId,
    openedBy,
    id = deps.newId(),
  }: { workspaceId: string; deskId: string; openedBy: string; id?: string },
): Promise<{ conversation: Conversation; opened: boolean }> {
  const opened = await insertConversation(trx, {
    ...place,
    workspaceId,
    id,
    deskId,
    status: 'in_progress',
    openedBy,
    now: deps.now(),
  });
  const at = { workspaceId, channelId: place.channelId, threadTs: place.threadTs };
  const conversation = await findOpenConversation(trx, at);
  if (conversation === undefined) throw new Error('A conversation was neither opened nor found open.');
  if (opened) await addCustomers(trx, id, await customersOf(trx, workspaceId, deskId, place));
  return { conversation, opened };
}

/**
 * Takes part in a verb's transaction: the open conversation of a place, opened by this verb where there is none. A desk that was chosen
 * for it is the channel's from now on.
 *
 * @throws Refusal `gone` on `desk` when the one chosen was archived meanwhile
 */
export async function ensureOpen(
  trx: Trx,
  deps: Deps,
  actor: Actor,
  place: ExaminedPlace,
  chosenDeskId?: string,
): Promise<{ conversation: Conversation; opened: boolean }> {
  const { workspaceId, userId } = actor;
  const caller = await requireMember(trx, actor);
  // So that the desk is not archived at this moment.
  await lockWorkspace(trx, workspaceId);
  const meant = await deskMeant(trx, actor, { channelId: place.channelId, deskId: chosenDeskId });
  const deskId = (meant ?? (await ensureDefaultDesk(trx, deps, workspaceId))).id;
  const { conversation, opened } = await openAt(trx, deps, place, { workspaceId, deskId, openedBy: userId });
  if (opened && chosenDeskId) await keepDesk(trx, workspaceId, place, deskId);
  if (opened && caller.isAgent) {
    const seat = { id: deps.newId(), workspaceId, conversationId: conversation.id, userId };
    await insertSeat(trx, { ...seat, cameBy: 'opened', arrived: true, now: deps.now() });
  }
  return { conversation, opened };
}

export type Opened = { readonly conversationId: string; readonly customers: readonly string[] };

/**
 * Opens the conversation of a channel or thread, by any full member there; an agent who does is in it.
 *
 * @param spot where, and the desk somebody chose for it
 * @throws Refusal `already` when one is open; `wrong_place`; `not_allowed`; `gone` on `desk`
 */
export async function openConversation(
  deps: Deps,
  actor: Actor,
  { deskId, ...spot }: Spot & { deskId?: string },
): Promise<Opened> {
  await requirePlaceFor(deps, actor, await requireMember(deps.db, actor), spot.channelId);
  const place = await examinePlace(deps, actor.workspaceId, spot);
  return transaction(deps.db, async (trx) => {
    const { conversation, opened } = await ensureOpen(trx, deps, actor, place, deskId);
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
