/** What looks for help, as one person sees it. */
import { placeOf, type Place } from '../../domain/place.ts';
import type { NamedExpertise } from '../../store/conversations.ts';
import type { Handle } from '../../store/db.ts';
import { listWanted } from '../../store/help-requests.ts';
import {
  countWaitingRequests,
  listWaitingRequests,
  type WaitingFilter,
  type WaitingRequest,
} from '../../store/waiting-requests.ts';
import { coversOf } from '../../store/calls.ts';
import { languagesOf } from '../../domain/languages.ts';
import { findAgent } from '../../store/agents.ts';
import { findCaller } from '../../store/callers.ts';
import { listDesks } from '../../store/desks.ts';
import { findPerson } from '../../store/people.ts';
import { listConversationsTaken } from '../../store/seats.ts';
import { customerNames } from '../conversation/about.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireMember } from '../rights.ts';

export type WaitingRow = Place & {
  readonly requestId: string;
  readonly conversationId: string;
  readonly customers: readonly string[];
  readonly wanted: readonly string[];
  /** Names of the wanted expertise this person has: any at all earns the ⭐. */
  readonly matched: readonly string[];
  readonly askedBy: string;
  readonly askedAt: string;
  readonly note: string;
  /** This person may join and look into it: an agent or administrator. Others see that help is looked for, not the note. */
  readonly mayJoin: boolean;
  /** This person is in the conversation already. */
  readonly isIn: boolean;
  /** The reader's (IANA), '' where it is not known: for times that are read aloud. */
  readonly timeZone: string;
};

export type Waiting = { readonly rows: readonly WaitingRow[]; readonly more: number };

const names = (all: readonly NamedExpertise[]): string[] => all.map((expertise) => expertise.name);

async function rowsOf(db: Handle, actor: Actor, requests: readonly WaitingRequest[]): Promise<WaitingRow[]> {
  if (requests.length === 0) return [];
  const caller = await findCaller(db, actor.workspaceId, actor.userId);
  const mayJoin = caller !== undefined && (caller.isOnDesk || caller.isAdministrator);
  const { workspaceId, userId } = actor;
  const conversationIds = requests.map((request) => request.conversationId);
  const wanted = await listWanted(
    db,
    requests.map((request) => request.id),
  );
  const customers = await customerNames(db, workspaceId, conversationIds);
  const everything = [...new Set([...wanted.values()].flat().map((expertise) => expertise.id))];
  const mine = new Set((await coversOf(db, workspaceId, everything, [userId])).get(userId));
  const taken = await listConversationsTaken(db, userId, conversationIds);
  return requests.map((request) => {
    const wants = wanted.get(request.id) ?? [];
    return {
      requestId: request.id,
      conversationId: request.conversationId,
      ...placeOf(request),
      customers: customers(request.conversationId),
      wanted: names(wants),
      matched: names(wants.filter((expertise) => mine.has(expertise.id))),
      askedBy: request.askedBy,
      askedAt: request.askedAt,
      // Of a request without a note the message it was asked on tells what it is about.
      note: mayJoin ? request.note || request.message : '',
      mayJoin,
      isIn: taken.has(request.conversationId),
      timeZone: caller?.person.timeZone ?? '',
    };
  });
}

/** Requests that look for help, longest waiting first: `limit` of them, and how many more there are. */
export async function waitingFor(
  db: Handle,
  actor: Actor,
  { limit, offset = 0, ...filter }: WaitingFilter & { limit: number; offset?: number },
): Promise<Waiting> {
  const requests = await listWaitingRequests(db, actor.workspaceId, { ...filter, limit, offset });
  const all =
    requests.length < limit && offset === 0
      ? requests.length
      : await countWaitingRequests(db, actor.workspaceId, filter);
  return { rows: await rowsOf(db, actor, requests), more: Math.max(0, all - offset - requests.length) };
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

async function filterFor(db: Handle, actor: Actor, { mine, myLanguages, deskId }: ListFilter): Promise<WaitingFilter> {
  const { workspaceId, userId } = actor;
  const agent = myLanguages ? await findAgent(db, workspaceId, userId) : undefined;
  const person = myLanguages ? await findPerson(db, workspaceId, userId) : undefined;
  return {
    ...(mine && { wantedFrom: userId }),
    ...(myLanguages && { languages: languagesOf(agent?.languages ?? [], person?.locale ?? '') }),
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
  await requireMember(db, actor);
  const desks = await listDesks(db, actor.workspaceId);
  const chosen = await filterFor(db, actor, filter);
  const waiting = await waitingFor(db, actor, { ...chosen, limit: LIST_PAGE, offset: page * LIST_PAGE });
  return { ...waiting, page, filter, desks: desks.map(({ id, name }) => ({ id, name })) };
}
