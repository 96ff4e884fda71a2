/** The one way in which the status of an open conversation changes, whatever changed it. */
import type { Status } from '../../domain/conversation.ts';
import { findConversation, setStatus } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import type { Deps } from '../deps.ts';
import { announceWebhook } from '../webhook/announce.ts';

/** Takes part in a verb's transaction; whether it had another status. */
export async function changeStatus(
  trx: Trx,
  deps: Deps,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  status: Status,
): Promise<boolean> {
  const before = await findConversation(trx, workspaceId, conversationId);
  if (before?.status === undefined || before.status === status) return false;
  if (!(await setStatus(trx, workspaceId, conversationId, status))) return false;
  await tellStatus(trx, deps, { workspaceId, conversationId }, { status, before: before.status });
  return true;
}

/** For who has changed the status in another way. `before` is undefined for one that was closed. */
export const tellStatus = (
  trx: Trx,
  deps: Deps,
  where: { workspaceId: string; conversationId: string },
  { status, before }: { status: Status; before: Status | undefined },
): Promise<void> =>
  announceWebhook(trx, deps, where, {
    type: 'conversation.status_changed',
    status,
    previous_status: before ?? null,
  });
