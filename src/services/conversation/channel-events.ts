/** What happens to a channel happens to the conversations in it. */
import { isCustomer } from '../../domain/person.ts';
import { Refusal } from '../../errors.ts';
import { moveChannel, renameChannel } from '../../store/channels.ts';
import { addCustomers, findOpenConversation, listOpenConversationsIn } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import type { Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import { closeNow } from './close.ts';

/** The channel was archived, or Beckon is not in it any more: its conversations are lost. */
export async function channelLost(deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  await transaction(deps.db, async (trx) => {
    for (const conversation of await listOpenConversationsIn(trx, workspaceId, channelId)) {
      await closeNow(trx, deps, conversation, { by: '', lost: true });
    }
  });
}

export const channelMoved = ({ db }: Deps, workspaceId: string, from: string, to: string): Promise<void> =>
  transaction(db, (trx) => moveChannel(trx, workspaceId, from, to));

/** A channel is called something else now. */
export const channelRenamed = ({ db }: Deps, workspaceId: string, channelId: string, name: string): Promise<void> =>
  renameChannel(db, workspaceId, channelId, name);

/**
 * Somebody came into a channel: a guest or outsider is a customer of its open conversation.
 *
 * @throws Refusal `unavailable` when Slack does not say who it is: to be tried again
 */
export async function memberCame(deps: Deps, workspaceId: string, channelId: string, userId: string): Promise<void> {
  const conversation = await findOpenConversation(deps.db, { workspaceId, channelId, threadTs: '' });
  if (conversation === undefined) return;
  const person = (await meet(deps, workspaceId, [userId])).get(userId);
  if (person === undefined) throw new Refusal('unavailable', 'Slack did not say who came into a channel.');
  if (isCustomer(person)) await addCustomers(deps.db, conversation.id, [userId]);
}
