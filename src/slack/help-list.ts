/** The *Looking for help* list: by command, by global shortcut, from Home; its filters and pages. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { lookingForHelp } from '../services/help/list.ts';
import { actorOf } from './actor.ts';
import { openModal } from './modal.ts';
import { helpListModal, ids, readFilter, readFilterTurn } from './views/help-list.ts';

/** Opens the list. */
export const showHelpList = (
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> =>
  openModal({ client, triggerId, title: 'Looking for help' }, async () =>
    helpListModal(await lookingForHelp(deps, actor)),
  );

type Click = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** Shows the list that is open anew: another page of it, or what the filters leave. */
async function turn(click: Click, deps: Deps, page: number): Promise<void> {
  const { view } = click.body;
  if (view === undefined) return;
  const list = await lookingForHelp(deps, actorOf(click), { page, filter: readFilter(view) });
  await click.client.views.update({ view_id: view.id, view: helpListModal(list, readFilterTurn(view)) });
}

/** The filters left nothing: everything again. */
async function showAll(click: Click, deps: Deps): Promise<void> {
  const { view } = click.body;
  if (view === undefined) return;
  const list = await lookingForHelp(deps, actorOf(click));
  await click.client.views.update({ view_id: view.id, view: helpListModal(list, readFilterTurn(view) + 1) });
}

export function registerHelpList(app: App, deps: Deps): void {
  app.shortcut<GlobalShortcut>('looking_for_help', (shortcut) =>
    showHelpList({ client: shortcut.client, triggerId: shortcut.body.trigger_id, actor: actorOf(shortcut) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showHelpList({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  for (const page of [ids.back, ids.next]) {
    app.action<BlockAction<ButtonAction>>(page, (click) => turn(click, deps, Number(click.action.value)));
  }
  app.action<BlockAction<ButtonAction>>(ids.all, (click) => showAll(click, deps));
  for (const filter of [ids.filter, ids.desk]) {
    app.action<BlockAction>(filter, (click) => turn(click, deps, 0));
  }
}
