/** What the form that asks for help shows. */
import { findOpenConversation, listConversationExpertise } from '../../store/conversations.ts';
import { findOpenRequest, listWanted } from '../../store/help-requests.ts';
import type { Actor, Deps } from '../deps.ts';
import { expertiseCatalogue, type Catalogue } from '../expertise/options.ts';
import { requireMember } from '../rights.ts';

export type AskForm = {
  readonly channelId: string;
  readonly catalogue: Catalogue;
  /** What the conversation is known to be about, or the open request already wants. */
  readonly chosen: readonly { readonly id: string; readonly name: string }[];
  readonly note: string;
  /** A request is open: asking brings it up to date. */
  readonly again: boolean;
};

/** @throws Refusal `not_allowed` */
export async function askForm({ db }: Deps, actor: Actor, channelId: string): Promise<AskForm> {
  await requireMember(db, actor);
  const { workspaceId } = actor;
  const conversation = await findOpenConversation(db, { workspaceId, channelId, threadTs: '' });
  const request = conversation && (await findOpenRequest(db, conversation.id));
  const about = conversation ? await listConversationExpertise(db, conversation.id) : [];
  const wanted = request ? ((await listWanted(db, [request.id])).get(request.id) ?? []) : about;
  return {
    channelId,
    catalogue: await expertiseCatalogue(db, workspaceId),
    chosen: wanted,
    note: request?.note ?? '',
    again: request !== undefined,
  };
}
