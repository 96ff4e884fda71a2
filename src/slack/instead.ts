/** Other views in the place of those that are open: of the one somebody clicked in, and of those that lie below it. */
import type { Logger } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Change } from './act.ts';
import { slackErrorOf } from './judge.ts';
import type { Modal } from './views/blocks.ts';

/** Shows another view in the place of the one that was clicked in; a click on a message has none. */
export async function showInstead({ client, body }: Pick<Change, 'client' | 'body'>, view: Modal): Promise<void> {
  if (body.view) await client.views.update({ view_id: body.view.id, view });
}

/** Whether an update was taken; not where the view has changed meanwhile or was closed. */
export async function taken(update: Promise<unknown>): Promise<boolean> {
  try {
    await update;
    return true;
  } catch (error) {
    const named = slackErrorOf(error);
    if (named !== 'hash_conflict' && named !== 'not_found') throw error;
    return false;
  }
}

type Stacked = { readonly id: string; readonly root_view_id?: string | null };

/** The list at the bottom, where the view lies on one. */
export const listBelow = ({ id, root_view_id: root }: Stacked): string | undefined =>
  root && root !== id ? root : undefined;

/** What lies below is as old as what was saved above it: it is shown anew. That it could not be must not look like a failure. */
export async function showBelow(
  { client, logger }: { client: WebClient; logger: Logger },
  viewId: string | null | undefined,
  load: () => Promise<Modal>,
): Promise<void> {
  if (!viewId) return;
  try {
    await client.views.update({ view_id: viewId, view: await load() });
  } catch (error) {
    logger.warn('What lies below a modal could not be shown anew.', error);
  }
}
