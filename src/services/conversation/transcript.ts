/** What was said before a bot handed a conversation over. Internal. */
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { findConversation } from '../../store/conversations.ts';
import { findVisitor } from '../../store/visitors.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';
import { customerNames } from './about.ts';

export type Transcript = Place & {
  readonly conversationId: string;
  readonly customers: readonly string[];
  /** '' where the bot handed over none. */
  readonly text: string;
};

/** @throws Refusal `not_allowed`, `not_found` */
export async function transcriptOf({ db }: Deps, actor: Actor, conversationId: string): Promise<Transcript> {
  const { workspaceId } = actor;
  await requireAgent(db, actor);
  const conversation = await findConversation(db, workspaceId, conversationId);
  const visitor = conversation && (await findVisitor(db, workspaceId, conversationId));
  if (conversation === undefined || visitor === undefined) {
    throw new Refusal('not_found', 'That conversation is not there any more.');
  }
  const customers = await customerNames(db, workspaceId, [conversationId]);
  return {
    ...placeOf(conversation),
    conversationId,
    customers: customers(conversationId),
    text: visitor.transcript,
  };
}
