/** What could not be delivered: `/livechat undelivered`, the button on Home, and deciding about each. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { dismiss, tryAgain } from '../services/undelivered/decide.ts';
import { undeliveredList } from '../services/undelivered/list.ts';
import { showing, type Click, type Showing } from './act.ts';
import { actorOf } from './actor.ts';
import { showInstead } from './instead.ts';
import { openModal } from './modal.ts';
import { dismissedText, ids, readDecision, TITLE, triedText, undeliveredModal } from './views/undelivered.ts';

/** Opens the list. */
export const showUndelivered = ({ actor, ...opening }: Showing, deps: Deps): Promise<void> =>
  openModal({ ...opening, title: TITLE }, async () => undeliveredModal(await undeliveredList(deps, actor)));

async function show(click: Click, deps: Deps, page: number, said?: string): Promise<void> {
  await showInstead(click, undeliveredModal(await undeliveredList(deps, actorOf(click), page), said));
}

type Decide = typeof tryAgain;

async function decideOne(click: Click, deps: Deps, decide: Decide, words: (count: number) => string): Promise<void> {
  const { page, what, id } = readDecision(click.action.value ?? '');
  await show(click, deps, page, words(await decide(deps, actorOf(click), { what, id })));
}

const decideAll = async (click: Click, deps: Deps, decide: Decide, words: (count: number) => string): Promise<void> =>
  show(click, deps, 0, words(await decide(deps, actorOf(click))));

export function registerUndelivered(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showUndelivered(showing(click), deps));
  app.action<BlockAction<ButtonAction>>(ids.again, (click) => decideOne(click, deps, tryAgain, triedText));
  app.action<BlockAction<ButtonAction>>(ids.dismiss, (click) => decideOne(click, deps, dismiss, dismissedText));
  app.action<BlockAction<ButtonAction>>(ids.againAll, (click) => decideAll(click, deps, tryAgain, triedText));
  app.action<BlockAction<ButtonAction>>(ids.dismissAll, (click) => decideAll(click, deps, dismiss, dismissedText));
  for (const actionId of [ids.back, ids.next]) {
    app.action<BlockAction<ButtonAction>>(actionId, (click) => show(click, deps, Number(click.action.value ?? 0)));
  }
}
