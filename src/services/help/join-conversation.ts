/** Joins a conversation that was found by its place. */
import { Refusal } from '../../errors.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import type { Actor, Deps } from '../deps.ts';
import { join, type JoinOutcome } from './join.ts';

/** @throws Refusal `not_allowed`, `not_found`, `gone` when it does not look for help */
export async function joinConversation(deps: Deps, actor: Actor, conversationId: string): Promise<JoinOutcome> {
  const request = await findOpenRequest(deps.db, conversationId);
  if (request === undefined) {
    throw new Refusal('gone', 'This conversation is not looking for help. An agent who writes in it is part of it.');
  }
  return join(deps, actor, { requestId: request.id });
}
