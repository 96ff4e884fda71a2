/** Asking for help: the form, and its submission. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { askForHelp } from '../services/help/ask.ts';
import type { Spot } from '../domain/place.ts';
import { askForm, askFormInstead, askFormOf, type Wished } from '../services/help/ask-form.ts';
import type { Deps } from '../services/deps.ts';
import { showing, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { askedModal, askModal, ids, readAsk } from './views/ask.ts';
import { ids as panel } from './views/panel.ts';

const title = 'Ask for help';

/** Opens the form for a channel or thread, with the message it is asked on or what was wished for before. */
export const showAsk = (
  { actor, ...opening }: Showing,
  deps: Deps,
  { spot, ...asked }: { spot: Spot; message?: string; wished?: Wished },
): Promise<void> =>
  openModal({ ...opening, title }, async () => askModal(await askForm(deps, actor, { ...spot, ...asked })));

/** Opens the form for a conversation, with what was wished for before. */
export const showAskOf = (
  { actor, ...opening }: Showing,
  deps: Deps,
  conversationId: string,
  wished?: Wished,
): Promise<void> =>
  openModal({ ...opening, title }, async () => askModal(await askFormOf(deps, actor, conversationId, wished)));

/** The same once it was forwarded and nobody was found: with what it was forwarded for. */
export const showAskInstead = ({ actor, ...opening }: Showing, deps: Deps, conversationId: string): Promise<void> =>
  openModal({ ...opening, title }, async () => askModal(await askFormInstead(deps, actor, conversationId)));

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  return { show: askedModal(await askForHelp(deps, actorOf(submission), readAsk(submission.view))) };
}

export function registerAsk(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(panel.ask, (click) =>
    showAskOf(showing(click), deps, click.action.value ?? ''),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
