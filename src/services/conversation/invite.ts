/** Brings others into a conversation. */
import { INVITED_MAX } from '../../domain/inviting.ts';
import { isFullMember } from '../../domain/person.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import type { Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listOnDesk } from '../../store/desk-agents.ts';
import { announce } from '../../store/outbox.ts';
import { listPeople } from '../../store/people.ts';
import { insertSeat } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';
import { claimFor } from '../help/came-in.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAgent } from '../rights.ts';
import { lockOpenConversation } from './find.ts';

export type Invited = Place & {
  /** They are being added now. */
  readonly invited: readonly string[];
  /** They were in it, or on the way in, already. */
  readonly alreadyIn: readonly string[];
  /** They are no agents any more. */
  readonly unfit: readonly string[];
};

function checkChosen(userIds: readonly string[]): string[] {
  if (userIds.length === 0) throw new Refusal('invalid', 'Tick at least one person to invite.');
  if (userIds.length > INVITED_MAX) {
    throw new Refusal('invalid', `You can invite up to ${INVITED_MAX} people at once; ${userIds.length} are ticked.`);
  }
  return [...new Set(userIds)];
}

async function fitAmong(trx: Trx, workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
  const people = await listPeople(trx, workspaceId, userIds);
  const onDesk = await listOnDesk(trx, workspaceId, userIds);
  return new Set(
    [...people.values()].filter((who) => isFullMember(who) && onDesk.has(who.userId)).map((who) => who.userId),
  );
}

/** Claims a seat, and the open request where there is one; whether they were not in it yet. */
async function claimSeat(trx: Trx, deps: Deps, actor: Actor, { id }: Conversation, userId: string): Promise<boolean> {
  const { workspaceId, userId: invitedBy } = actor;
  const now = deps.now();
  const seat = { id: deps.newId(), workspaceId, conversationId: id, userId, cameBy: 'invited', requestId: '' } as const;
  if (!(await insertSeat(trx, { ...seat, invitedBy, arrived: false, now }))) return false;
  await claimFor(trx, deps, seat);
  const claimed = { kind: 'seat.claimed', conversationId: id, seatId: seat.id } as const;
  await announce(trx, workspaceId, [claimed], { now, newId: deps.newId });
  return true;
}

/**
 * Claims a seat for each person. They are in once Slack has added them to the channel; whom it will not let in is named to whoever invited
 * them. An open request for help is answered by the first who comes.
 *
 * @throws Refusal `not_allowed`, `not_found`, `gone`; `invalid` for nobody or more than thirty
 */
export async function invite(
  deps: Deps,
  actor: Actor,
  { conversationId, userIds }: { conversationId: string; userIds: readonly string[] },
): Promise<Invited> {
  const { workspaceId } = actor;
  const chosen = checkChosen(userIds);
  await requireAgent(deps.db, actor);
  await meet(deps, workspaceId, chosen);
  return transaction(deps.db, async (trx) => {
    const conversation = await lockOpenConversation(trx, workspaceId, conversationId);
    const fit = await fitAmong(trx, workspaceId, chosen);
    const [invited, alreadyIn]: [string[], string[]] = [[], []];
    for (const userId of chosen.filter((id) => fit.has(id))) {
      const isNew = await claimSeat(trx, deps, actor, conversation, userId);
      (isNew ? invited : alreadyIn).push(userId);
    }
    if (invited.length > 0) await refreshHomes(trx, deps, workspaceId);
    return { ...placeOf(conversation), invited, alreadyIn, unfit: chosen.filter((id) => !fit.has(id)) };
  });
}
