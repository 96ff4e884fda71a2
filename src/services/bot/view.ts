/** What a bot sees of a conversation: nothing internal but who is in it and what it is about. */
import { liveChatNameOf } from '../../domain/agent.ts';
import type { CameBy, Outcome, Status } from '../../domain/conversation.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { findAgent } from '../../store/agents.ts';
import { listConversationExpertise, type NamedExpertise } from '../../store/conversations.ts';
import type { Db } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { findPerson } from '../../store/people.ts';
import { listSeats, type Seat } from '../../store/seats.ts';
import { listOfToken } from '../../store/visitors.ts';
import type { Deps } from '../deps.ts';
import type { Bot } from '../token/authenticate.ts';
import { findForBot, type BotConversation } from './find.ts';

export type SeatOfBot = {
  readonly agent: { readonly id: string; readonly name: string };
  readonly state: Seat['state'];
  readonly cameBy: CameBy;
  readonly claimedAt: string;
  readonly arrivedAt: string | undefined;
};

export type BotView = Place & {
  readonly id: string;
  readonly isMade: boolean;
  readonly desk: NamedExpertise;
  /** undefined once closed. */
  readonly status: Status | undefined;
  readonly outcome: Outcome | 'lost' | undefined;
  readonly expertise: readonly NamedExpertise[];
  readonly customerName: string;
  readonly reference: string;
  readonly language: string;
  readonly country: string;
  readonly openedAt: string;
  readonly closedAt: string | undefined;
  /** Everybody who ever came in or is about to, in that order. */
  readonly agents: readonly SeatOfBot[];
};

async function seatOf(db: Db, { workspaceId, userId, ...seat }: Seat): Promise<SeatOfBot> {
  const person = await findPerson(db, workspaceId, userId);
  const agent = await findAgent(db, workspaceId, userId);
  return {
    agent: { id: userId, name: liveChatNameOf(agent, person?.name ?? 'A colleague') },
    state: seat.state,
    cameBy: seat.cameBy,
    claimedAt: seat.claimedAt,
    arrivedAt: seat.arrivedAt,
  };
}

async function viewOf(db: Db, { conversation, visitor }: BotConversation): Promise<BotView> {
  const { id, workspaceId, deskId } = conversation;
  const desk = await findDesk(db, workspaceId, deskId);
  const seats = await listSeats(db, id);
  return {
    ...placeOf(conversation),
    id,
    isMade: visitor.isMade,
    desk: { id: deskId, name: desk?.name ?? '' },
    status: conversation.status,
    outcome: conversation.outcome,
    expertise: await listConversationExpertise(db, id),
    customerName: visitor.customerName,
    reference: visitor.reference,
    language: visitor.language,
    country: visitor.country,
    openedAt: conversation.openedAt,
    closedAt: conversation.closedAt,
    agents: await Promise.all(seats.map((seat) => seatOf(db, seat))),
  };
}

/** @throws Refusal `not_found` */
export const conversationForBot = async ({ db }: Deps, bot: Bot, conversationId: string): Promise<BotView> =>
  viewOf(db, await findForBot(db, bot, conversationId));

export type Listing = {
  status?: Status | 'open' | 'closed' | undefined;
  reference?: string | undefined;
  before?: { openedAt: string; id: string } | undefined;
  limit: number;
};

/** A page of what this token opened, the newest first, and where the next page begins. */
export async function conversationsForBot(
  { db }: Deps,
  { workspaceId, tokenId }: Bot,
  listing: Listing,
): Promise<{ conversations: BotView[]; next: Listing['before'] }> {
  const found = await listOfToken(db, { ...listing, workspaceId, tokenId, limit: listing.limit + 1 });
  const shown = found.slice(0, listing.limit);
  const last = found.length > shown.length ? shown.at(-1)?.conversation : undefined;
  return {
    conversations: await Promise.all(shown.map((one) => viewOf(db, one))),
    next: last && { openedAt: last.openedAt, id: last.id },
  };
}
