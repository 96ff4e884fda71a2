/** What a help card and the calls in its thread say, read when they are sent. */
import type { Uncalled } from '../../domain/calling.ts';
import { placeOf, placeUrl, type Place } from '../../domain/place.ts';
import { listCalls, type Call } from '../../store/calls.ts';
import { findConversation } from '../../store/conversations.ts';
import { findDesk } from '../../store/desks.ts';
import {
  findRequest,
  saveCard,
  uncalledOf,
  type Because,
  type HelpRequest,
  type RequestState,
} from '../../store/help-requests.ts';
import { listWanted } from '../../store/wanted-expertise.ts';
import { findSeatOfRequest } from '../../store/seats.ts';
import { listTurns, type Turn } from '../../store/turns.ts';
import { saveFallbackMessage } from '../../store/unanswered-requests.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import { saveCallMessage } from '../../store/calls.ts';
import { customerNames } from '../conversation/about.ts';
import type { Deps } from '../deps.ts';

type Tried = Pick<Turn, 'userId' | 'state' | 'reason'>;

export type HelpCard = Place & {
  readonly requestId: string;
  readonly conversationId: string;
  readonly state: RequestState;
  readonly customers: readonly string[];
  readonly wanted: readonly string[];
  readonly askedBy: string;
  /** The bot or workflow that asked, '' for none. */
  readonly askedWith: string;
  readonly askedAt: string;
  readonly note: string;
  /** What the customer wrote where help was asked for, '' for none. */
  readonly message: string;
  /** Who came, once somebody did, and when they were in. */
  readonly joined: { readonly userId: string; readonly at: string } | undefined;
  /** Where the card belongs: '' where the desk had no help channel when help was asked for. */
  readonly cardChannelId: string;
  /** '' until it has been posted. */
  readonly cardTs: string;
  /** The desk's help channel is not this one any more: nothing is posted there. */
  readonly isDropped: boolean;
  readonly calls: readonly Call[];
  readonly deskName: string;
  /** The conversation was closed. */
  readonly isClosed: boolean;
  /** Whom the desk fell back to, a person (U…) or user group (S…), '' for nobody yet, and the message that called them. */
  readonly fallback: HelpRequest['fallback'];
  /** Why nobody has been called; undefined where somebody was, and while nobody has looked yet. */
  readonly uncalled: Uncalled | undefined;
  /** Why Beckon asks by itself, '' where somebody asked. */
  readonly because: Because | '';
  /** Those it was forwarded to, where Beckon asks because none of them answered, and how it ended for each. */
  readonly tried: readonly Tried[];
  /** The card of the request before this one, where it stands. */
  readonly previous: { readonly link: string; readonly askedAt: string } | undefined;
};

async function previousCard({ db }: Deps, { workspaceId, previousId }: HelpRequest): Promise<HelpCard['previous']> {
  const previous = previousId === '' ? undefined : await findRequest(db, workspaceId, previousId);
  if (previous === undefined || previous.cardTs === '') return undefined;
  const workspace = await findWorkspace(db, workspaceId);
  const link = placeUrl(workspace?.url ?? '', previous.cardChannelId, previous.cardTs);
  return link === '' ? undefined : { link, askedAt: previous.askedAt };
}

/** Whom Slack would not let in had no chance, so they were not tried. */
async function triedBefore({ db }: Deps, { forwardId }: HelpRequest): Promise<Tried[]> {
  if (forwardId === '') return [];
  const tried = (await listTurns(db, forwardId)).filter(({ state }) => state !== 'failed');
  return tried.map(({ userId, state, reason }) => ({ userId, state, reason }));
}

/** Everything the card, the calls and their edits show; undefined when the request is not there. */
export async function helpCard(deps: Deps, workspaceId: string, requestId: string): Promise<HelpCard | undefined> {
  const { db } = deps;
  const request = await findRequest(db, workspaceId, requestId);
  const conversation = request && (await findConversation(db, workspaceId, request.conversationId));
  if (request === undefined || conversation === undefined) return undefined;
  const desk = await findDesk(db, workspaceId, conversation.deskId);
  const customers = await customerNames(db, workspaceId, [conversation.id]);
  const seat = await findSeatOfRequest(db, requestId);
  const joined = request.state === 'joined' && seat?.arrivedAt !== undefined;
  return {
    requestId,
    conversationId: conversation.id,
    state: request.state,
    ...placeOf(conversation),
    customers: customers(conversation.id),
    wanted: ((await listWanted(db, [requestId])).get(requestId) ?? []).map((expertise) => expertise.name),
    askedBy: request.askedBy,
    askedWith: request.askedWith,
    askedAt: request.askedAt,
    note: request.note,
    message: request.message,
    joined: joined ? { userId: seat.userId, at: seat.arrivedAt } : undefined,
    cardChannelId: request.cardChannelId,
    cardTs: request.cardTs,
    isDropped: request.cardChannelId !== '' && desk?.helpChannelId !== request.cardChannelId,
    calls: await listCalls(db, requestId),
    deskName: desk?.name ?? '',
    isClosed: conversation.closedAt !== undefined,
    fallback: request.fallback,
    uncalled: uncalledOf(request),
    because: request.because,
    tried: await triedBefore(deps, request),
    previous: await previousCard(deps, request),
  };
}

/** The card stands: where it was posted. Whether it still belongs there: its desk may have moved meanwhile. */
export const cardPosted = (
  { db }: Deps,
  requestId: string,
  card: { channelId: string; ts: string },
): Promise<boolean> => saveCard(db, requestId, card);

/** The fallback was called: in which message. */
export const fallbackSent = (
  { db }: Deps,
  requestId: string,
  message: { channelId: string; ts: string },
): Promise<void> => saveFallbackMessage(db, requestId, message);

/** Calls were sent: in which message. */
export const callsSent = (
  { db }: Deps,
  callIds: readonly string[],
  message: { channelId: string; ts: string },
): Promise<void> => saveCallMessage(db, callIds, message);
