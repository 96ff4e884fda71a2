/** What looks for help, as one person sees it. */
import { placeOf, type Place } from '../../domain/place.ts';
import type { Handle } from '../../store/db.ts';
import {
  listWaitingRequests,
  listWantedFor,
  type WaitingFilter,
  type WaitingRequest,
  type WantedExpertise,
} from '../../store/waiting-requests.ts';
import { languagesOf } from '../../domain/languages.ts';
import { findAgent } from '../../store/agents.ts';
import { listDesks } from '../../store/desks.ts';
import { customerNames } from '../conversation/about.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireMember, type Caller } from '../rights.ts';

export type WaitingRow = Place & {
  readonly requestId: string;
  readonly conversationId: string;
  readonly customers: readonly string[];
  readonly wanted: readonly string[];
  /** Names of the wanted expertise this person has: any at all earns the ⭐. */
  readonly matched: readonly string[];
  readonly askedBy: string;
  /** The bot or workflow that asked, '' for none. */
  readonly askedWith: string;
  readonly askedAt: string;
  readonly note: string;
  /** This person may join and look into it: an agent or administrator. Others see that help is looked for, not the note. */
  readonly mayJoin: boolean;
  /** This person is in the conversation already. */
  readonly isIn: boolean;
  /** The reader's (IANA), '' where it is not known: for times that are read aloud. */
  readonly timeZone: string;
};

/** Whom a screen is for. */
export type Reader = { readonly workspaceId: string; readonly caller: Caller };

export type Waiting = { readonly rows: readonly WaitingRow[]; readonly more: number };

const names = (all: readonly WantedExpertise[]): string[] => all.map(({ name }) => name);

async function rowsOf(db: Handle, reader: Reader, requests: readonly WaitingRequest[]): Promise<WaitingRow[]> {
  if (requests.length === 0) return [];
  const { workspaceId, caller } = reader;
  const { userId, timeZone } = caller.person;
  const mayJoin = caller.isAgent || caller.isAdministrator;
  const ids = requests.map((request) => request.id);
  const wanted = await listWantedFor(db, { workspaceId, userId }, ids);
  const conversationIds = requests.map((request) => request.conversationId);
  const customers = await customerNames(db, workspaceId, conversationIds);
  return requests.map((request) => {
    const wants = wanted.get(request.id) ?? [];
    return {
      requestId: request.id,
      conversationId: request.conversationId,
      ...placeOf(request),
      customers: customers(request.conversationId),
      wanted: names(wants),
      matched: names(wants.filter(({ isMine }) => isMine)),
      askedBy: request.askedBy,
      askedWith: request.askedWith,
      askedAt: request.askedAt,
      // Of a request without a note the message it was asked on tells what it is about.
      note: mayJoin ? request.note || request.message : '',
      mayJoin,
      isIn: request.isIn,
      timeZone,
    };
  });
}

/** Requests that look for help, longest waiting first: `limit` of them, and how many more there are. */
export async function waitingFor(
  db: Handle,
  reader: Reader,
  { limit, offset = 0, ...filter }: WaitingFilter & { limit: number; offset?: number },
): Promise<Waiting> {
  const { workspaceId, caller } = reader;
  const asked = { ...filter, limit, offset };
  const { requests, count } = await listWaitingRequests(db, { workspaceId, userId: caller.person.userId }, asked);
  return { rows: await rowsOf(db, reader, requests), more: Math.max(0, count - offset - requests.length) };
}

const LIST_PAGE = 20;

/** What the reader of the list has chosen to see. */
export type ListFilter = { readonly mine: boolean; readonly myLanguages: boolean; readonly deskId: string };

export const EVERYTHING: ListFilter = { mine: false, myLanguages: false, deskId: '' };

export type HelpList = Waiting & {
  readonly page: number;
  readonly filter: ListFilter;
  readonly desks: readonly { readonly id: string; readonly name: string }[];
};

async function filterFor(
  db: Handle,
  { workspaceId, caller }: Reader,
  { mine, myLanguages, deskId }: ListFilter,
): Promise<WaitingFilter> {
  const { userId, locale } = caller.person;
  const agent = myLanguages ? await findAgent(db, workspaceId, userId) : undefined;
  return {
    ...(mine && { wantedFrom: userId }),
    ...(myLanguages && { languages: languagesOf(agent?.languages ?? [], locale) }),
    ...(deskId !== '' && { deskId }),
  };
}

/**
 * The *Looking for help* list, a page of twenty.
 *
 * @throws Refusal `not_allowed` for guests and outsiders
 */
export async function lookingForHelp(
  { db }: Deps,
  actor: Actor,
  { page = 0, filter = EVERYTHING }: { page?: number; filter?: ListFilter } = {},
): Promise<HelpList> {
  const reader = { workspaceId: actor.workspaceId, caller: await requireMember(db, actor) };
  const desks = await listDesks(db, actor.workspaceId);
  const chosen = await filterFor(db, reader, filter);
  const waiting = await waitingFor(db, reader, { ...chosen, limit: LIST_PAGE, offset: page * LIST_PAGE });
  return { ...waiting, page, filter, desks: desks.map(({ id, name }) => ({ id, name })) };
}
