/** A help channel that is no longer safe is dropped: what stands there could be read by customers. */
import { isFullMember } from '../../domain/person.ts';
import { Refusal } from '../../errors.ts';
import { listAdministrators } from '../../store/callers.ts';
import { transaction } from '../../store/db.ts';
import { updateDesk } from '../../store/desk-state.ts';
import { listDesks, listDesksOfHelpChannel } from '../../store/desks.ts';
import { announce } from '../../store/outbox.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { blankEnded, moveCards } from '../help/move-cards.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';

export type Unsafe = 'shared' | 'guest' | 'archived' | 'removed';

/** Drops the channel from every desk that has it, and tells the administrators. */
export async function dropHelpChannel(
  deps: Deps,
  workspaceId: string,
  channelId: string,
  reason: Unsafe,
): Promise<void> {
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const desks = await listDesksOfHelpChannel(trx, workspaceId, channelId);
    if (desks.length === 0) return;
    const isUnsafe = reason === 'shared' || reason === 'guest';
    const administrators = await listAdministrators(trx, workspaceId);
    for (const desk of desks) {
      await updateDesk(trx, workspaceId, desk.id, { helpChannelId: '' });
      await moveCards(trx, deps, workspaceId, { deskId: desk.id, isUnsafe });
      const told = administrators.map(
        (userId) => ({ kind: 'help_channel.dropped', userId, deskId: desk.id, channelId, reason }) as const,
      );
      await announce(trx, workspaceId, told, { now: deps.now(), newId: deps.newId });
    }
    if (isUnsafe) await blankEnded(trx, deps, workspaceId, channelId);
    await refreshHomes(trx, deps, workspaceId);
  });
}

/** Somebody came into a help channel: it stays one only while everybody in it is a full member. */
export async function checkHelpChannelMember(
  deps: Deps,
  workspaceId: string,
  channelId: string,
  userId: string,
): Promise<void> {
  const desks = await listDesksOfHelpChannel(deps.db, workspaceId, channelId);
  if (desks.length === 0) return;
  const person = (await meet(deps, workspaceId, [userId])).get(userId);
  // Whoever is not known may be a customer: the event is tried again until Slack says.
  if (person === undefined) throw new Refusal('unavailable', 'Slack did not say who came into a help channel.');
  if (!person.isBot && !isFullMember(person)) await dropHelpChannel(deps, workspaceId, channelId, 'guest');
}

/**
 * Somebody became a guest: the help channels they are in would be read by a customer.
 *
 * @throws Refusal `unavailable` when Slack does not say who is in one
 */
export async function dropHelpChannelsWith(deps: Deps, workspaceId: string, userId: string): Promise<void> {
  const desks = await listDesks(deps.db, workspaceId);
  const channels = new Set(desks.map(({ helpChannelId }) => helpChannelId).filter((id) => id !== ''));
  for (const channelId of channels) {
    const members = await deps.slack.members(workspaceId, channelId);
    if (members === 'unknown') throw new Refusal('unavailable', 'Slack did not say who is in a help channel.');
    if (members.includes(userId)) await dropHelpChannel(deps, workspaceId, channelId, 'guest');
  }
}
