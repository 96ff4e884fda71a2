/** What the form that forwards a conversation shows: what is wished for, and who would get it. */
import { FORM_WANTED_MAX, type Wish } from '../../domain/forward.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { listConversationExpertise, type NamedExpertise } from '../../store/conversation-expertise.ts';
import { findDeskOf } from '../../store/desks.ts';
import { findLastForward } from '../../store/forwards.ts';
import { deskMeant, desksToChoose, type NamedDesk } from '../conversation/desk-for.ts';
import { openConversationById } from '../conversation/find.ts';
import { openConversation } from '../conversation/open.ts';
import type { Actor, Deps } from '../deps.ts';
import { defaultDesk } from '../desk/default.ts';
import { requireAgent } from '../rights.ts';
import { expertiseOf } from './choice.ts';
import { decisionView, type DecisionView } from './decision.ts';
import { forward, type ForwardOutcome } from './forward.ts';
import { ranking, rankingFor, type RankedAgent } from './ranking.ts';

/** So many are shown before anything is done. */
const SHOWN = 3;

/** What an agent wishes for in the form. */
export type FormWish = { readonly wanted: readonly string[]; readonly language: string };

export type ForwardForm = Place & {
  /** '' where none is open: sending the form opens one. */
  readonly conversationId: string;
  /** Where one would be opened and nothing else says for which desk: those to choose from, and the one chosen. */
  readonly desks: readonly NamedDesk[];
  readonly deskId: string;
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
    desks: [],
    deskId: conversation.deskId,
    wanted: await expertiseOf(deps.db, workspaceId, wanted),
    language,
    best: await rankingFor(deps, workspaceId, { conversationId, wish, limit: SHOWN }),
  };
}

const NOTHING: FormWish = { wanted: [], language: '' };

/** A channel where no conversation is open, and the desk chosen for one. */
export type Unopened = { readonly channelId: string; readonly deskId: string };

/**
 * The same for a conversation that the form will open. Whoever opens it is in it, so they are not among those who would get it.
 *
 * @param channel where nothing is open; its desk '' where none was chosen yet
 * @throws Refusal `not_allowed`, `gone` on `desk`
 */
export async function unopenedForm(
  deps: Deps,
  actor: Actor,
  { channelId, deskId, wished = NOTHING }: Unopened & { wished?: FormWish },
): Promise<ForwardForm> {
  const { workspaceId, userId } = actor;
  await requireAgent(deps.db, actor);
  const desks = await desksToChoose(deps, actor, channelId);
  const meant = await deskMeant(deps.db, actor, { channelId, deskId: deskId === '' ? desks[0]?.id : deskId });
  const desk = meant ?? (await defaultDesk(deps, workspaceId));
  const who = { deskId: desk.id, wish: wishOf(wished, ''), limit: SHOWN, except: [userId] };
  return {
    ...placeOf({ channelId, threadTs: '', channelName: '', isPrivate: false, link: '' }),
    conversationId: '',
    desks,
    deskId: desk.id,
    wanted: await expertiseOf(deps.db, workspaceId, wished.wanted),
    language: wished.language,
    best: await ranking(deps, workspaceId, who),
  };
}

export type ForwardedByHand = {
  /** The form opened the conversation. */
  readonly isOpened: boolean;
  readonly outcome: ForwardOutcome;
  readonly decision: DecisionView;
  /** Minutes until it goes to the next; 0: it stays theirs. */
  readonly answerMinutes: number;
  /** The reader may know who does not want to be disturbed or is in a huddle. */
  readonly isAdministrator: boolean;
};

export type SentForm = FormWish & {
  /** The conversation, or the channel and desk to open one for. */
  readonly of: { readonly conversationId: string } | Unopened;
  readonly note: string;
};

/** Forwards as the form says, and opens what is to be opened; what whoever sent it reads of it. @throws Refusal as `forward`, `openConversation` */
export async function forwardByHand(
  deps: Deps,
  actor: Actor,
  { of, note, ...wished }: SentForm,
): Promise<ForwardedByHand> {
  const { isAdministrator } = await requireAgent(deps.db, actor);
  const isOpened = !('conversationId' in of);
  const { conversationId } = isOpened ? await openConversation(deps, actor, of) : of;
  const wish = wishOf(wished, await countryOf(deps, conversationId));
  const outcome = await forward(deps, actor, { conversationId, wish, note, message: '', cameFrom: 'command' });
  const isForwarded = outcome.outcome === 'forwarded';
  const desk = isForwarded ? await findDeskOf(deps.db, actor.workspaceId, conversationId) : undefined;
  return {
    outcome,
    decision: await decisionView(deps, actor.workspaceId, outcome.decisionId),
    answerMinutes: desk?.answerMinutes ?? 0,
    isOpened,
    isAdministrator,
  };
}
