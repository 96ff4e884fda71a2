import type { Json } from './json.ts';
import { botEvents } from './manifest.ts';
import type { Slack } from './slack.ts';
import { nextId, nextTs, type StoredChannel } from './state.ts';

/** Which scopes (any of them) let an app receive an event it subscribed to; absent: none needed. */
const EVENT_SCOPES: Record<string, string[]> = {
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  user_change: ['users:read'],
  user_huddle_changed: ['users:read'],
  user_status_changed: ['users:read'],
  user_profile_changed: ['users:read'],
  team_join: ['users:read'],
  dnd_updated_user: ['dnd:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_created: ['channels:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_rename: ['groups:read'],
};

/** What the app must be allowed to read before it hears about a channel of this kind. */
const READ_SCOPE = { public: 'channels:read', private: 'groups:read', im: 'im:read', mpim: 'mpim:read' } as const;
const BY_CHANNEL_KIND = new Set(['member_joined_channel', 'member_left_channel', 'channel_shared', 'channel_unshared']);
const MESSAGE_SUBSCRIPTION = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;
export const MESSAGE_CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;

/** Tells the app what happened in a channel: only where the app is a member, subscribed, and has the scope. */
export function emitInChannel(slack: Slack, channel: StoredChannel, event: Json & { type: string }): void {
  if (!channel.memberIds.includes(slack.state.app.botUser)) return;
  const name = event.type === 'message' ? MESSAGE_SUBSCRIPTION[channel.kind] : event.type;
  if (BY_CHANNEL_KIND.has(name) && !slack.scopes.has(READ_SCOPE[channel.kind])) return;
  if (wanted(slack, name)) slack.sendEvent(envelope(slack, event, channel));
}

/** Tells the app what happened in the workspace, outside any channel. */
export function emit(slack: Slack, event: Json & { type: string }): void {
  if (wanted(slack, event.type)) slack.sendEvent(envelope(slack, event));
}

function wanted(slack: Slack, name: string): boolean {
  const needed = EVENT_SCOPES[name];
  if (needed !== undefined && !needed.some((scope) => slack.scopes.has(scope))) return false;
  return botEvents(slack.manifest).includes(name);
}

export function envelope(slack: Slack, event: Json & { type: string }, channel?: StoredChannel): Json {
  const { state } = slack;
  const id = nextId(state, 'Ev');
  return {
    token: 'local-verification-token',
    team_id: state.team.id,
    context_team_id: state.team.id,
    context_enterprise_id: null,
    api_app_id: state.app.id,
    event: { ...event, event_ts: event['event_ts'] ?? nextTs(state, slack.now()) },
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(slack.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: state.team.id,
        user_id: state.app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.external ?? false,
    event_context: `4-${id.toLowerCase()}`,
  };
}
