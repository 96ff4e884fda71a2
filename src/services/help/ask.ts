/** Somebody who is stuck asks for help: the conversation is *Looking for help*, its card stands, the best matches are called. */
import { placeOf, type Place, type Spot } from '../../domain/place.ts';
import { tidyName } from '../../domain/name.ts';
import { checkNote } from '../../domain/note.ts';
import { Refusal } from '../../errors.ts';
import { addConversationExpertise } from '../../store/conversation-expertise.ts';
import { findOpenConversation, lockConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk, type Desk } from '../../store/desks.ts';
import { listExpertiseByIds } from '../../store/expertise.ts';
import {
  findLastRequest,
  findOpenRequest,
  insertRequest,
  updateRequest,
  type HelpRequest,
} from '../../store/help-requests.ts';
import { listWanted, setRequestExpertise } from '../../store/wanted-expertise.ts';
import { announce } from '../../store/outbox.ts';
import { changeStatus } from '../conversation/change-status.ts';
import { deskMeant } from '../conversation/desk-for.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { ensureOpen } from '../conversation/open.ts';
import { examinePlace, requirePlaceFor, type ExaminedPlace } from '../conversation/place.ts';
import type { Actor, Deps } from '../deps.ts';
import { defaultDesk } from '../desk/default.ts';
import { endForwarding } from '../forward/end.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireMember } from '../rights.ts';
import { MESSAGE_MAX } from './ask-form.ts';
import { advance, type Step } from './advance.ts';
import { prepareRound, type RoundQuery, type RoundSignals } from './round.ts';

export type Ask = Spot & {
  /** What the customer wrote where help is asked for, at most 300 characters. */
  message?: string;
  /** What the helper should know about; none: the desk's own agents are called. */
  expertiseIds: readonly string[];
  /** Internal: what was tried, what is needed. */
  note: string;
  /** The desk chosen where asking opens a conversation and nothing else says which one. */
  deskId?: string;
};

export type Asked = Place & {
  readonly conversationId: string;
  readonly requestId: string;
  /** An open request was brought up to date instead. */
  readonly again: boolean;
  /** People called now. */
  readonly called: readonly string[];
  /** Names of what is looked for. */
  readonly wanted: readonly string[];
  readonly leftOut: Step['leftOut'];
  /** What becomes of it where nobody was called now. */
  readonly next: Step['next'];
  /** '' where the desk has none. */
  readonly helpChannelId: string;
  readonly deskName: string;
  /** How many of the expertise chosen had been deleted meanwhile. */
  readonly gone: number;
};

/** Of signs that show nothing there is no note. */
function shownNote(typed: string): string {
  const note = checkNote(typed);
  return tidyName(note) === '' ? '' : note;
}

async function livingExpertise(deps: Deps, workspaceId: string, ids: readonly string[]) {
  const living = await listExpertiseByIds(deps.db, workspaceId, ids);
  if (ids.length > 0 && living.length === 0) {
    throw new Refusal(
      'gone',
      'What you chose was deleted while this form was open. Choose again, or ask without.',
      'expertise',
    );
  }
  return living;
}

/** The desk a conversation has, or would have if this person opened it. */
async function deskOf(deps: Deps, actor: Actor, conversation: Conversation | undefined, ask: Ask): Promise<Desk> {
  const has = conversation && (await findDesk(deps.db, actor.workspaceId, conversation.deskId));
  return has ?? (await deskMeant(deps.db, actor, ask)) ?? defaultDesk(deps, actor.workspaceId);
}

/** The open request, made or brought up to date. */
async function saveRequest(
  trx: Trx,
  deps: Deps,
  { actor, conversation, desk, note, message }: Prepared & { conversation: Conversation },
): Promise<{ request: HelpRequest; again: boolean }> {
  const made = await insertRequest(trx, {
    id: deps.newId(),
    workspaceId: actor.workspaceId,
    conversationId: conversation.id,
    askedBy: actor.userId,
    note,
    message,
    cardChannelId: desk.helpChannelId,
    previousId: (await findLastRequest(trx, conversation.id))?.id ?? '',
    now: deps.now(),
  });
  const request = await findOpenRequest(trx, conversation.id);
  if (request === undefined) throw new Error('A request for help was neither made nor found open.');
  if (request.state === 'claimed') {
    throw new Refusal('already', 'Somebody has just pressed *Join* and is on the way in.');
  }
  if (!made) await updateRequest(trx, request.id, { note, message: message === '' ? request.message : message });
  return { request: { ...request, note }, again: !made };
}

/** Of another desk's help channel nothing was read: calls go by direct message. */
const UNREAD: RoundSignals = { helpChannelMembers: undefined };

type Prepared = {
  actor: Actor;
  ask: Ask;
  desk: Desk;
  conversation: Conversation | undefined;
  place: ExaminedPlace | undefined;
  expertiseIds: readonly string[];
  note: string;
  message: string;
  query: RoundQuery;
};

async function prepare(deps: Deps, actor: Actor, ask: Ask): Promise<Prepared & { gone: number }> {
  const { workspaceId, userId } = actor;
  const caller = await requireMember(deps.db, actor);
  await requirePlaceFor(deps, actor, caller, ask.channelId);
  const note = shownNote(ask.note);
  const at = { channelId: ask.channelId, threadTs: ask.threadTs ?? '' };
  const conversation = await findOpenConversation(deps.db, { ...at, workspaceId });
  const place = conversation ? undefined : await examinePlace(deps, workspaceId, at);
  const living = await livingExpertise(deps, workspaceId, ask.expertiseIds);
  const desk = await deskOf(deps, actor, conversation, ask);
  const expertiseIds = living.map((expertise) => expertise.id);
  const query = {
    workspaceId,
    conversationId: conversation?.id ?? '',
    requestId: '',
    deskId: desk.id,
    wanted: expertiseIds,
    except: [userId],
    helpChannelId: desk.helpChannelId,
  };
  const gone = ask.expertiseIds.length - expertiseIds.length;
  const message = Array.from(ask.message ?? '')
    .slice(0, MESSAGE_MAX)
    .join('');
  return { actor, ask, desk, conversation, place, expertiseIds, note, message, query, gone };
}

async function conversationNow(trx: Trx, deps: Deps, prepared: Prepared): Promise<Conversation> {
  const { actor, ask, place, conversation } = prepared;
  const { workspaceId } = actor;
  const found = place
    ? (await ensureOpen(trx, deps, actor, place, ask.deskId)).conversation
    : conversation && (await findOpenConversation(trx, { ...placeOf(conversation), workspaceId }));
  const now = found && (await lockConversation(trx, workspaceId, found.id));
  if (now === undefined || now.closedAt !== undefined) {
    throw new Refusal('gone', 'This conversation was closed a moment ago.');
  }
  return now;
}

/**
 * Marks the conversation of a channel or thread *Looking for help*, opening it where none is open. Asking again while a request is open brings its
 * card, expertise and note up to date and calls only people who were not called yet.
 *
 * @throws Refusal `not_allowed`, `wrong_place`, `invalid` on `note`, `gone`, `already` while a joiner is on the way in
 */
export async function askForHelp(deps: Deps, actor: Actor, ask: Ask): Promise<Asked> {
  const prepared = await prepare(deps, actor, ask);
  const signals = await prepareRound(deps, prepared.query, prepared.desk.fallbackId);
  const { workspaceId } = actor;
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const conversation = await conversationNow(trx, deps, prepared);
    await endForwarding(trx, deps, conversation);
    // Somebody of another desk may have opened it a moment ago.
    const desk = (await findDesk(trx, workspaceId, conversation.deskId)) ?? prepared.desk;
    const { request, again } = await saveRequest(trx, deps, { ...prepared, desk, conversation });
    await setRequestExpertise(trx, request.id, prepared.expertiseIds);
    await addConversationExpertise(trx, conversation.id, prepared.expertiseIds);
    await changeStatus(trx, deps, { workspaceId, conversationId: conversation.id }, 'looking_for_help');
    const wanted = (await listWanted(trx, [request.id])).get(request.id) ?? [];
    const query = {
      ...prepared.query,
      conversationId: conversation.id,
      deskId: desk.id,
      helpChannelId: desk.helpChannelId,
      wanted: wanted.map(({ id }) => id),
      except: [actor.userId, request.askedBy],
    };
    const situation = { query, wanted, signals: desk.id === prepared.desk.id ? signals : UNREAD, desk };
    // What the asker must know stands in the answer to the form.
    const { calls, notices, next, leftOut } = await advance(trx, deps, request, situation, 'asked');
    const card = { kind: 'help.card', conversationId: conversation.id, requestId: request.id } as const;
    await announce(trx, workspaceId, [card, ...notices], { now: deps.now(), newId: deps.newId });
    await refreshHomes(trx, deps, workspaceId);
    return {
      ...placeOf(conversation),
      conversationId: conversation.id,
      requestId: request.id,
      again,
      called: calls.map((call) => call.userId),
      wanted: wanted.map(({ name }) => name),
      leftOut,
      next,
      helpChannelId: desk.helpChannelId,
      deskName: desk.name,
      gone: prepared.gone,
    };
  });
}
