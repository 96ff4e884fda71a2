/** What the form that forwards a conversation shows: what is wished for, and who would get it. */
import { FORM_WANTED_MAX, type Wish } from '../../domain/forward.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listConversationExpertise, type NamedExpertise } from '../../store/conversations.ts';
import { findLastForward } from '../../store/forwards.ts';
import { openConversationById } from '../conversation/find.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';
import { expertiseOf } from './choice.ts';
import { decisionView, type DecisionView } from './decision.ts';
import { forward, type ForwardOutcome } from './forward.ts';
import { rankingFor, type RankedAgent } from './ranking.ts';
import { turnView } from './turn-view.ts';

/** So many are shown before anything is done. */
const SHOWN = 3;

/** What an agent wishes for in the form. */
export type FormWish = { readonly wanted: readonly string[]; readonly language: string };

export type ForwardForm = Place & {
  readonly conversationId: string;
  readonly wanted: readonly NamedExpertise[];
  /** ISO 639-1, '' where it does not matter. */
  readonly language: string;
  /** Those who would get it now, best first, without who is in it; none where nobody is available. */
  readonly best: readonly RankedAgent[];
};

const wishOf = ({ wanted, language }: FormWish, country: string): Wish => ({
  wanted,
  language,
  country,
  previousAgent: '',
});

async function whatIsAskedFirst({ db }: Deps, conversationId: string): Promise<FormWish> {
  const about = await listConversationExpertise(db, conversationId);
  const last = await findLastForward(db, conversationId);
  return { wanted: about.map(({ id }) => id).slice(0, FORM_WANTED_MAX), language: last?.wish.language ?? '' };
}

const countryOf = async ({ db }: Deps, conversationId: string): Promise<string> =>
  (await findLastForward(db, conversationId))?.wish.country ?? '';

/**
 * @param wished what stands in the form; absent when it is opened: the conversation's expertise, and the language it was forwarded for before
 * @throws Refusal `not_allowed`, `not_found`, `gone`
 */
export async function forwardForm(
  deps: Deps,
  actor: Actor,
  { conversationId, wished }: { conversationId: string; wished?: FormWish },
): Promise<ForwardForm> {
  const { workspaceId } = actor;
  await requireAgent(deps.db, actor);
  const conversation = await openConversationById(deps.db, workspaceId, conversationId);
  const { wanted, language } = wished ?? (await whatIsAskedFirst(deps, conversationId));
  const wish = wishOf({ wanted, language }, await countryOf(deps, conversationId));
  return {
    ...placeOf(conversation),
    conversationId,
    wanted: await expertiseOf(deps.db, workspaceId, wanted),
    language,
    best: await rankingFor(deps, workspaceId, { conversationId, wish, limit: SHOWN }),
  };
}

export type ForwardedByHand = {
  readonly outcome: ForwardOutcome;
  readonly decision: DecisionView;
  /** Minutes until it goes to the next; 0: it stays theirs. */
  readonly answerMinutes: number;
  /** The reader may know who does not want to be disturbed or is in a huddle. */
  readonly isAdministrator: boolean;
};

/** Forwards as the form says; what whoever sent it reads of it. @throws Refusal as `forward` */
export async function forwardByHand(
  deps: Deps,
  actor: Actor,
  { conversationId, note, ...wished }: FormWish & { conversationId: string; note: string },
): Promise<ForwardedByHand> {
  const { isAdministrator } = await requireAgent(deps.db, actor);
  const wish = wishOf(wished, await countryOf(deps, conversationId));
  const outcome = await forward(deps, actor, { conversationId, wish, note, message: '', cameFrom: 'command' });
  const turn = outcome.outcome === 'forwarded' ? await turnView(deps, actor.workspaceId, outcome.turnId) : undefined;
  return {
    outcome,
    decision: await decisionView(deps, actor.workspaceId, outcome.decisionId),
    answerMinutes: turn?.answerMinutes ?? 0,
    isAdministrator,
  };
}
