/**
 * What Slack asks a bot to hold, from the reference pages of its methods and events. Where several scopes stand, each is
 * enough for its own kind of conversation: `channels:*` public, `groups:*` private, `im:*` direct, `mpim:*` group messages.
 *
 * Only what Beckon could have a use for; a call missing here makes the manifest test say so.
 */
const conversations = (right: string) => ['channels', 'groups', 'im', 'mpim'].map((kind) => `${kind}:${right}`);

/** Opening and creating need what older pages call `manage` and `write`. */
const manage = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];

export const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': [],
  'auth.test': [],
  'blocks.validate': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.create': manage,
  'conversations.history': conversations('history'),
  'conversations.info': conversations('read'),
  'conversations.invite': ['channels:write.invites', 'groups:write.invites', ...manage],
  'conversations.join': ['channels:join'],
  'conversations.list': conversations('read'),
  'conversations.members': conversations('read'),
  'conversations.open': manage,
  'conversations.replies': conversations('history'),
  'conversations.setTopic': [...conversations('write.topic'), ...manage],
  'dnd.info': ['dnd:read'],
  'dnd.teamInfo': ['dnd:read'],
  'functions.completeError': [],
  'functions.completeSuccess': [],
  'reactions.add': ['reactions:write'],
  'team.info': ['team:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': conversations('read'),
  'users.getPresence': ['users:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.profile.get': ['users.profile:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** Subscriptions by the name they have in a manifest. */
export const EVENT_SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_id_changed: [],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unarchive: ['channels:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  dnd_updated_user: ['dnd:read'],
  function_executed: [],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read', 'mpim:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  message_metadata_posted: ['metadata.message:read'],
  subteam_members_changed: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  team_join: ['users:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
  // Slack's page names no scope, but the event carries the whole user.
  user_huddle_changed: ['users:read'],
  user_profile_changed: ['users:read'],
  user_status_changed: ['users:read'],
};

/** All four arrive as one event of type `message`. */
export const isMessageEvent = (event: string): boolean => event.startsWith('message.');
