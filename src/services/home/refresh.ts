/** A change that Homes show: the people who looked at theirs lately see it within seconds, everybody else on opening it. */
import { announceOnce } from '../../store/outbox.ts';
import type { Trx } from '../../store/db.ts';
import { listHomeViewers } from '../../store/home-views.ts';
import type { Deps } from '../deps.ts';

const HOME_VIEWERS_MAX = 20;
const HOME_RECENT_MINUTES = 10;
const HOME_COALESCE_SECONDS = 5;

/** Whose Homes follow a change: at most the 20 most recent viewers'. */
export const homeViewers = (trx: Trx, { now }: Deps, workspaceId: string): Promise<string[]> =>
  listHomeViewers(trx, workspaceId, new Date(now().getTime() - HOME_RECENT_MINUTES * 60_000), HOME_VIEWERS_MAX);

/** Announces that Homes show something else now, changes of five seconds in one. @param viewers who is known to look, if it was read */
export async function refreshHomes(
  trx: Trx,
  deps: Deps,
  workspaceId: string,
  viewers?: readonly string[],
): Promise<void> {
  const { now, newId } = deps;
  const at = now();
  const following = viewers ?? (await homeViewers(trx, deps, workspaceId));
  await announceOnce(
    trx,
    workspaceId,
    following.map((userId) => ({ kind: 'home.changed', userId })),
    { now: at, newId, dueAt: new Date(at.getTime() + HOME_COALESCE_SECONDS * 1000) },
  );
}
