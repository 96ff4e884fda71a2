/** Administrators: `/livechat admins`, the button on Home, and the list. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { administratorList } from '../services/administrator/list.ts';
import { makeAdministrators } from '../services/administrator/make.ts';
import { removeAdministrator } from '../services/administrator/remove.ts';
import { isStillAdministrator } from '../services/administrator/welcome.ts';
import type { Deps } from '../services/deps.ts';
import { showing, type Click, type Showing } from './act.ts';
import { actorOf } from './actor.ts';
import { showInstead } from './instead.ts';
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

/** Opens the list of administrators. */
export const showAdministrators = (shown: Showing, deps: Deps): Promise<void> =>
  openModal({ ...shown, title: 'Administrators' }, async () =>
    administratorsModal(await administratorList(deps, shown.actor)),
  );

const turnOf = ({ body }: Click): number => (body.view ? readTurn(body.view) : 0);

async function turn(click: Click, deps: Deps): Promise<void> {
  const list = await administratorList(deps, actorOf(click), Number(click.action.value ?? 0));
  await showInstead(click, administratorsModal(list, undefined, turnOf(click)));
}

async function remove(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const { userId, page } = readRemoval(click.action.value ?? '');
  const removed = await removeAdministrator(deps, actor, userId);
  const isOne = await isStillAdministrator(deps, actor.workspaceId, actor.userId);
  const view = isOne
    ? administratorsModal(await administratorList(deps, actor, page), removedText(userId, removed), turnOf(click))
    : removedMyselfModal();
  await showInstead(click, view);
}

export function registerAdministrators(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showAdministrators(showing(click), deps));
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
