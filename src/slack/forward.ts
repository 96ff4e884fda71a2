/** *Forward*: the form, brought up to date when what is wished for changes, and its submission. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { inviteHere } from '../services/conversation/invite-here.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { forwardByHand, forwardForm, unopenedForm, type ForwardForm } from '../services/forward/form.ts';
import { showing, type Change, type Click, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { showAsk, showAskInstead, showAskOf } from './ask.ts';
import { taken } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { suggestExpertise } from './suggest-expertise.ts';
import { forwardedModal } from './views/forwarded.ts';
import { forwardModal, ids, isForm, readForward, type ReadForward } from './views/forward.ts';
import { whichModal } from './views/which.ts';

const TITLE = 'Forward';

const showForward = ({ actor, ...opening }: Showing, deps: Deps, conversationId: string): Promise<void> =>
  openModal({ ...opening, title: TITLE }, async () => forwardModal(await forwardForm(deps, actor, { conversationId })));

/** The form for the conversation of a channel; where none is open it opens one, where several are it asks which. */
export async function showForwardHere(shown: Showing, deps: Deps, channelId: string): Promise<void> {
  const { actor, ...opening } = shown;
  const here = await inviteHere(deps, actor, channelId);
  if (here.found === 'one') return showForward(shown, deps, here.conversationId);
  const load = async () =>
    here.found === 'none'
      ? forwardModal(await unopenedForm(deps, actor, { channelId, deskId: '' }))
      : whichModal(here.conversations, 'forward');
  await openModal({ ...opening, title: TITLE }, load);
}

/** The form for what stands in it now. */
const formFor = (deps: Deps, actor: Actor, { of, wanted, language }: ReadForward): Promise<ForwardForm> => {
  const wished = { wanted, language };
  return 'conversationId' in of
    ? forwardForm(deps, actor, { ...of, wished })
    : unopenedForm(deps, actor, { ...of, wished });
};

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
    const form = await formFor(deps, actorOf(change), readForward(view));
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
  const read = readForward(submission.view);
  // Nobody is given a conversation before their name was seen.
  if (read.isStale) return { show: forwardModal(await formFor(deps, actor, read), CHANGED) };
  return { show: forwardedModal(await forwardByHand(deps, actor, read)) };
}

/** Nothing that was typed is lost: what stands in the form, or what it was sent with, stands in the form that asks. */
async function askInstead(click: Click, deps: Deps): Promise<void> {
  const { view } = click.body;
  const value = click.action.value ?? '';
  if (view === undefined || !isForm(view)) return showAskInstead(showing(click), deps, value);
  const wished = readForward(view);
  return click.action.action_id === ids.ask
    ? showAskOf(showing(click), deps, value, wished)
    : showAsk(showing(click), deps, { spot: { channelId: value }, wished });
}

export function registerForward(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showForward(showing(click), deps, click.action.value ?? ''),
  );
  for (const ask of [ids.ask, ids.askHere]) {
    app.action<BlockAction<ButtonAction>>(ask, (click) => askInstead(click, deps));
  }
  const last: LastChanges = new Map();
  for (const choice of [ids.desk, ids.expertise, ids.language]) {
    app.action<BlockAction>(choice, (change) => bringUpToDate(change, deps, last));
  }
  app.options(ids.expertise, (asked) => suggestExpertise(asked, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
