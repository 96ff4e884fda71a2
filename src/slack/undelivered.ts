/** What could not be delivered: `/livechat undelivered`, the button on Home, and deciding about each. */
import type { AllMiddlewareArgs, App, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { dismiss, tryAgain } from '../services/undelivered/decide.ts';
import { undeliveredList } from '../services/undelivered/list.ts';
import { actorOf } from './actor.ts';
import { openModal } from './modal.ts';
import { dismissedText, ids, readDecision, TITLE, triedText, undeliveredModal } from './views/undelivered.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** Opens the list. */
export async function showUndelivered(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> {
  await openModal({ client, triggerId, title: TITLE }, async () =>
    undeliveredModal(await undeliveredList(deps, actor)),
  );
}

async function show(click: Click, deps: Deps, page: number, said?: string): Promise<void> {
  const { client, body } = click;
  if (body.view === undefined) return;
  const view = undeliveredModal(await undeliveredList(deps, actorOf(click), page), said);
  await client.views.update({ view_id: body.view.id, view });
}

type Decide = typeof tryAgain;

async function decideOne(click: Click, deps: Deps, decide: Decide, words: (count: number) => string): Promise<void> {
  const { page, what, id } = readDecision(click.action.value ?? '');
  await show(click, deps, page, words(await decide(deps, actorOf(click), { what, id })));
}

const decideAll = async (click: Click, deps: Deps, decide: Decide, words: (count: number) => string): Promise<void> =>
  show(click, deps, 0, words(await decide(deps, actorOf(click))));

export function registerUndelivered(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showUndelivered({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.again, (click) => decideOne(click, deps, tryAgain, triedText));
  app.action<BlockAction<ButtonAction>>(ids.dismiss, (click) => decideOne(click, deps, dismiss, dismissedText));
  app.action<BlockAction<ButtonAction>>(ids.againAll, (click) => decideAll(click, deps, tryAgain, triedText));
  app.action<BlockAction<ButtonAction>>(ids.dismissAll, (click) => decideAll(click, deps, dismiss, dismissedText));
  for (const actionId of [ids.back, ids.next]) {
    app.action<BlockAction<ButtonAction>>(actionId, (click) => show(click, deps, Number(click.action.value ?? 0)));
  }
}
