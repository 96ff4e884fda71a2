/** Modals below the one in which an expertise came to its end: they are as old as they are. */
import type { Logger, ViewOutput } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Deps } from '../services/deps.ts';
import { expertiseList } from '../services/expertise/list.ts';
import { messageModal } from './views/blocks.ts';
import { listModal } from './views/expertise.ts';

type Ended = { client: WebClient; view: ViewOutput; logger: Logger; actor: Actor };

/** The form just below says what happened, the list at the bottom is shown anew. That they could not be must not look like a failure. */
export async function replaceBelow({ client, view, logger, actor }: Ended, deps: Deps, text: string): Promise<void> {
  const { id, previous_view_id: form, root_view_id: list } = view;
  try {
    if (form !== null) await client.views.update({ view_id: form, view: messageModal('Edit expertise', text) });
    if (list !== null && list !== form && list !== id) {
      await client.views.update({ view_id: list, view: listModal(await expertiseList(deps, actor)) });
    }
  } catch (error) {
    logger.warn('What lies below a modal could not be shown anew.', error);
  }
}
