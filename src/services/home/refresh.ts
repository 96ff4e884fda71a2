/** A change that Homes show: the people who looked at theirs lately see it within seconds, everybody else on opening it. */
import { announceOnce } from '../../store/outbox.ts';
import type { Trx } from '../../store/db.ts';
import { listHomeViewers } from '../../store/home-views.ts';
import type { Deps } from '../deps.ts';

const HOME_VIEWERS_MAX = 20;
const HOME_RECENT_MINUTES = 10;
const HOME_COALESCE_SECONDS = 5;

/** Announces that Homes show something else now, at most the 20 most recent viewers', changes of five seconds in one. */
export async function refreshHomes(trx: Trx, { now, newId }: Deps, workspaceId: string): Promise<void> {
  const at = now();
  const since = new Date(at.getTime() - HOME_RECENT_MINUTES * 60_000);
  const viewers = await listHomeViewers(trx, workspaceId, since, HOME_VIEWERS_MAX);
  await announceOnce(
    trx,
    workspaceId,
    viewers.map((userId) => ({ kind: 'home.changed', userId })),
    { now: at, newId, dueAt: new Date(at.getTime() + HOME_COALESCE_SECONDS * 1000) },
  );
}
