/** Who would get a conversation, best first: a forward without forwarding. */
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import { defaultDesk } from '../desk/default.ts';
import type { Deps } from '../deps.ts';
import { ranking, type RankedAgent } from '../forward/ranking.ts';
import type { Bot } from '../token/authenticate.ts';
import { deskNamed, expertiseNamed } from './meant.ts';
import { agentsNamed, type NamedAgent } from './names.ts';

export type RankingForBot = {
  readonly desk: NamedExpertise;
  readonly wanted: readonly NamedExpertise[];
  readonly agents: readonly (RankedAgent & { readonly agent: NamedAgent })[];
};

export type RankingWish = {
  /** By id or name; absent: the default. */
  desk?: string | undefined;
  expertise: readonly string[];
  language: string;
  country: string;
  previousAgent: string;
  limit: number;
};

/** @throws Refusal `invalid` on `desk` or `expertise[n]` */
export async function rankingForBot(deps: Deps, { workspaceId }: Bot, wish: RankingWish): Promise<RankingForBot> {
  const { db } = deps;
  const { language, country, previousAgent, limit } = wish;
  const desk =
    wish.desk === undefined ? await defaultDesk(deps, workspaceId) : await deskNamed(db, workspaceId, wish.desk);
  const wanted = (await expertiseNamed(db, workspaceId, wish.expertise)).map(({ id, name }) => ({ id, name }));
  const ranked = await ranking(deps, workspaceId, {
    deskId: desk.id,
    wish: { wanted: wanted.map(({ id }) => id), language, country, previousAgent },
    limit,
  });
  const name = await agentsNamed(
    db,
    workspaceId,
    ranked.map(({ userId }) => userId),
  );
  return {
    desk: { id: desk.id, name: desk.name },
    wanted,
    agents: ranked.map((who) => ({ ...who, agent: name(who.userId) })),
  };
}
