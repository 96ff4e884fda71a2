/** Deleting expertise: by command and from its form; where it is used is shown first. */
import type { AllMiddlewareArgs, App, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { deleteExpertise, deletionOf } from '../services/expertise/delete.ts';
import { actorOf } from './actor.ts';
import { replaceBelow } from './below.ts';
import { openModal } from './modal.ts';
import { deletedModal, deleteModal, ids, readDelete, usedMoreModal } from './views/expertise-delete.ts';

const title = 'Delete expertise';

/** `/expertise delete NAME` */
export async function showDelete(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
  name: string,
): Promise<void> {
  await openModal({ client, triggerId, title }, async () => deleteModal(await deletionOf(deps, actor, { name })));
}

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

async function confirmed({ client, body, action, logger, context }: Click, deps: Deps): Promise<void> {
  const { view } = body;
  if (view === undefined) return;
  const actor = actorOf({ body, context });
  const { kind, usage } = await deleteExpertise(deps, actor, readDelete(action.value ?? ''));
  if (kind === 'used_more') {
    await client.views.update({ view_id: view.id, view: usedMoreModal(usage) });
    return;
  }
  await client.views.update({ view_id: view.id, view: deletedModal(usage) });
  await replaceBelow({ client, view, logger, actor }, deps, 'This expertise was deleted.');
}

export function registerExpertiseDelete(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal(
      { client: click.client, triggerId: click.body.trigger_id, title },
      async () => deleteModal(await deletionOf(deps, actorOf(click), { id: click.action.value ?? '' })),
      'push',
    ),
  );
  app.action<BlockAction<ButtonAction>>(ids.confirmed, (click) => confirmed(click, deps));
}
