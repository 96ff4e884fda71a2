/** Modals below the one in which an expertise came to its end. */
import type { ViewOutput } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { expertiseList } from '../services/expertise/list.ts';
import type { Click, Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { listBelow, showBelow } from './instead.ts';
import { messageModal } from './views/blocks.ts';
import { listModal } from './views/expertise.ts';

/** The form just below says what happened, the list at the bottom is shown anew. */
export async function showEnded(act: Click | Submission, view: ViewOutput, deps: Deps, text: string): Promise<void> {
  const form = view.previous_view_id;
  const list = listBelow(view);
  await showBelow(act, form, () => Promise.resolve(messageModal('Edit expertise', text)));
  if (list !== form) await showBelow(act, list, async () => listModal(await expertiseList(deps, actorOf(act))));
}
