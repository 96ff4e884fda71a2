/** The conversation a workflow's step is about. */
import { Refusal } from '../../errors.ts';
import { lockConversation, type Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { deskMeant } from '../conversation/desk-for.ts';
import { openAt } from '../conversation/open.ts';
import type { ExaminedPlace } from '../conversation/place.ts';
import type { Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';

/**
 * The channel's open conversation, opened where there is none; nobody is in it by that.
 *
 * @throws Refusal `gone`
 */
export async function openFor(trx: Trx, deps: Deps, workspaceId: string, place: ExaminedPlace): Promise<Conversation> {
  // So that the desk is not archived at this moment.
  await lockWorkspace(trx, workspaceId);
  const meant = await deskMeant(trx, { workspaceId, userId: '' }, { channelId: place.channelId });
  const deskId = (meant ?? (await ensureDefaultDesk(trx, deps, workspaceId))).id;
  const { conversation } = await openAt(trx, deps, place, { workspaceId, deskId, openedBy: '' });
  const locked = await lockConversation(trx, workspaceId, conversation.id);
  if (locked === undefined || locked.closedAt !== undefined) {
    throw new Refusal('gone', 'The conversation was closed at the same moment. Run the workflow again.');
  }
  return locked;
}
