/** Publishes somebody's Home, unless it shows what it would show anyway. */
import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { homeOf, homePublished, isNewHome } from '../services/home/show.ts';
import { homeView } from './views/home.ts';

export async function publishHome(client: WebClient, deps: Deps, actor: Actor): Promise<void> {
  const view = homeView(await homeOf(deps, actor));
  const hash = createHash('sha256').update(JSON.stringify(view)).digest('hex');
  if (!(await isNewHome(deps, actor, hash))) return;
  await client.views.publish({ user_id: actor.userId, view });
  await homePublished(deps, actor, hash);
}
