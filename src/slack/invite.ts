/** *Invite people*: the picker, opened from stored signals and brought up to date once it is open, and its submission. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { inviteHere } from '../services/conversation/invite-here.ts';
import {
  invitePicker,
  refreshInvitees,
  type InvitePicker,
  type Looking,
} from '../services/conversation/invite-picker.ts';
import { invite } from '../services/conversation/invite.ts';
import { openConversation } from '../services/conversation/open.ts';
import type { Deps } from '../services/deps.ts';
import { showing, type Change, type Click, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { taken } from './instead.ts';
import { openModal, showModal, submitted, type ShownView, type SubmitAnswer } from './modal.ts';
import { suggestExpertise } from './suggest-expertise.ts';
import { ids, invitedModal, inviteModal, nothingToInviteToModal, readInvite } from './views/invite.ts';
import { whichModal } from './views/which.ts';

const TITLE = 'Invite people';

const fresh = (conversationId: string): Looking => ({ conversationId, page: 0, search: '', having: [] });

type List = { picker: InvitePicker; chosen: readonly string[]; turn: number };

/** What Slack says of the people shown arrives after the list; who has turned to another list meanwhile keeps that one. */
async function bringUpToDate(
  { client, actor }: Pick<Showing, 'client' | 'actor'>,
  deps: Deps,
  shown: ShownView | undefined,
  { picker, ...state }: List,
): Promise<void> {
  if (shown === undefined) return;
  const now = await refreshInvitees(deps, actor, picker);
  if (now === undefined) return;
  await taken(client.views.update({ view_id: shown.id, hash: shown.hash, view: inviteModal(now, state) }));
}

/** Opens the picker for a conversation. */
async function showInvite({ actor, ...opening }: Showing, deps: Deps, conversationId: string): Promise<void> {
  const loaded: { picker?: InvitePicker } = {};
  const state = { chosen: [], turn: 0 };
  const load = async () => {
    loaded.picker = await invitePicker(deps, actor, fresh(conversationId));
    return inviteModal(loaded.picker, state);
  };
  const shown = await showModal({ ...opening, title: TITLE }, load);
  if (!loaded.picker) return;
  await bringUpToDate({ client: opening.client, actor }, deps, shown, { picker: loaded.picker, ...state });
}

/** The picker for the conversation of a channel; where none is open it says so and shows nothing of anybody. */
export async function showInviteHere(shown: Showing, deps: Deps, channelId: string): Promise<void> {
  const { actor, ...opening } = shown;
  const here = await inviteHere(deps, actor, channelId);
  if (here.found === 'one') return showInvite(shown, deps, here.conversationId);
  const view = here.found === 'none' ? nothingToInviteToModal(channelId) : whichModal(here.conversations, 'invite');
  await openModal({ ...opening, title: TITLE }, () => Promise.resolve(view));
}

/** Puts another list into the open picker. */
async function turnTo(
  click: Change | Click,
  deps: Deps,
  change: (form: ReturnType<typeof readInvite>) => Looking,
): Promise<void> {
  const { view } = click.body;
  if (view === undefined) return;
  const form = readInvite(view);
  const actor = actorOf(click);
  const picker = await invitePicker(deps, actor, change(form), form.chosen);
  const list = { picker, chosen: form.chosen, turn: form.turn + 1 };
  const answer = await click.client.views.update({ view_id: view.id, view: inviteModal(picker, list) });
  const { id, hash } = answer.view ?? {};
  const shown = id === undefined || hash === undefined ? undefined : { id, hash };
  await bringUpToDate({ client: click.client, actor }, deps, shown, list);
}

const filtered = ({ looking, typed }: ReturnType<typeof readInvite>): Looking => ({ ...looking, ...typed, page: 0 });

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readInvite(submission.view);
  const { looking, typed, chosen, turn } = form;
  // Somebody who typed a name and sent the form wanted to see who that is.
  if (chosen.length === 0 && typed.search.trim() !== looking.search.trim()) {
    const picker = await invitePicker(deps, actor, filtered(form));
    return { show: inviteModal(picker, { chosen, turn: turn + 1 }) };
  }
  return { show: invitedModal(await invite(deps, actor, { conversationId: looking.conversationId, userIds: chosen })) };
}

async function begin(click: Click, deps: Deps): Promise<void> {
  const shown = showing(click);
  const { conversationId } = await openConversation(deps, shown.actor, { channelId: click.action.value ?? '' });
  await showInvite(shown, deps, conversationId);
}

export function registerInvite(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showInvite(showing(click), deps, click.action.value ?? ''),
  );
  app.action<BlockAction<ButtonAction>>(ids.begin, (click) => begin(click, deps));
  app.action<BlockAction>(ids.search, (click) => turnTo(click, deps, filtered));
  app.action<BlockAction>(ids.having, (click) => turnTo(click, deps, filtered));
  app.action<BlockAction>(ids.back, (click) =>
    turnTo(click, deps, ({ looking }) => ({ ...looking, page: Math.max(0, looking.page - 1) })),
  );
  app.action<BlockAction>(ids.next, (click) =>
    turnTo(click, deps, ({ looking }) => ({ ...looking, page: looking.page + 1 })),
  );
  app.options(ids.having, (asked) => suggestExpertise(asked, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
