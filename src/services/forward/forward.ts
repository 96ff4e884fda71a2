/** Forwards a conversation: the app chooses who comes in. */
import { FORWARD_TEXT_MAX, tooLong, type CameFrom, type Wish } from '../../domain/forward.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { findArrival } from '../../store/arrivals.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import type { Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { insertForward, listForwardsLeft } from '../../store/forwards.ts';
import { together } from '../../store/together.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { lockOpenConversation, openConversationById } from '../conversation/find.ts';
import type { Actor, Deps } from '../deps.ts';
import { homeViewers, refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';
import { tellNoAgent } from '../webhook/forwarding.ts';
import { checkWish, choiceFor } from './choice.ts';
import { ASK_FIRST, choose, choosing, type Chosen, type Winner } from './choose.ts';
import { claimTurn, storeDecision, type Claim } from './claim.ts';
import { endThese } from './end.ts';
import { waitForAnybody } from './waiting.ts';

export type ForwardInput = {
  readonly conversationId: string;
  readonly wish: Wish;
  /** Only agents read it. */
  readonly note: string;
  /** What the customer reads once somebody has come, '' for nothing. */
  readonly message: string;
  readonly cameFrom: CameFrom;
  /** The token it was asked with. */
  readonly tokenId?: string;
};

type Found = {
  readonly outcome: 'forwarded';
  readonly turnId: string;
  readonly agent: Omit<Winner, 'causes'>;
  readonly covered: readonly NamedExpertise[];
  readonly missing: readonly NamedExpertise[];
};

export type ForwardOutcome = Place & { readonly forwardId: string; readonly decisionId: string } & (
    | Found
    | { readonly outcome: 'no_agent' }
  );

function checkTexts(input: ForwardInput): void {
  const long = tooLong(input);
  if (long === undefined) return;
  const why = `This can be up to ${FORWARD_TEXT_MAX} characters long; it has ${long.length}.`;
  throw new Refusal('invalid', why, long.field);
}

type Asking = Chosen & Pick<Claim, 'awayEmoji' | 'arrival'> & { readonly conversation: Conversation };

/** What is decided, and what writes it down. */
type Decided = { readonly outcome: ForwardOutcome; readonly write: (trx: Trx) => Promise<unknown> };

function decide(deps: Deps, by: Actor, input: ForwardInput, asking: Asking): Decided {
  const { conversation, record, winner, awayEmoji, arrival } = asking;
  const { wanted } = record;
  const [best] = record.considered;
  const made = {
    id: deps.newId(),
    workspaceId: by.workspaceId,
    conversationId: conversation.id,
    askedBy: by.userId,
    cameFrom: input.cameFrom,
    tokenId: input.tokenId ?? '',
    wish: { ...input.wish, wanted: wanted.map(({ id }) => id) },
    note: input.note,
    message: input.message,
    state: winner === undefined ? 'no_agent' : 'open',
  } as const;
  const insert = (trx: Trx) => insertForward(trx, { ...made, now: deps.now() });
  const deciding = { conversation, forward: made, record };
  const decisionId = deps.newId();
  const told = { ...placeOf(conversation), forwardId: made.id, decisionId };
  if (winner === undefined || best === undefined) {
    const write = async (trx: Trx) => {
      await insert(trx);
      await waitForAnybody(trx, deps, conversation);
      await storeDecision(trx, deps, deciding, { id: decisionId, winnerId: '' });
      await tellNoAgent(trx, deps, made, decisionId);
    };
    return { outcome: { ...told, outcome: 'no_agent' }, write };
  }
  const turnId = deps.newId();
  const claim = { winner, awayEmoji, arrival, decisionId, turnId };
  const outcome = {
    ...told,
    outcome: 'forwarded',
    turnId,
    agent: winner,
    covered: wanted.filter(({ id }) => best.covers.includes(id)),
    missing: wanted.filter(({ id }) => !best.covers.includes(id)),
  } as const;
  return { outcome, write: (trx) => together(trx, [() => insert(trx), () => claimTurn(trx, deps, deciding, claim)]) };
}

/** What else belongs to a forward, in the same transaction. */
export type Inside = (trx: Trx, outcome: ForwardOutcome) => Promise<void>;

/**
 * Gives a conversation to the best agent who can take it, and says who and why; a forward under way ends. They are in once Slack has added
 * them. Nobody available is an outcome, and nothing is posted then.
 *
 * @param by an agent, or nobody ('') for a bot and for Beckon itself
 * @throws Refusal `not_allowed`, `not_found`, `gone`; `invalid` for more than a hundred expertise or candidates, a candidate who is no full
 *   member, or a text too long
 */
export async function forward(deps: Deps, by: Actor, input: ForwardInput, inside?: Inside): Promise<ForwardOutcome> {
  const { workspaceId } = by;
  checkWish(input.wish);
  checkTexts(input);
  if (by.userId !== '') await requireAgent(deps.db, by);
  const look = async () =>
    choiceFor(deps.db, await openConversationById(deps.db, workspaceId, input.conversationId), input.wish);
  return choosing(deps, look, (learned) =>
    transaction(deps.db, async (trx) => {
      const [{ awayEmoji }, conversation, choice, left, arrival] = await together(trx, [
        () => lockWorkspace(trx, workspaceId),
        () => lockOpenConversation(trx, workspaceId, input.conversationId),
        () => choiceFor(trx, { workspaceId, id: input.conversationId }, input.wish),
        () => listForwardsLeft(trx, input.conversationId),
        () => findArrival(trx, { workspaceId, conversationId: input.conversationId }),
      ]);
      const chosen = await choose(trx, deps, choice, { learned, awayEmoji });
      if (chosen === ASK_FIRST) return ASK_FIRST;
      await endThese(trx, deps, conversation, left);
      const { outcome, write } = decide(deps, by, input, { ...chosen, conversation, awayEmoji, arrival });
      const [, , viewers] = await together(trx, [
        () => write(trx),
        async () => inside?.(trx, outcome),
        () => homeViewers(trx, deps, workspaceId),
      ]);
      await refreshHomes(trx, deps, workspaceId, viewers);
      return outcome;
    }),
  );
}
