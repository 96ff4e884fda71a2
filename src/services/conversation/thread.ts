/** What somebody finds who looks at a thread: looking never opens a conversation. */
import { placeOf, type Place } from '../../domain/place.ts';
import { findLastConversation, findOpenConversation } from '../../store/conversations.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireMember } from '../rights.ts';
import { examineChannel } from './place.ts';

export type ThreadLook =
  | { readonly found: 'open'; readonly conversationId: string }
  | {
      readonly found: 'none';
      readonly channelId: string;
      readonly threadTs: string;
      /** When the last one here was closed. */
      readonly closedAt: string | undefined;
      /** The channel's own conversation, where one is open. */
      readonly channelConversation: (Place & { readonly id: string }) | undefined;
    };

/** @throws Refusal `not_allowed`; `wrong_place` and `unavailable` as for opening */
export async function lookAtThread(
  deps: Deps,
  actor: Actor,
  { channelId, threadTs }: { channelId: string; threadTs: string },
): Promise<ThreadLook> {
  const { db } = deps;
  const { workspaceId } = actor;
  await requireMember(db, actor);
  const open = await findOpenConversation(db, { workspaceId, channelId, threadTs });
  if (open) return { found: 'open', conversationId: open.id };
  await examineChannel(deps, workspaceId, channelId);
  const last = await findLastConversation(db, { workspaceId, channelId, threadTs });
  const whole = await findOpenConversation(db, { workspaceId, channelId, threadTs: '' });
  return {
    found: 'none',
    channelId,
    threadTs,
    closedAt: last?.closedAt,
    channelConversation: whole && { ...placeOf(whole), id: whole.id },
  };
}
