/** Who would get a conversation now: the ranking of a desk, as an agent asks for it by command. */
import { findDefaultDesk, listDesksOf, type Desk } from '../../store/desks.ts';
import type { Actor, Deps } from '../deps.ts';
import { ranking, type RankedAgent } from './ranking.ts';

const SHOWN = 5;

export type WhoWould = {
  readonly deskName: string;
  /** ISO 639-1, '' for any. */
  readonly language: string;
  /** Best first, at most five; none where nobody could take it. */
  readonly ranked: readonly RankedAgent[];
};

/** The only one they are on, else the default. */
async function deskOf({ db }: Deps, { workspaceId, userId }: Actor): Promise<Desk | undefined> {
  const [own, ...others] = await listDesksOf(db, workspaceId, userId);
  if (own !== undefined && others.length === 0) return own;
  return (await findDefaultDesk(db, workspaceId)) ?? own;
}

/** At the caller's desk, undefined while there is none. Nothing is done, and Slack is not asked who is there. */
export async function whoWouldGet(
  deps: Deps,
  actor: Actor,
  { expertiseIds, language }: { expertiseIds: readonly string[]; language: string },
): Promise<WhoWould | undefined> {
  const desk = await deskOf(deps, actor);
  if (desk === undefined) return undefined;
  const wish = { wanted: expertiseIds, language, country: '', previousAgent: '' };
  const ranked = await ranking(deps, actor.workspaceId, { deskId: desk.id, wish, limit: SHOWN });
  return { deskName: desk.name, language, ranked };
}
