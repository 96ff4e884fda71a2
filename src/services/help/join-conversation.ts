/** Joins a conversation that was found by its place. */
import { Refusal } from '../../errors.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { findSeatOf } from '../../store/seats.ts';
import type { Actor, Deps } from '../deps.ts';
import { join, type JoinOutcome } from './join.ts';

/** @throws Refusal `not_allowed`, `not_found`, `gone` when it does not look for help, `already` for somebody in it then */
export async function joinConversation(deps: Deps, actor: Actor, conversationId: string): Promise<JoinOutcome> {
  const request = await findOpenRequest(deps.db, conversationId);
  if (request === undefined && (await findSeatOf(deps.db, conversationId, actor.userId))) {
    throw new Refusal('already', 'You are in this conversation already, and it is not looking for help.');
  }
  if (request === undefined) {
    throw new Refusal(
      'gone',
      'This conversation is not looking for help. To be part of it all the same, write in it, or ask whoever is in it to invite you.',
    );
  }
  return join(deps, actor, { requestId: request.id });
}
