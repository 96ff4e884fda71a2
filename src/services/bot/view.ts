/** What a bot sees of a conversation: nothing internal but who is in it and what it is about. */
import type { CameBy, Outcome, Status } from '../../domain/conversation.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listConversationExpertise, type NamedExpertise } from '../../store/conversation-expertise.ts';
import type { Handle } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { findLastForward, type Forward } from '../../store/forwards.ts';
import { listSeats, type Seat } from '../../store/seats.ts';
import { listTurns, type Turn } from '../../store/turns.ts';
import { listOfToken, type VisitorConversation } from '../../store/visitors.ts';
import type { Deps } from '../deps.ts';
import type { Bot } from '../token/authenticate.ts';
import { findForBot } from './find.ts';
import { agentsNamed, type NamedAgent } from './names.ts';

type SeatOfBot = {
  readonly agent: NamedAgent;
  readonly state: Seat['state'];
  readonly cameBy: CameBy;
  readonly claimedAt: string;
  readonly arrivedAt: string | undefined;
};

type TurnOfBot = Pick<Turn, 'state' | 'decisionId' | 'claimedAt' | 'endedAt'> & { readonly agent: NamedAgent };

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
  /** The last one. */
  readonly forward: (Pick<Forward, 'state' | 'askedAt'> & { readonly turns: readonly TurnOfBot[] }) | undefined;
};

const seatOf = ({ userId, ...seat }: Seat, named: (userId: string) => NamedAgent): SeatOfBot => ({
  agent: named(userId),
  state: seat.state,
  cameBy: seat.cameBy,
  claimedAt: seat.claimedAt,
  arrivedAt: seat.arrivedAt,
});

async function viewOf(db: Handle, { conversation, visitor }: VisitorConversation): Promise<BotView> {
  const { id, workspaceId, deskId } = conversation;
  const desk = await findDesk(db, workspaceId, deskId);
  const seats = await listSeats(db, id);
  const last = await findLastForward(db, id);
  const turns = last === undefined ? [] : await listTurns(db, last.id);
  const named = await agentsNamed(db, workspaceId, [...new Set([...seats, ...turns].map(({ userId }) => userId))]);
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
    agents: seats.map((seat) => seatOf(seat, named)),
    forward: last && { ...last, turns: turns.map((turn) => ({ ...turn, agent: named(turn.userId) })) },
  };
}

/** @throws Refusal `not_found` */
export const conversationForBot = async (db: Handle, bot: Bot, conversationId: string): Promise<BotView> =>
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
