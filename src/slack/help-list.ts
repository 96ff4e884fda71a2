/** The *Looking for help* list: by command, by global shortcut, from Home. */
import type { App, BlockAction, ButtonAction, GlobalShortcut } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { lookingForHelp } from '../services/help/list.ts';
import { actorOf } from './actor.ts';
import { openModal } from './modal.ts';
import { helpListModal, ids } from './views/help-list.ts';

/** Opens the list. */
export const showHelpList = (
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> =>
  openModal({ client, triggerId, title: 'Looking for help' }, async () =>
    helpListModal(await lookingForHelp(deps, actor)),
  );

export function registerHelpList(app: App, deps: Deps): void {
  app.shortcut<GlobalShortcut>('looking_for_help', (shortcut) =>
    showHelpList({ client: shortcut.client, triggerId: shortcut.body.trigger_id, actor: actorOf(shortcut) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showHelpList({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  for (const turn of [ids.back, ids.next]) {
    app.action<BlockAction<ButtonAction>>(turn, async (click) => {
      const view = helpListModal(await lookingForHelp(deps, actorOf(click), Number(click.action.value)));
      const viewId = click.body.view?.id;
      if (viewId !== undefined) await click.client.views.update({ view_id: viewId, view });
    });
  }
}
