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
  const { workspaceId } = actor;
  const { person } = await requireAgent(deps.db, actor);
  const open = await listOpenConversationsIn(deps.db, workspaceId, channelId);
  const [first, ...others] = open;
  if (others.length > 0) {
    const conversations = await aboutConversations(deps.db, { workspaceId, timeZone: person.timeZone }, open);
    return { found: 'several', conversations };
  }
  if (first !== undefined) return { found: 'one', conversationId: first.id };
  await examineChannel(deps, workspaceId, channelId);
  return { found: 'none', channelId };
}
