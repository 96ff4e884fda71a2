/** What the picker of people to invite shows. */
import { isPresenceFresh, isDndFresh, presenceNow, unavailableBecause } from '../../domain/availability.ts';
import { INVITEES_A_PAGE } from '../../domain/inviting.ts';
import { languagesOf } from '../../domain/languages.ts';
import { nameKey } from '../../domain/name.ts';
import type { Presence } from '../../domain/person.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listConversationExpertise } from '../../store/conversation-expertise.ts';
import { listExpertiseOfAll } from '../../store/expertise.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { listWanted } from '../../store/wanted-expertise.ts';
import { listInvitees, type Invitee, type InviteeQuery } from '../../store/invitees.ts';
import { listPeople } from '../../store/people.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { saveSignals } from '../person/signals.ts';
import { requireAgent } from '../rights.ts';
import { openConversationById } from './find.ts';

/** Presence costs one call a person. */
const PRESENCE_ASKED = 10;

/** What is looked at: a page of everybody who fits. */
export type Looking = {
  readonly conversationId: string;
  /** From 0. */
  readonly page: number;
  /** Part of a name as typed; '' for everybody. */
  readonly search: string;
  /** Only people with any of these expertise; empty: everybody. */
  readonly having: readonly string[];
};

export type InviteRow = {
  readonly userId: string;
  readonly name: string;
  readonly presence: Presence;
  /** Others read that somebody is not available, never why. */
  readonly isAvailable: boolean;
  /** Names: those the conversation wants, then the others. */
  readonly wanted: readonly string[];
  readonly expertise: readonly string[];
  /** ISO 639-1. */
  readonly languages: readonly string[];
  /** Open conversations they are in. */
  readonly conversations: number;
};

export type InvitePicker = Place &
  Looking & {
    /** Names of what the conversation wants. */
    readonly wanted: readonly string[];
    readonly rows: readonly InviteRow[];
    readonly hasMore: boolean;
    /** Names of those chosen who are not among the rows, by user id. */
    readonly chosenElsewhere: readonly { readonly userId: string; readonly name: string }[];
  };

/** What the conversation is about, and what its open request wants besides. */
async function wantedBy({ db }: Deps, conversationId: string) {
  const request = await findOpenRequest(db, conversationId);
  const asked = request ? ((await listWanted(db, [request.id])).get(request.id) ?? []) : [];
  const about = await listConversationExpertise(db, conversationId);
  return [...new Map([...about, ...asked].map((expertise) => [expertise.id, expertise])).values()];
}

type Knowing = {
  wanted: readonly string[];
  awayEmoji: readonly string[];
  knows: ReadonlyMap<string, readonly string[]>;
  now: Date;
};

function rowOf(
  { person, pausedUntil, languages, conversations }: Invitee,
  { wanted, awayEmoji, knows, now }: Knowing,
): InviteRow {
  const expertise = knows.get(person.userId) ?? [];
  return {
    userId: person.userId,
    name: person.name,
    presence: presenceNow(person, now),
    isAvailable: unavailableBecause(person, { pausedUntil }, { awayEmoji, now }) === undefined,
    wanted: expertise.filter((name) => wanted.includes(name)),
    expertise: expertise.filter((name) => !wanted.includes(name)),
    languages: languagesOf(languages, person.locale),
    conversations,
  };
}

async function elsewhere({ db }: Deps, workspaceId: string, userIds: readonly string[]) {
  const people = await listPeople(db, workspaceId, userIds);
  return userIds.flatMap((userId) => people.get(userId) ?? []).map(({ userId, name }) => ({ userId, name }));
}

type Part = Pick<InviteeQuery, 'search' | 'having' | 'limit' | 'offset' | 'among'>;

async function readRows(deps: Deps, actor: Actor, conversationId: string, part: Part) {
  const { db, now } = deps;
  const { workspaceId, userId: except } = actor;
  const wanted = await wantedBy(deps, conversationId);
  const awayEmoji = (await findWorkspace(db, workspaceId))?.awayEmoji ?? [];
  const ids = wanted.map(({ id }) => id);
  const query = { workspaceId, conversationId, except, wanted: ids, awayEmoji, now: now(), ...part };
  const found = await listInvitees(db, query);
  const userIds = found.map(({ person }) => person.userId);
  const names = wanted.map(({ name }) => name);
  const knowing = { wanted: names, awayEmoji, knows: await listExpertiseOfAll(db, workspaceId, userIds), now: now() };
  return { wanted: names, rows: found.map((who) => rowOf(who, knowing)) };
}

/**
 * A page of agents who are not in the conversation, from what is stored: Slack is not asked.
 *
 * @param chosen whom this person has ticked so far, on whatever page
 * @throws Refusal `not_allowed`, `not_found`, `gone`
 */
export async function invitePicker(
  deps: Deps,
  actor: Actor,
  looking: Looking,
  chosen: readonly string[] = [],
): Promise<InvitePicker> {
  await requireAgent(deps.db, actor);
  const conversation = await openConversationById(deps.db, actor.workspaceId, looking.conversationId);
  const { wanted, rows } = await readRows(deps, actor, conversation.id, {
    search: nameKey(looking.search),
    having: looking.having,
    limit: INVITEES_A_PAGE + 1,
    offset: looking.page * INVITEES_A_PAGE,
  });
  const shown = rows.slice(0, INVITEES_A_PAGE);
  const userIds = new Set(shown.map(({ userId }) => userId));
  const others = chosen.filter((userId) => !userIds.has(userId));
  return {
    ...placeOf(conversation),
    ...looking,
    wanted,
    rows: shown,
    hasMore: rows.length > INVITEES_A_PAGE,
    chosenElsewhere: await elsewhere(deps, actor.workspaceId, others),
  };
}

/**
 * Asks Slack about the people shown, once they are shown: presence of at most ten whose is not fresh, and do not disturb of all whose is
 * old, in one call.
 *
 * @returns the same rows in the same order with what is known now; undefined where nothing was learned
 */
export async function refreshInvitees(
  deps: Deps,
  actor: Actor,
  picker: InvitePicker,
): Promise<InvitePicker | undefined> {
  const { db, slack, now } = deps;
  const { workspaceId } = actor;
  const userIds = picker.rows.map((row) => row.userId);
  const people = await listPeople(db, workspaceId, userIds);
  const inOrder = userIds.flatMap((userId) => people.get(userId) ?? []);
  const asked = inOrder.filter((person) => !isPresenceFresh(person, now())).slice(0, PRESENCE_ASKED);
  const stale = inOrder.filter((person) => !isDndFresh(person, now()));
  const idsOf = (some: typeof inOrder) => some.map(({ userId }) => userId);
  const [presence, dnd] = await Promise.all([
    asked.length === 0 ? new Map<string, Presence>() : slack.presence(workspaceId, idsOf(asked)),
    stale.length === 0 ? new Map<string, never>() : slack.dnd(workspaceId, idsOf(stale)),
  ]);
  await saveSignals(deps, workspaceId, { presence, dnd });
  return presence.size + dnd.size === 0 ? undefined : refreshed(deps, actor, picker);
}

/** What stands in the picker keeps its place while somebody reads it. */
async function refreshed(deps: Deps, actor: Actor, picker: InvitePicker): Promise<InvitePicker> {
  const among = picker.rows.map((row) => row.userId);
  const all = { search: '', having: [], limit: INVITEES_A_PAGE, offset: 0, among };
  const { rows } = await readRows(deps, actor, picker.conversationId, all);
  const now = new Map(rows.map((row) => [row.userId, row]));
  return { ...picker, rows: picker.rows.map((row) => now.get(row.userId) ?? row) };
}
