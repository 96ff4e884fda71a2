/** Home, when somebody looks at it. */
import type { App } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { lookedAtHome } from '../services/home/show.ts';
import { meet } from '../services/person/meet.ts';
import { workspaceOf } from './actor.ts';
import { publishHome } from './publish-home.ts';

export function registerHome(app: App, deps: Deps): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const actor = { workspaceId: workspaceOf(context), userId: event.user };
    await meet(deps, actor.workspaceId, [actor.userId]);
    await lookedAtHome(deps, actor);
    await publishHome(client, deps, actor);
  });
}
