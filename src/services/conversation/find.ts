/** The conversation somebody means. */
import { Refusal } from '../../errors.ts';
import {
  findConversation,
  listOpenConversationsIn,
  lockConversation,
  type Conversation,
} from '../../store/conversations.ts';
import type { Handle, Trx } from '../../store/db.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent, requireMember } from '../rights.ts';
import { examineChannel } from './place.ts';
import { aboutConversations, type AboutConversation } from './about.ts';

const NONE_HERE =
  'No conversation is open in this channel. Open one with `/livechat open`, or in a thread with the shortcut *Live chat* on its first message.';

function requireOpen(conversation: Conversation | undefined): Conversation {
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  if (conversation.closedAt !== undefined) throw new Refusal('gone', 'That conversation is closed.');
  return conversation;
}

/** @throws Refusal `not_found`, or `gone` when it is closed */
export const openConversationById = async (db: Handle, workspaceId: string, id: string): Promise<Conversation> =>
  requireOpen(await findConversation(db, workspaceId, id));

/**
 * The same for a verb that changes it: nobody else changes or closes it until the transaction ends. To be taken before any row that
 * belongs to the conversation, so that verbs that meet wait for each other in one order.
 *
 * @throws Refusal `not_found`, or `gone` when it is closed
 */
export const lockOpenConversation = async (trx: Trx, workspaceId: string, id: string): Promise<Conversation> =>
  requireOpen(await lockConversation(trx, workspaceId, id));

/** Why nothing is open here: nothing could be, as where Beckon is not, or nothing is. */
async function noneHere(deps: Deps, { workspaceId }: Actor, channelId: string): Promise<Refusal> {
  const none = new Refusal('not_found', NONE_HERE);
  const why = await examineChannel(deps, workspaceId, channelId).then(
    () => none,
    (error: unknown) => error,
  );
  if (!(why instanceof Refusal)) throw why;
  return why.code === 'unavailable' ? none : why;
}

/**
 * What is open in a channel, its own conversation and those of its threads, for an agent who types a command there (commands do not run in
 * threads, so Slack does not say which one they mean).
 *
 * @throws Refusal `not_allowed`; `not_found` when nothing is open, `wrong_place` where nothing could be
 */
export async function conversationsHere(deps: Deps, actor: Actor, channelId: string): Promise<AboutConversation[]> {
  const { db } = deps;
  const { workspaceId } = actor;
  const { person } = await requireAgent(db, actor);
  const open = await listOpenConversationsIn(db, workspaceId, channelId);
  if (open.length === 0) throw await noneHere(deps, actor, channelId);
  return aboutConversations(db, { workspaceId, timeZone: person.timeZone }, open);
}

/** Conversations that are open in threads of a channel. @throws Refusal `not_allowed` */
export async function openThreadsIn({ db }: Deps, actor: Actor, channelId: string): Promise<Conversation[]> {
  await requireMember(db, actor);
  const open = await listOpenConversationsIn(db, actor.workspaceId, channelId);
  return open.filter((conversation) => conversation.threadTs !== '');
}
