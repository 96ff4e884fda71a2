/** The *Looking for help* list: by command, by global shortcut, from Home; its filters and pages. */
import type { App, BlockAction, ButtonAction, GlobalShortcut } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { lookingForHelp } from '../services/help/list.ts';
import { showing, type Change, type Showing } from './act.ts';
import { actorOf } from './actor.ts';
import { showInstead } from './instead.ts';
import { openModal } from './modal.ts';
import { helpListModal, ids, readFilter, readFilterTurn } from './views/help-list.ts';

/** Opens the list. */
export const showHelpList = ({ actor, ...opening }: Showing, deps: Deps): Promise<void> =>
  openModal({ ...opening, title: 'Looking for help' }, async () => helpListModal(await lookingForHelp(deps, actor)));

/** Shows the list that is open anew: another page of it, or what the filters leave. */
async function turn(change: Change, deps: Deps, page: number): Promise<void> {
  const { view } = change.body;
  if (view === undefined) return;
  const list = await lookingForHelp(deps, actorOf(change), { page, filter: readFilter(view) });
  await showInstead(change, helpListModal(list, readFilterTurn(view)));
}

/** The filters left nothing: everything again. */
async function showAll(change: Change, deps: Deps): Promise<void> {
  const { view } = change.body;
  if (view === undefined) return;
  const list = await lookingForHelp(deps, actorOf(change));
  await showInstead(change, helpListModal(list, readFilterTurn(view) + 1));
}

export function registerHelpList(app: App, deps: Deps): void {
  app.shortcut<GlobalShortcut>('looking_for_help', (shortcut) => showHelpList(showing(shortcut), deps));
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showHelpList(showing(click), deps));
  for (const page of [ids.back, ids.next]) {
    app.action<BlockAction<ButtonAction>>(page, (click) => turn(click, deps, Number(click.action.value)));
  }
  app.action<BlockAction<ButtonAction>>(ids.all, (click) => showAll(click, deps));
  for (const filter of [ids.filter, ids.desk]) {
    app.action<BlockAction>(filter, (click) => turn(click, deps, 0));
  }
}
