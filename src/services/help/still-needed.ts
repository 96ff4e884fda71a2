/** *Still need help*: somebody came in, and it was not enough. */
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { lockConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findRequest, insertRequest, type HelpRequest } from '../../store/help-requests.ts';
import { addRequestExpertise } from '../../store/wanted-expertise.ts';
import { announce } from '../../store/outbox.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { changeStatus } from '../conversation/change-status.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireMember } from '../rights.ts';
import { advance, type Step } from './advance.ts';
import { situationFor } from './situation.ts';

export type Continued = Place & {
  readonly askedAt: string;
  /** People called now. */
  readonly called: readonly string[];
  /** Names of what is looked for. */
  readonly wanted: readonly string[];
  readonly leftOut: Step['leftOut'];
  readonly next: Step['next'];
};

const NOT_THERE = 'That request for help is not there any more.';

async function openOnes(trx: Trx, { workspaceId }: Actor, requestId: string) {
  const request = await findRequest(trx, workspaceId, requestId);
  const conversation = request && (await lockConversation(trx, workspaceId, request.conversationId));
  if (request === undefined || conversation === undefined) throw new Refusal('not_found', NOT_THERE);
  if (conversation.closedAt !== undefined)
    throw new Refusal('gone', 'That conversation is closed, so no help is needed.');
  if (request.endedAt === undefined) throw new Refusal('already', 'It is looking for help already.');
  return { request, conversation };
}

/** A request as the last one was: its age, expertise and words stay, and its card links the last. */
async function continueRequest(
  trx: Trx,
  deps: Deps,
  {
    last,
    askedBy,
    cardChannelId,
    wanted,
  }: { last: HelpRequest; askedBy: string; cardChannelId: string; wanted: readonly string[] },
): Promise<HelpRequest> {
  const { workspaceId, conversationId, note, message, askedAt } = last;
  const id = deps.newId();
  const made = { id, workspaceId, conversationId, askedBy, note, message, askedAt, cardChannelId, previousId: last.id };
  if (!(await insertRequest(trx, { ...made, now: deps.now() }))) {
    throw new Refusal('already', 'It is looking for help already.');
  }
  await addRequestExpertise(trx, id, wanted);
  const request = await findRequest(trx, workspaceId, id);
  if (request === undefined) throw new Error('The request just made is not there.');
  return request;
}

/**
 * Looks for help again, as if the request had never ended: experts are called anew, without those who are in the conversation.
 *
 * @throws Refusal `not_allowed`, `not_found`; `gone` when the conversation is closed; `already` when it looks for help
 */
export async function stillNeedHelp(
  deps: Deps,
  actor: Actor,
  { requestId }: { requestId: string },
): Promise<Continued> {
  const { workspaceId, userId } = actor;
  await requireMember(deps.db, actor);
  const last = await findRequest(deps.db, workspaceId, requestId);
  const situation = last && (await situationFor(deps, { ...last, askedBy: userId, fallbackAt: undefined }, ''));
  if (situation === undefined) throw new Refusal('not_found', NOT_THERE);
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const { request: ended, conversation } = await openOnes(trx, actor, requestId);
    const { desk, query } = situation;
    const made = { last: ended, askedBy: userId, cardChannelId: desk.helpChannelId, wanted: query.wanted };
    const request = await continueRequest(trx, deps, made);
    await changeStatus(trx, deps, { workspaceId, conversationId: conversation.id }, 'looking_for_help');
    const step = await advance(trx, deps, request, situation, 'asked');
    const told = await tell(trx, deps, { request, conversation, step });
    return { ...told, wanted: situation.wanted.map(({ name }) => name) };
  });
}

async function tell(
  trx: Trx,
  deps: Deps,
  { request, conversation, step }: { request: HelpRequest; conversation: Conversation; step: Step },
): Promise<Omit<Continued, 'wanted'>> {
  const { workspaceId } = request;
  const card = { kind: 'help.card', conversationId: conversation.id, requestId: request.id } as const;
  await announce(trx, workspaceId, [card, ...step.notices], { now: deps.now(), newId: deps.newId });
  await refreshHomes(trx, deps, workspaceId);
  const called = step.calls.map((call) => call.userId);
  return { ...placeOf(conversation), askedAt: request.askedAt, called, leftOut: step.leftOut, next: step.next };
}
