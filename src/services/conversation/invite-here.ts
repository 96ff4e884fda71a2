/** Where somebody who types `/livechat invite` wants to invite people to. */
import { listOpenConversationsIn } from '../../store/conversations.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';
import { aboutConversations, type AboutConversation } from './about.ts';
import { examineChannel } from './place.ts';

export type InviteHere =
  | { readonly found: 'one'; readonly conversationId: string }
  | { readonly found: 'several'; readonly conversations: readonly AboutConversation[] }
  /** None is open, but one could be. */
  | { readonly found: 'none'; readonly channelId: string };

/** @throws Refusal `not_allowed`; `wrong_place` where no conversation can be; `unavailable` */
export async function inviteHere(deps: Deps, actor: Actor, channelId: string): Promise<InviteHere> {
  await requireAgent(deps.db, actor);
  const [first, ...others] = await listOpenConversationsIn(deps.db, actor.workspaceId, channelId);
  if (first !== undefined && others.length > 0) {
    return { found: 'several', conversations: await aboutConversations(deps.db, actor, [first, ...others]) };
  }
  if (first !== undefined) return { found: 'one', conversationId: first.id };
  await examineChannel(deps, actor.workspaceId, channelId);
  return { found: 'none', channelId };
}
