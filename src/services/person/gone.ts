/** What administrators read when a colleague is gone: what they leave behind that is still so. */
import { placeOf, type Place } from '../../domain/place.ts';
import type { Notice } from '../../domain/notice.ts';
import { findConversation } from '../../store/conversations.ts';
import { listDesks } from '../../store/desks.ts';
import { listExpertiseByIds } from '../../store/expertise.ts';
import { countHolders } from '../../store/holders.ts';
import type { Deps } from '../deps.ts';
import type { Gone } from './leave-everything.ts';

export type GoneNews = {
  readonly goneId: string;
  readonly reason: Gone;
  /** Conversations nobody was left in, which look for help now. */
  readonly places: readonly Place[];
  readonly morePlaces: number;
  readonly expertise: readonly string[];
  /** Desks they were the fallback of. */
  readonly desks: readonly string[];
};

const PLACES_NAMED = 10;

export async function goneNews(
  { db }: Deps,
  workspaceId: string,
  notice: Extract<Notice, { kind: 'person.gone' }>,
): Promise<GoneNews> {
  const named = notice.conversationIds.slice(0, PLACES_NAMED);
  const conversations = await Promise.all(named.map((id) => findConversation(db, workspaceId, id)));
  const holders = await countHolders(db, workspaceId, notice.expertiseIds);
  const expertise = await listExpertiseByIds(db, workspaceId, notice.expertiseIds);
  const desks = (await listDesks(db, workspaceId)).filter(({ id }) => notice.deskIds.includes(id));
  return {
    goneId: notice.goneId,
    reason: notice.reason,
    places: conversations.flatMap((each) => (each ? [placeOf(each)] : [])),
    morePlaces: notice.conversationIds.length - named.length,
    expertise: expertise.filter(({ id }) => !holders.has(id)).map(({ name }) => name),
    desks: desks.map(({ name }) => name),
  };
}
