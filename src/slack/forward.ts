/** *Forward*: the form, brought up to date when what is wished for changes, and its submission. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { inviteHere } from '../services/conversation/invite-here.ts';
import { openConversation } from '../services/conversation/open.ts';
import type { Deps } from '../services/deps.ts';
import { forwardByHand, forwardForm } from '../services/forward/form.ts';
import { showing, type Change, type Click, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { showAskOf } from './ask.ts';
import { taken } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { suggestExpertise } from './suggest-expertise.ts';
import { forwardedModal, forwardModal, ids, nothingToForwardModal, readForward } from './views/forward.ts';
import { whichModal } from './views/which.ts';

const TITLE = 'Forward';

const showForward = ({ actor, ...opening }: Showing, deps: Deps, conversationId: string): Promise<void> =>
  openModal({ ...opening, title: TITLE }, async () => forwardModal(await forwardForm(deps, actor, { conversationId })));

/** The form for the conversation of a channel; where none is open it says so, where several are it asks which. */
export async function showForwardHere(shown: Showing, deps: Deps, channelId: string): Promise<void> {
  const { actor, ...opening } = shown;
  const here = await inviteHere(deps, actor, channelId);
  if (here.found === 'one') return showForward(shown, deps, here.conversationId);
  const view = here.found === 'none' ? nothingToForwardModal(channelId) : whichModal(here.conversations, 'forward');
  await openModal({ ...opening, title: TITLE }, () => Promise.resolve(view));
}

/** When each form that is being brought up to date was changed last, by its view; empty when nothing is under way. */
type LastChanges = Map<string, number>;

/**
 * Shows who would get it now. Two quick changes are worked out at the same time: the later one wins, whichever is ready first, and the
 * submission looks once more.
 */
async function bringUpToDate(change: Change, deps: Deps, last: LastChanges): Promise<void> {
  const { view } = change.body;
  if (view === undefined) return;
  const changedAt = Number(change.action.action_ts);
  last.set(view.id, Math.max(changedAt, last.get(view.id) ?? 0));
  try {
    const { conversationId, wanted, language } = readForward(view);
    const form = await forwardForm(deps, actorOf(change), { conversationId, wished: { wanted, language } });
    const update = { view_id: view.id, view: forwardModal(form) };
    const isShown = await taken(change.client.views.update({ ...update, hash: view.hash }));
    if (!isShown && last.get(view.id) === changedAt) await taken(change.client.views.update(update));
  } finally {
    if (last.get(view.id) === changedAt) last.delete(view.id);
  }
}

const CHANGED = 'What you ask for had changed meanwhile. This is who would get it; press *Forward* again.';

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const { isStale, ...wished } = readForward(submission.view);
  // Nobody is given a conversation before their name was seen.
  if (isStale) {
    const { conversationId } = wished;
    return { show: forwardModal(await forwardForm(deps, actor, { conversationId, wished }), CHANGED) };
  }
  return { show: forwardedModal(await forwardByHand(deps, actor, wished)) };
}

async function begin(click: Click, deps: Deps): Promise<void> {
  const shown = showing(click);
  const { conversationId } = await openConversation(deps, shown.actor, { channelId: click.action.value ?? '' });
  await showForward(shown, deps, conversationId);
}

export function registerForward(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showForward(showing(click), deps, click.action.value ?? ''),
  );
  app.action<BlockAction<ButtonAction>>(ids.begin, (click) => begin(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.ask, (click) => showAskOf(showing(click), deps, click.action.value ?? ''));
  const last: LastChanges = new Map();
  app.action<BlockAction>(ids.expertise, (change) => bringUpToDate(change, deps, last));
  app.action<BlockAction>(ids.language, (change) => bringUpToDate(change, deps, last));
  app.options(ids.expertise, (asked) => suggestExpertise(asked, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
