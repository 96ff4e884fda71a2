/** Where an expertise is used. */
import type { Expertise } from '../../domain/expertise.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Place } from '../../domain/place.ts';
import type { Handle } from '../../store/db.ts';
import {
  countConversationsAbout,
  listConversationsAbout,
  listRequestsWanting,
  type WantingRequest,
} from '../../store/expertise-links.ts';
import { countHoldersOf, listHolders } from '../../store/holders.ts';

/** How many people, open conversations and open requests for help it is linked to. */
export type UsageCounts = { readonly people: number; readonly conversations: number; readonly requests: number };

export type ExpertiseUsage = {
  readonly expertise: Expertise;
  readonly counts: UsageCounts;
  /** The first of each: holders by name, places by age. */
  readonly people: readonly string[];
  readonly conversations: readonly Place[];
  readonly requests: readonly Place[];
};

const PEOPLE_SHOWN = 20;
const PLACES_SHOWN = 10;

export async function usageOf(db: Handle, workspaceId: string, expertise: Expertise): Promise<ExpertiseUsage> {
  const holders = await listHolders(db, workspaceId, expertise.id, PEOPLE_SHOWN);
  const conversations = await listConversationsAbout(db, workspaceId, expertise.id, PLACES_SHOWN);
  const requests = await listRequestsWanting(db, workspaceId, expertise.id);
  const people = await countHoldersOf(db, workspaceId, expertise.id);
  return {
    expertise,
    counts: { people, conversations: conversations.count, requests: requests.length },
    people: holders.map(({ userId }) => userId),
    conversations: conversations.places,
    requests: requests.slice(0, PLACES_SHOWN),
  };
}

/** The same without naming any of them. */
export async function countUsage(db: Handle, workspaceId: string, expertiseId: string): Promise<UsageCounts> {
  return {
    people: await countHoldersOf(db, workspaceId, expertiseId),
    conversations: await countConversationsAbout(db, workspaceId, expertiseId),
    requests: (await listRequestsWanting(db, workspaceId, expertiseId)).length,
  };
}

/** The cards of requests that name an expertise whose name or being changes. */
export const cardsOf = (requests: readonly WantingRequest[]): Notice[] =>
  requests.map(({ conversationId, requestId }) => ({ kind: 'help.card', conversationId, requestId }));
