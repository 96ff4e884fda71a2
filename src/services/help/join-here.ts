/** Joins the conversation of the channel somebody is in. */
import { Refusal } from '../../errors.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { conversationHere } from '../conversation/find.ts';
import type { Actor, Deps } from '../deps.ts';
import { join, type JoinOutcome } from './join.ts';

/** @throws Refusal `not_allowed`, `not_found`, `gone` when it does not look for help */
export async function joinHere(deps: Deps, actor: Actor, channelId: string): Promise<JoinOutcome> {
  const conversation = await conversationHere(deps, actor, channelId);
  const request = await findOpenRequest(deps.db, conversation.id);
  if (request === undefined)
    throw new Refusal('gone', 'This conversation is not looking for help. Write in it and you are part of it.');
  return join(deps, actor, { requestId: request.id });
}
