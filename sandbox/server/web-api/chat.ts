import { messageTooLong } from '../../blockkit/validate.ts';
import { asBlocks, completeBlocks, faultText, messageFaults } from '../blocks.ts';
import { directOf } from '../channels.ts';
import { type Json, isObject, textOf } from '../json.ts';
import { edit, post, postEphemeral, remove } from '../messages.ts';
import { messageObject } from '../payloads.ts';
import type { Slack } from '../slack.ts';
import { findMessage, type StoredChannel, type StoredMessage } from '../state.ts';
import { isIn, jsonArgument, type Methods, refuse, text, visibleChannel } from './method.ts';

const MAX_UPDATE_TEXT = 4000;
const MAX_TEXT = 40_000;
const MAX_METADATA = 8000;

export const chat: Methods = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    tier: 'special',
    required: ['channel'],
    run: (slack, args) => {
      const channel = writable(slack, text(args, 'channel'));
      const tabOff = slack.manifest.features?.app_home?.messages_tab_enabled === false;
      if (channel.kind === 'im' && tabOff) refuse('messages_tab_disabled');
      const content = contentOf(args);
      const threadTs = threadOf(slack, channel, text(args, 'thread_ts'));
      const metadata = metadataOf(args);
      const message = post(slack, channel, {
        ...content,
        text: content.text.slice(0, MAX_TEXT),
        user: slack.state.app.botUser,
        ...(threadTs === undefined ? {} : { threadTs }),
        ...(metadata === undefined ? {} : { metadata }),
      });
      return { channel: channel.id, ts: message.ts, message: messageObject(slack.state, message, { metadata: true }) };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    tier: 4,
    required: ['channel', 'user'],
    run: (slack, args) => {
      const channel = visibleChannel(slack, text(args, 'channel'));
      if (!isIn(slack, channel)) refuse('not_in_channel');
      if (channel.archived) refuse('is_archived');
      const user = text(args, 'user');
      if (!channel.memberIds.includes(user)) refuse('user_not_in_channel');
      const threadTs = threadOf(slack, channel, text(args, 'thread_ts'));
      const content = contentOf(args);
      const message = postEphemeral(slack, channel, user, {
        ...content,
        ...(threadTs === undefined ? {} : { threadTs }),
      });
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    tier: 3,
    required: ['channel', 'ts'],
    run: (slack, args) => {
      const channel = visibleChannel(slack, text(args, 'channel'));
      const message = ownMessage(slack, channel, text(args, 'ts'), 'cant_update_message');
      if (text(args, 'text').length > MAX_UPDATE_TEXT) refuse('msg_too_long');
      const metadata = isEmptyObject(args) ? null : metadataOf(args);
      // Blocks that are not mentioned stay; an empty list or null removes them.
      const keeps = args['blocks'] === undefined || args['blocks'] === '';
      const content = keeps && text(args, 'text') === '' ? { text: message.text } : contentOf(args);
      edit(slack, channel, message, {
        ...(keeps && message.blocks !== undefined && text(args, 'text') === '' ? { blocks: message.blocks } : {}),
        ...content,
        ...(metadata === undefined ? {} : { metadata }),
      });
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: messageObject(slack.state, message, { metadata: true }),
      };
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    tier: 3,
    required: ['channel', 'ts'],
    run: (slack, args) => {
      const channel = visibleChannel(slack, text(args, 'channel'));
      const message = ownMessage(slack, channel, text(args, 'ts'), 'cant_delete_message');
      remove(slack, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.getPermalink': {
    scopes: [],
    tier: 'special',
    required: ['channel', 'message_ts'],
    run: (slack, args) => {
      const channel = visibleChannel(slack, text(args, 'channel'));
      const message = findMessage(slack.state, channel.id, text(args, 'message_ts')) ?? refuse('message_not_found');
      const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
      return {
        channel: channel.id,
        permalink: `${slack.url}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`,
      };
    },
  },
};

/** Where the bot may write: channels it is in, public ones with `chat:write.public`, a person by their id. */
function writable(slack: Slack, id: string): StoredChannel {
  const person = slack.state.people[id];
  if (person !== undefined) {
    return person.deactivated || person.role === 'bot'
      ? refuse('channel_not_found')
      : directOf(slack, slack.state.app.botUser, id);
  }
  const channel = visibleChannel(slack, id);
  if (channel.archived) refuse('is_archived');
  const publicly = channel.kind === 'public' && slack.scopes.has('chat:write.public');
  return isIn(slack, channel) || publicly ? channel : refuse('not_in_channel');
}

function ownMessage(slack: Slack, channel: StoredChannel, ts: string, foreign: string): StoredMessage {
  const message = findMessage(slack.state, channel.id, ts) ?? refuse('message_not_found');
  return message.user === slack.state.app.botUser && message.subtype === undefined ? message : refuse(foreign);
}

/** The thread named, which Slack takes for granted only where its first message exists. */
function threadOf(slack: Slack, channel: StoredChannel, ts: string): string | undefined {
  if (ts === '') return undefined;
  const parent = findMessage(slack.state, channel.id, ts) ?? refuse('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

function contentOf(args: Json): Pick<StoredMessage, 'text' | 'blocks'> {
  const given = jsonArgument(args, 'blocks');
  const words = text(args, 'text');
  if (!given.given) return words === '' ? refuse('no_text') : { text: words };
  const blocks = asBlocks(given.value) ?? refuse('invalid_blocks_format');
  if (blocks.length === 0) return words === '' ? refuse('no_text') : { text: words };
  const faults = messageFaults(blocks).map(faultText);
  if (faults.length > 0) {
    refuse('invalid_blocks', {
      errors: faults,
      response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
    });
  }
  if (messageTooLong(blocks)) refuse('msg_blocks_too_long');
  return { text: words, blocks: completeBlocks(blocks) };
}

function metadataOf(args: Json): StoredMessage['metadata'] {
  const given = jsonArgument(args, 'metadata');
  if (!given.given) return undefined;
  if (!isObject(given.value)) return refuse('invalid_metadata_format');
  const { event_type: type, event_payload: payload } = given.value;
  if (textOf(type) === '' || !isObject(payload)) return refuse('invalid_metadata_schema');
  if (JSON.stringify(payload).length > MAX_METADATA) return refuse('metadata_too_large');
  return { event_type: textOf(type), event_payload: payload };
}

/** Metadata given as `{}`: Slack's way to take it off a message. */
function isEmptyObject(args: Json): boolean {
  const given = jsonArgument(args, 'metadata');
  return given.given && isObject(given.value) && Object.keys(given.value).length === 0;
}
