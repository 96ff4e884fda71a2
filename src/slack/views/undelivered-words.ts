/** What could not be delivered, and why, in words. */
import type { Notice } from '../../domain/notice.ts';
import { shorten } from '../../domain/name.ts';
import { escape } from './blocks.ts';

const NOTICES: Readonly<Record<Notice['kind'], string>> = {
  'seat.claimed': 'Adding somebody to the channel',
  'customer.joined': 'What the customer reads when somebody joins',
  'seat.failed': 'Why they could not get in',
  'conversation.reopened': 'That their customer wrote again',
  'help.card': 'The help card',
  'help.called': 'A call for help in the help channel',
  'help.called_direct': 'A call for help',
  'help.moved': 'That the help card is somewhere else now',
  'help.declined': 'That somebody cannot come now',
  'help.fallback': 'The call of the desk’s fallback',
  'asker.told': 'What becomes of their request for help',
  'asker.came': 'Who came to help',
  'invite.arrived': 'Who invited them and for what',
  'help.over': 'How the request for help ended',
  'person.welcomed': 'What is theirs now: desks, expertise',
  'expertise.taken': 'Which expertise was taken from them',
  'administrator.made': 'That they are an administrator now',
  'help_channel.dropped': 'That a help channel is not safe any more',
  'person.gone': 'What a colleague who is gone left behind',
  webhook: 'What the server of a bot is told',
  'customer.finding': 'That the customer reads that somebody is being found',
  'customer.message': 'What the customer reads of a forward',
  'turn.offered': 'The conversation they were given',
  'turn.over': 'That somebody else has the conversation',
  'forwarder.told': 'What became of the conversation they forwarded',
  'step.completed': 'How a step of a workflow ended',
  'step.failed': 'Why a step of a workflow failed',
  'visitor.channel_made': 'The channel for the customer of a bot',
  'visitor.said': 'What the customer of a bot wrote',
  'person.withdrawn': 'Taking back what somebody read as a colleague',
  'webhook.gone': 'That a webhook’s endpoint is gone',
  undelivered: 'That messages could not be delivered',
  'home.changed': 'What their Home shows now',
};

/** A row of an earlier version may be of a kind that is no more: it is a message all the same. */
export function noticeWords(kind: string): string {
  const words: Readonly<Partial<Record<string, string>>> = NOTICES;
  return words[kind] ?? 'A message';
}

const EVENTS: Readonly<Partial<Record<string, string>>> = {
  message: 'That somebody wrote',
  member_joined_channel: 'That somebody came into a channel',
  member_left_channel: 'That somebody left a channel',
  user_change: 'That somebody’s profile or membership changed',
  user_huddle_changed: 'That somebody’s huddle began or ended',
  dnd_updated_user: 'That somebody’s do not disturb changed',
  function_executed: 'That a workflow came to a step of Beckon’s',
  channel_archive: 'That a channel was archived',
  group_archive: 'That a channel was archived',
  channel_shared: 'That a channel is shared with another organization',
  channel_rename: 'That a channel has another name',
  group_rename: 'That a channel has another name',
  channel_id_changed: 'That a channel has another id',
};

export const eventWords = (type: string): string => EVENTS[type] ?? 'Something that happened in Slack';

const NO_CHANNEL =
  'The channel is not there any more, or Beckon is not in it. Type `/invite @Beckon` there, then try again.';
const NOT_ALLOWED =
  'Who may post there is restricted. Ask an admin of your Slack workspace to let Beckon post, then try again.';
const NOBODY = 'Slack has nobody there who could read it. You can dismiss this.';
const TOKEN = 'Slack does not accept Beckon’s token. Whoever runs Beckon must install it again; then try again.';
const TROUBLE = 'Slack had trouble of its own for too long. Try again.';
const OWN_FAULT = 'Slack would not take what Beckon sent: that is a fault of Beckon’s. You can dismiss this.';

/** By the names of Slack's errors, https://docs.slack.dev/reference/methods/chat.postMessage#errors, and Beckon's own. */
const REASONS: Readonly<Partial<Record<string, string>>> = {
  channel_not_found: NO_CHANNEL,
  not_in_channel: NO_CHANNEL,
  is_archived: 'The channel is archived. Unarchive it and try again, or dismiss this.',
  restricted_action: NOT_ALLOWED,
  restricted_action_read_only_channel: NOT_ALLOWED,
  restricted_action_thread_only_channel: NOT_ALLOWED,
  restricted_action_thread_locked: NOT_ALLOWED,
  restricted_action_non_threadable_channel: NOT_ALLOWED,
  ekm_access_denied: NOT_ALLOWED,
  user_not_found: NOBODY,
  users_not_found: NOBODY,
  user_disabled: NOBODY,
  user_not_visible: NOBODY,
  cannot_dm_bot: NOBODY,
  messages_tab_disabled:
    'Beckon’s messages are turned off. Turn on its Messages tab in the app’s settings, then try again.',
  message_not_found: 'The message that was to be changed has been deleted. You can dismiss this.',
  cant_update_message: 'The message that was to be changed cannot be changed any more. You can dismiss this.',
  edit_window_closed: 'Your workspace lets nobody change messages that old. You can dismiss this.',
  missing_scope:
    'Beckon lacks a permission. Whoever runs Beckon must install it again with its manifest; then try again.',
  no_permission:
    'Beckon lacks a permission. Whoever runs Beckon must install it again with its manifest; then try again.',
  account_inactive: TOKEN,
  invalid_auth: TOKEN,
  not_authed: TOKEN,
  token_expired: TOKEN,
  token_revoked: TOKEN,
  fatal_error: TROUBLE,
  internal_error: TROUBLE,
  request_timeout: TROUBLE,
  service_unavailable: TROUBLE,
  ratelimited: 'Slack asked Beckon to slow down for too long. Try again.',
  invalid_blocks: OWN_FAULT,
  invalid_blocks_format: OWN_FAULT,
  msg_too_long: OWN_FAULT,
  msg_blocks_too_long: OWN_FAULT,
  no_text: OWN_FAULT,
  not_internal:
    'Customers could have read it where it was to go, so it was not sent. Choose another help channel, or dismiss this.',
  not_a_member: 'They are no full member any more, so it was not sent. You can dismiss this.',
};

/** Rows of an earlier version hold the whole sentence of Slack's library. */
const LIBRARY = /^An API error occurred: (\w+)$/;

const ERROR_SHOWN = 200;

/** Why it failed, what to do, and Slack's own name for it, which can be looked up. */
export function reasonWords(error: string): string {
  const name = LIBRARY.exec(error)?.[1] ?? error;
  const words = REASONS[name];
  if (words !== undefined) return `${words} (\`${name}\`)`;
  if (/^\w+$/.test(name)) return `Slack refused it: \`${name}\`. Try again, or dismiss this.`;
  return `It failed for too long: ${escape(shorten(error, ERROR_SHOWN))}`;
}
