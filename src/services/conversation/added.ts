/** Somebody was added to a channel by hand: an agent is in its conversation from then on. */
import { isFullMember } from '../../domain/person.ts';
import { Refusal } from '../../errors.ts';
import { findOpenConversation, lockConversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { listOnDesk } from '../../store/desk-agents.ts';
import { announce } from '../../store/outbox.ts';
import { insertSeat } from '../../store/seats.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { answerByComing } from '../help/came-in.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { webhooksForAgent } from '../webhook/announce.ts';

export type Added = {
  workspaceId: string;
  channelId: string;
  userId: string;
  /** '' for somebody who came by themselves. */
  inviterId: string;
  at: Date;
};

/**
 * Whoever comes into a channel after its conversation was opened is in it, if they are an agent. Whom Beckon added is in what they were
 * added for and nothing else; a channel's threads are not entered by being a member.
 *
 * @throws Refusal `unavailable` when Slack does not say who it is: to be tried again
 */
export async function addedToChannel(deps: Deps, added: Added): Promise<void> {
  const { workspaceId, channelId, userId, inviterId, at } = added;
  const { db } = deps;
  const conversation = await findOpenConversation(db, { workspaceId, channelId, threadTs: '' });
  if (conversation === undefined || conversation.openedAt > at.toISOString()) return;
  if (inviterId !== '' && inviterId === (await findWorkspace(db, workspaceId))?.botUserId) return;
  const person = (await meet(deps, workspaceId, [userId])).get(userId);
  if (person === undefined) throw new Refusal('unavailable', 'Slack did not say who was added to a channel.');
  if (!isFullMember(person)) return;
  await transaction(db, async (trx) => {
    const isAgent = (await listOnDesk(trx, workspaceId, [userId])).has(userId);
    const open = await lockConversation(trx, workspaceId, conversation.id);
    if (!isAgent || open === undefined || open.closedAt !== undefined) return;
    const id = deps.newId();
    const seat = { id, workspaceId, conversationId: open.id, userId, cameBy: 'added', requestId: '' } as const;
    if (!(await insertSeat(trx, { ...seat, arrived: true, now: deps.now() }))) return;
    const answered = await answerByComing(trx, deps, { ...seat, cameAt: at });
    const told = [...answered, ...(await webhooksForAgent(trx, seat))];
    await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
  });
}
