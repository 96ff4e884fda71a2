/** *Forward*: the form, brought up to date when what is wished for changes, and its submission. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { inviteHere } from '../services/conversation/invite-here.ts';
import { openConversation } from '../services/conversation/open.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { expertiseOptions } from '../services/expertise/options.ts';
import { forwardByHand, forwardForm } from '../services/forward/form.ts';
import { askFormOf } from '../services/help/ask-form.ts';
import { actorOf } from './actor.ts';
import { slackErrorOf } from './judge.ts';
import { openModal, submitted, suggested, type SubmitAnswer } from './modal.ts';
import { askModal } from './views/ask.ts';
import { option } from './views/form.ts';
import { forwardedModal, forwardModal, ids, nothingToForwardModal, readForward } from './views/forward.ts';
import { whichModal } from './views/which.ts';

type Showing = { client: WebClient; triggerId: string; actor: Actor };
type Change = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
type Press = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

const TITLE = 'Forward';

const showing = (click: Press): Showing => ({
  client: click.client,
  triggerId: click.body.trigger_id,
  actor: actorOf(click),
});

async function showForward(
  { actor, ...opening }: Showing,
  deps: Deps,
  conversationId: string,
  how: 'open' | 'push' = 'open',
): Promise<void> {
  const load = async () => forwardModal(await forwardForm(deps, actor, { conversationId }));
  await openModal({ ...opening, title: TITLE }, load, how);
}

/** The form for the conversation of a channel; where none is open it says so, where several are it asks which. */
export async function showForwardHere(shown: Showing, deps: Deps, channelId: string): Promise<void> {
  const here = await inviteHere(deps, shown.actor, channelId);
  if (here.found === 'one') return showForward(shown, deps, here.conversationId);
  const { actor: _actor, ...opening } = shown;
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

/** Whether an update was taken; not where the view has changed meanwhile or was closed. */
async function taken(update: Promise<unknown>): Promise<boolean> {
  try {
    await update;
    return true;
  } catch (error) {
    const named = slackErrorOf(error);
    if (named !== 'hash_conflict' && named !== 'not_found') throw error;
    return false;
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

async function begin(click: Press, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const { conversationId } = await openConversation(deps, actor, { channelId: click.action.value ?? '' });
  await showForward(showing(click), deps, conversationId, 'push');
}

const askInstead = (click: Press, deps: Deps): Promise<void> =>
  openModal(
    { client: click.client, triggerId: click.body.trigger_id, title: 'Ask for help' },
    async () => askModal(await askFormOf(deps, actorOf(click), click.action.value ?? '')),
    'push',
  );

export function registerForward(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showForward(showing(click), deps, click.action.value ?? '', click.body.view?.type === 'modal' ? 'push' : 'open'),
  );
  app.action<BlockAction<ButtonAction>>(ids.begin, (click) => begin(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.ask, (click) => askInstead(click, deps));
  const last: LastChanges = new Map();
  app.action<BlockAction>(ids.expertise, (change) => bringUpToDate(change, deps, last));
  app.action<BlockAction>(ids.language, (change) => bringUpToDate(change, deps, last));
  app.options(ids.expertise, (asked) =>
    suggested(asked, async () =>
      (await expertiseOptions(deps, actorOf(asked), asked.options.value)).map(({ id, name }) => option(name, id)),
    ),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
