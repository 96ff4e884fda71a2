import type { Message, Snapshot, View } from '../../protocol.ts';
import { showRuns } from '../runs.ts';
import { canSee, showChannels, showMessage, showModals, showPeople, showView } from '../show.ts';
import type { Slack } from '../slack.ts';
import { messagesOf, type StoredPerson } from '../state.ts';
import { channelOf, isDeaf, refuse } from './door.ts';
import { stepsFor } from './workflow.ts';

/** What a page asks for when it opens. */

export function snapshot(slack: Slack, me: StoredPerson): Snapshot {
  const { state, manifest } = slack;
  const visitor = me.teamId !== state.team.id;
  const commands = visitor ? [] : (manifest.features?.slash_commands ?? []);
  const shortcuts = visitor ? [] : (manifest.features?.shortcuts ?? []);
  return {
    workspace: state.team,
    app: {
      id: state.app.id,
      name: state.app.name,
      botUserId: state.app.botUser,
      description: manifest.display_information.description ?? '',
      messagesReadOnly: isDeaf(slack),
    },
    me: me.id,
    people: showPeople(slack),
    channels: showChannels(slack, me.id),
    commands: commands.map(({ command, description, usage_hint: usageHint }) => ({
      command,
      description,
      usageHint: usageHint ?? '',
    })),
    shortcuts: shortcuts.map(({ callback_id: callbackId, name, type, description }) => ({
      callbackId,
      name,
      type,
      description,
    })),
    steps: stepsFor(slack, me),
    runs: showRuns(slack, me.id),
    modals: showModals(slack, me.id),
    appOnline: slack.appOnline(),
    knobs: slack.knobs,
    now: slack.now(),
  };
}

/** A channel's messages (threads folded), or one thread's with its first; what only this person sees is among them. */
export function messages(slack: Slack, me: StoredPerson, channelId: string, thread: string | null): Message[] {
  const channel = channelOf(slack, channelId);
  if (!canSee(slack.state, me.id, channel)) return refuse('That conversation no longer exists.');
  const own = (slack.ephemerals[me.id] ?? []).filter((message) => message.channel === channelId);
  return [...messagesOf(slack.state, channelId), ...own]
    .filter((message) =>
      thread === null ? message.threadTs === undefined : message.threadTs === thread || message.ts === thread,
    )
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .map((message) => showMessage(slack, message));
}

export function publishedHome(slack: Slack, me: StoredPerson): View | null {
  const view = slack.state.views[slack.state.homes[me.id] ?? ''];
  return view === undefined ? null : showView(view);
}
