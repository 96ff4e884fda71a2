/** What the form that asks for help shows. */
import { shorten } from '../../domain/name.ts';
import { NOTE_MAX } from '../../domain/note.ts';
import type { Spot } from '../../domain/place.ts';
import { listConversationExpertise, type NamedExpertise } from '../../store/conversation-expertise.ts';
import { findConversation, findOpenConversation } from '../../store/conversations.ts';
import { findLastForward } from '../../store/forwards.ts';
import { findOpenRequest } from '../../store/help-requests.ts';
import { listWanted } from '../../store/wanted-expertise.ts';
import { Refusal } from '../../errors.ts';
import type { Actor, Deps } from '../deps.ts';
import { desksToChoose, type NamedDesk } from '../conversation/desk-for.ts';
import { expertiseCatalogue, type Catalogue } from '../expertise/options.ts';
import { namedIn } from '../expertise/words.ts';
import { expertiseOf } from '../forward/choice.ts';
import { requireMember } from '../rights.ts';

export type AskForm = Required<Spot> & {
  readonly catalogue: Catalogue;
  /** What the open request wants, what the conversation is about, or what the words of the message name. */
  readonly chosen: readonly NamedExpertise[];
  readonly note: string;
  /** The message help is asked on, shortened; '' for none. */
  readonly message: string;
  /** A request is open: asking brings it up to date. */
  readonly again: boolean;
  /** Where asking opens a conversation and nothing else says for which desk: those to choose from. */
  readonly desks: readonly NamedDesk[];
};

/** Of a message no more is kept than this many characters, and that only when somebody asks for help on it. */
export const MESSAGE_MAX = 300;

/** What somebody wished for in another form before they ask for help instead. */
export type Wished = { readonly wanted: readonly string[]; readonly note: string };

const NOTHING: Wished = { wanted: [], note: '' };

/** What the request says already stays, and what was wished for is added to it. */
const together = (note: string, wished: string): string =>
  note === wished ? note : shorten([note, wished].filter((part) => part !== '').join('\n'), NOTE_MAX);

function added(chosen: readonly NamedExpertise[], wished: readonly NamedExpertise[]): NamedExpertise[] {
  return [...chosen, ...wished.filter(({ id }) => !chosen.some((one) => one.id === id))];
}

/**
 * @param wished comes first where nothing is asked for yet, and is added to what is
 * @throws Refusal `not_allowed`
 */
export async function askForm(
  deps: Deps,
  actor: Actor,
  { channelId, threadTs = '', message = '', wished = NOTHING }: Spot & { message?: string; wished?: Wished },
): Promise<AskForm> {
  const { db } = deps;
  await requireMember(db, actor);
  const { workspaceId } = actor;
  const conversation = await findOpenConversation(db, { workspaceId, channelId, threadTs });
  const request = conversation && (await findOpenRequest(db, conversation.id));
  const about = conversation ? await listConversationExpertise(db, conversation.id) : [];
  const asked = request ? ((await listWanted(db, [request.id])).get(request.id) ?? []) : [];
  const wish = await expertiseOf(db, workspaceId, wished.wanted);
  const wanted = request || wish.length > 0 ? added(asked, wish) : about;
  return {
    channelId,
    threadTs,
    message: Array.from(message).slice(0, MESSAGE_MAX).join(''),
    catalogue: await expertiseCatalogue(db, workspaceId),
    chosen: wanted.length > 0 ? wanted : await namedIn(db, workspaceId, message),
    note: together(request?.note ?? '', wished.note),
    again: request !== undefined,
    desks: conversation ? [] : await desksToChoose(deps, actor, channelId),
  };
}

/** The same for a conversation that is open. @throws Refusal `not_allowed`, `not_found` */
export async function askFormOf(
  deps: Deps,
  actor: Actor,
  conversationId: string,
  wished: Wished = NOTHING,
): Promise<AskForm> {
  const conversation = await findConversation(deps.db, actor.workspaceId, conversationId);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  return askForm(deps, actor, { ...conversation, wished });
}

/** The same with what it was forwarded for last. @throws Refusal `not_allowed`, `not_found` */
export async function askFormInstead(deps: Deps, actor: Actor, conversationId: string): Promise<AskForm> {
  await requireMember(deps.db, actor);
  const conversation = await findConversation(deps.db, actor.workspaceId, conversationId);
  const last = conversation && (await findLastForward(deps.db, conversationId));
  const wished = { wanted: last?.wish.wanted ?? [], note: last?.note ?? '' };
  return askFormOf(deps, actor, conversationId, wished);
}
