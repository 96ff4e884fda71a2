/** Administrators: `/livechat admins`, the button on Home, and the list. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { administratorList } from '../services/administrator/list.ts';
import { makeAdministrators } from '../services/administrator/make.ts';
import { removeAdministrator } from '../services/administrator/remove.ts';
import { isStillAdministrator } from '../services/administrator/welcome.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted } from './modal.ts';
import {
  administratorsModal,
  ids,
  madeText,
  readAdministrators,
  readRemoval,
  readTurn,
  removedMyselfModal,
  removedText,
} from './views/administrators.ts';
import type { Modal } from './views/blocks.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** Opens the list of administrators. */
export async function showAdministrators(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> {
  const load = async () => administratorsModal(await administratorList(deps, actor));
  await openModal({ client, triggerId, title: 'Administrators' }, load);
}

async function update({ client, body }: Click, view: Modal): Promise<void> {
  if (body.view) await client.views.update({ view_id: body.view.id, view });
}

const turnOf = ({ body }: Click): number => (body.view ? readTurn(body.view) : 0);

async function turn(click: Click, deps: Deps): Promise<void> {
  const list = await administratorList(deps, actorOf(click), Number(click.action.value ?? 0));
  await update(click, administratorsModal(list, undefined, turnOf(click)));
}

async function remove(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const { userId, page } = readRemoval(click.action.value ?? '');
  const removed = await removeAdministrator(deps, actor, userId);
  const isOne = await isStillAdministrator(deps, actor.workspaceId, actor.userId);
  const view = isOne
    ? administratorsModal(await administratorList(deps, actor, page), removedText(userId, removed), turnOf(click))
    : removedMyselfModal();
  await update(click, view);
}

export function registerAdministrators(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showAdministrators({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  for (const actionId of [ids.back, ids.next]) {
    app.action<BlockAction<ButtonAction>>(actionId, (click) => turn(click, deps));
  }
  app.action<BlockAction<ButtonAction>>(ids.remove, (click) => remove(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => {
      const actor = actorOf(submission);
      const made = await makeAdministrators(deps, actor, readAdministrators(submission.view));
      const list = await administratorList(deps, actor);
      return { show: administratorsModal(list, madeText(made), readTurn(submission.view) + 1) };
    }),
  );
}
