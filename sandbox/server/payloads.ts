import { isObject, type Json, objects } from './json.ts';
import { richText } from './rich-text.ts';
import {
  messagesOf,
  type State,
  type StoredChannel,
  type StoredMessage,
  type StoredPerson,
  type StoredView,
} from './state.ts';

/** Objects as Slack's API and its payloads spell them. */

export function userObject(state: State, person: StoredPerson, options: { locale: boolean }): Json {
  const outsider = person.teamId !== state.team.id;
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deactivated,
    color: person.color.slice(1),
    real_name: person.realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetSeconds(person.timeZone, person.updatedAt * 1000),
    profile: profileObject(state, person),
    is_admin: person.role === 'administrator',
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.role === 'guest',
    is_ultra_restricted: false,
    is_bot: person.role === 'bot',
    is_app_user: false,
    updated: person.updatedAt,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
    ...(outsider ? { is_stranger: false } : {}),
    ...(options.locale && !outsider ? { locale: person.locale } : {}),
  };
}

const appOf = (state: State, { id }: StoredPerson): Json =>
  id === state.app.botUser
    ? { api_app_id: state.app.id, bot_id: state.app.botId }
    : { api_app_id: `A${id.slice(1)}`, bot_id: `B${id.slice(1)}` };

function profileObject(state: State, person: StoredPerson): Json {
  const bot = person.role === 'bot';
  return {
    title: bot ? '' : person.title,
    phone: '',
    skype: '',
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.displayName,
    display_name_normalized: person.displayName,
    status_text: person.statusText,
    status_emoji: person.statusEmoji,
    status_emoji_display_info: [],
    status_expiration: 0,
    huddle_state: person.huddle ? 'in_a_huddle' : 'default_unset',
    huddle_state_expiration_ts: person.huddleExpiresAt,
    avatar_hash: person.id.toLowerCase(),
    team: person.teamId,
    ...(bot ? { ...appOf(state, person), always_active: true } : {}),
  };
}

const offsets = new Map<string, number>();

/** Seconds east of Greenwich at that moment. Remembered by the hour: working it out is slow, and lists ask it of everybody. */
function offsetSeconds(timeZone: string, atMs: number): number {
  const key = `${timeZone} ${Math.floor(atMs / 3_600_000)}`;
  const known = offsets.get(key) ?? workOutOffset(timeZone, new Date(atMs));
  offsets.set(key, known);
  return known;
}

function workOutOffset(timeZone: string, at: Date): number {
  const clock = (zone: string): number =>
    Date.parse(`${at.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`);
  return Math.round((clock(timeZone) - clock('UTC')) / 1000);
}

export function channelObject(state: State, channel: StoredChannel, options: { members: boolean }): Json {
  const base = {
    id: channel.id,
    created: channel.createdAt,
    is_archived: channel.archived,
    context_team_id: state.team.id,
  };
  if (channel.kind === 'im') {
    const user = channel.memberIds.find((id) => id !== state.app.botUser) ?? '';
    return {
      ...base,
      is_im: true,
      is_org_shared: false,
      user,
      is_user_deleted: state.people[user]?.deactivated ?? false,
    };
  }
  const teams = [...new Set(channel.memberIds.map((id) => state.people[id]?.teamId ?? state.team.id)), state.team.id];
  return {
    ...base,
    name: channel.name,
    is_channel: channel.kind !== 'mpim',
    is_group: false,
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_general: channel.name === 'general',
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: channel.external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    creator: channel.creator,
    is_ext_shared: channel.external,
    shared_team_ids: [...new Set(teams)],
    is_member: channel.memberIds.includes(state.app.botUser),
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.createdAt },
    purpose: { value: channel.purpose, creator: channel.creator, last_set: channel.createdAt },
    previous_names: [],
    ...(options.members ? { num_members: channel.memberIds.length } : {}),
  };
}

/** A message as history, events and interactions show it. Metadata only where asked for, as in Slack. */
export function messageObject(state: State, message: StoredMessage, options: { metadata: boolean }): Json {
  const own = message.user === state.app.botUser && message.subtype === undefined;
  const person = state.people[message.user];
  const blocks = message.blocks ?? (own || message.subtype !== undefined ? undefined : [richText(message.text)]);
  return {
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    type: 'message',
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: person?.teamId ?? state.team.id,
    ...(message.subtype === undefined ? writtenBy(state, person) : {}),
    ...(blocks === undefined ? {} : { blocks }),
    ...(message.inviter === undefined ? {} : { inviter: message.inviter }),
    ...(message.editedAt === undefined ? {} : { edited: { user: message.user, ts: message.editedAt } }),
    ...threadFields(state, message),
    ...(options.metadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

/** What an app wrote carries its ids; of another app than this one Slack says no more. */
function writtenBy(state: State, person: StoredPerson | undefined): Json {
  if (person?.role !== 'bot') return {};
  if (person.id !== state.app.botUser) return { bot_id: `B${person.id.slice(1)}`, app_id: `A${person.id.slice(1)}` };
  return { bot_id: state.app.botId, app_id: state.app.id, bot_profile: botProfile(state) };
}

function botProfile(state: State): Json {
  return {
    id: state.app.botId,
    app_id: state.app.id,
    name: state.app.name,
    team_id: state.team.id,
    deleted: false,
    updated: 0,
  };
}

function threadFields(state: State, message: StoredMessage): Json {
  if (message.threadTs !== undefined) {
    const parent = messagesOf(state, message.channel).find((other) => other.ts === message.threadTs);
    return { thread_ts: message.threadTs, ...(parent === undefined ? {} : { parent_user_id: parent.user }) };
  }
  if (message.ephemeralFor !== undefined) return {};
  const replies = messagesOf(state, message.channel).filter((other) => other.threadTs === message.ts);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users.slice(0, 5),
    latest_reply: latest.ts,
  };
}

/** A view as answers and interactions carry it. */
export function viewObject(state: State, view: StoredView): Json {
  return {
    id: view.id,
    team_id: state.people[view.user]?.teamId ?? state.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: view.values },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close,
    submit: view.submit,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: state.app.id,
    external_id: view.externalId,
    app_installed_team_id: state.team.id,
    bot_id: state.app.botId,
  };
}

/** The team of a person as interactions name it: an outsider's own, whose domain the workspace knows too. */
export function teamOf(state: State, user: string): Json {
  const person = state.people[user];
  if (person === undefined || person.teamId === state.team.id) return { id: state.team.id, domain: state.team.domain };
  return { id: person.teamId, domain: person.company.toLowerCase() };
}

/** The name Slack gives a place in commands and interactions. */
export function channelLabel(channel: StoredChannel): string {
  if (channel.kind === 'im') return 'directmessage';
  if (channel.kind === 'private') return 'privategroup';
  return channel.name;
}

/** The first object found in a block tree with these ids: the element somebody pressed. */
export function findElement(blocks: Json[], blockId: string, actionId: string): Json | undefined {
  const block = blocks.find((known) => known['block_id'] === blockId);
  if (block === undefined) return undefined;
  const elements = objects(block['elements']);
  return [block['accessory'], block['element'], ...elements]
    .filter(isObject)
    .find((one) => one['action_id'] === actionId);
}
